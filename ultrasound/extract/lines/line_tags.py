"""Lines that each begin with a tag of their kind: "F> R SSV 5.6 mm", "O> R SSV incompetent".

A text in a comment of an export is a text: "# text: no acute DVT".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_TAG: Final = re.compile(r"^[ \t]*(?P<tag>[A-Za-z]{1,8}>)(?=[ \t]+\S)", re.MULTILINE)
_COMMENT: Final = re.compile(
    r"^[ \t]*(?P<mark>#+[ \t]*(?:text|comments?|remarks?|notes?|report)[ ]?:[ \t]*)(?=\S)",
    re.MULTILINE | re.IGNORECASE,
)
_FEWEST: Final = 3


def find_line_tags(text: str) -> list[Edit]:
    """The tags as the bullets of items, where several lines have one."""
    found = list(_TAG.finditer(text)) if ">" in text else []
    tags = [Edit(*tag.span("tag"), "-") for tag in found] if len(found) >= _FEWEST else []
    return [*tags, *(Edit(*line.span("mark"), "Report: ") for line in _COMMENT.finditer(text))]

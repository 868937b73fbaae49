"""Notes in brackets behind a heading of branches: "Incompetent perforators (height from floor)".

They tell how the lengths in the lines below are counted, and are no part of the heading.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NOTED: Final = re.compile(
    r"^[ \t]*[^\W\d_][\w/-]*(?:[ ][^\W\d_][\w/-]*){0,4}[ \t]*(?P<note>\((?:[^()\n\d]*[ ])?"
    r"(?:distances?|heights?|measured|from|above)\b[^()\n\d]*\))"
    r"(?=[ \t]*:?[ \t]*\r?\n[ \t]*\S)",
    re.MULTILINE | re.IGNORECASE,
)
_BRANCHES: Final = re.compile(r"\b(?:perf|perfs|perforat\w+|ipvs?|tributar\w+)\b", re.IGNORECASE)


def find_head_notes(text: str) -> list[Edit]:
    """The notes, which are left out."""
    if "(" not in text:
        return []
    noted = (line for line in _NOTED.finditer(text) if _BRANCHES.search(line.group()))
    return [Edit(*line.span("note")) for line in noted]

"""Sides in brackets at the beginning of a line: "(L) SFJ competent".

They are read as the plain letters before a vein are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import SIDE

_BRACKETED: Final = re.compile(
    rf"^[ \t]*(?P<opens>\(){SIDE}(?P<closes>\))(?=[ ]*:[ ]*\S|[ ]+(?:[A-Z]|leg\b))", re.MULTILINE
)
_LONGEST: Final = 70  # of the line above; a longer one may go on


def find_leading_sides(text: str) -> list[Edit]:
    """The brackets of such sides."""
    return list(_drop_brackets(text))


def _drop_brackets(text: str) -> Iterator[Edit]:
    for found in _BRACKETED.finditer(text):
        above = text[: found.start()].rsplit("\n", 2)
        if len(above) > 1 and len(above[-2].strip()) > _LONGEST:
            continue
        yield Edit(*found.span("opens"))
        yield Edit(*found.span("closes"))

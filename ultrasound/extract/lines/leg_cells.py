"""Cells of a column of legs: "GSV | Left" over "SSV | Both", where "both" is of two legs."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_GAP: Final = r"(?:[ ]{2,}|[ ]*[|;\t][ \t]*)"
_CELL: Final = re.compile(
    rf"(?<=[\w)])(?P<gap>[ ]|{_GAP})(?P<both>both)(?={_GAP}\S)", re.IGNORECASE
)
_LEG_CELL: Final = re.compile(
    rf"{_GAP}(?:right|left|rt|lt|r|l|leg|side|limb)(?={_GAP})", re.IGNORECASE
)


def find_leg_cells(text: str) -> list[Edit]:
    """The cells "both" as "bilateral", in reports with a column of legs."""
    if not _LEG_CELL.search(text):
        return []
    return [Edit(*cell.span("both"), "Bilateral") for cell in _CELL.finditer(text)]

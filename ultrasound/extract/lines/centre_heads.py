"""Headers of two legs whose column of places between them has no name of its own.

As "Comp   Diam (cm)                  Comp   Diam (cm)" over "C   0.55   SFJ   C   1.04".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_LINE: Final = re.compile(r"[^\r\n]+")
_CELL: Final = re.compile(r"\S+(?:[ ]\S+)*")
_RULE: Final = re.compile(r"[-_=\s]+")
_NAME: Final = "Level"
_GAP: Final = len(_NAME) + 4  # blanks in which there is room for it
_ROWS: Final = 2  # that have a place there


class CentreHeadReader:
    """Finds such headers by their like halves and the places below the gap between them."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The name of the column in the gap, over its first place."""
        lines = [(line.start(), line.group()) for line in _LINE.finditer(text)]
        return [edit for index in range(len(lines)) for edit in self._name(lines, index)]

    def _name(self, lines: Sequence[tuple[int, str]], index: int) -> Iterator[Edit]:
        start, head = lines[index]
        gap = _gap_of(head)
        if gap is None:
            return
        below = (row for _, row in lines[index + 1 :] if not _RULE.fullmatch(row))
        found = [_cell_in(row, *gap) for row in islice(below, _ROWS)]
        cells = [cell for cell in found if cell is not None]
        if len(cells) == _ROWS and any(self._words.is_place(cell.group()) for cell in cells):
            at = start + min(max(cells[0].start(), gap[0] + 2), gap[1] - 2 - len(_NAME))
            yield Edit(at, at + len(_NAME), _NAME)


def _cell_in(row: str, left: int, right: int) -> re.Match[str] | None:
    """The only cell of a row between two columns, where it begins with a letter."""
    cells = [c for c in _CELL.finditer(row) if c.start() >= left and c.end() <= right]
    return cells[0] if len(cells) == 1 and cells[0].group()[0].isalpha() else None


def _gap_of(head: str) -> tuple[int, int] | None:
    """The gap between two like halves of a line, None for another line."""
    if "\t" in head or "|" in head:
        return None
    cells = list(_CELL.finditer(head))
    half, odd = divmod(len(cells), 2)
    names = [re.sub(r"\s+", " ", cell.group()).lower() for cell in cells]
    if odd or not half or names[:half] != names[half:] or any(n[0].isdigit() for n in names):
        return None
    left, right = cells[half - 1].end(), cells[half].start()
    return (left, right) if right - left >= _GAP else None

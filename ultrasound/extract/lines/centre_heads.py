"""Places between the columns of two legs that have no header, or stand over their values.

As "Comp   Diam (cm)                  Comp   Diam (cm)" over "C   0.55   SFJ   C   1.04".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_LINE: Final = re.compile(r"[^\r\n]+")
_CELL: Final = re.compile(r"\S+(?:[ ]\S+)*")
_RULE: Final = re.compile(r"[-_=\s]+")
_NAME: Final = "Level"
_GAP: Final = len(_NAME) + 4  # blanks in which there is room for it
_ROWS: Final = 2  # that have a place there
_WIDE: Final = re.compile(r"[ ]{2}|[\t|]")
_ADJOINING: Final = 2  # characters between two lines


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


class CentreLineReader:
    """Finds places alone on lines, each over a gap between the values of two legs."""

    def find_edits(self, text: str) -> list[Edit]:
        """The places in the gaps below them, where several stand so."""
        lines = list(_LINE.finditer(text))
        found = [e for pair in pairwise(lines) if (e := _lower(*pair)) is not None]
        return [edit for edits in found for edit in edits] if len(found) >= _ROWS else []


def _lower(place: re.Match[str], values: re.Match[str]) -> tuple[Edit, Edit] | None:
    """A place moved into the gap between the values on the next line; None for other lines."""
    name, row = place.group().strip(), values.group()
    left = len(place.group()) - len(place.group().lstrip(" "))
    right = left + len(name)
    if values.start() - place.end() > _ADJOINING or not name[:1].isalpha() or _WIDE.search(name):
        return None
    before, gap, behind = row[:left], row[left - 1 : right + 1], row[right:]
    halves = len(_CELL.findall(before)), len(_CELL.findall(behind))
    measured = any(sign.isdigit() for sign in row)  # else it is a title over a header
    if left < _GAP or not measured or halves[0] != halves[1] or gap.strip():
        return None
    at = values.start() + left
    return Edit(place.start(), values.start()), Edit(at, at + len(name), name)


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

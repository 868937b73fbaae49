"""The values at the end of a row with one blank between its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

_SLASH: Final = "/"
_LONGEST: Final = 4  # words of a value
# A number with a sign before it and a unit behind it.
_FIGURE: Final = re.compile(r"[<>≤≥~=]{0,2} ?\d+(?:[.,]\d+)?\+? ?([a-z]+)?\.?")


class ValueCutter:
    """Cuts the numbers, codes and blanks at the end of a row from each other."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers = headers
        self._known = {term.lower() for code in codes for term in code.terms} | headers.blanks

    def cut_values(self, marks: Marks, first: int, last: int) -> list[Cell]:
        """The values at the end of a run of tokens, from left to right."""
        words = _cut_words(marks, first, last)
        values: list[Cell] = []
        while words:
            size = self._size_of_last(marks, words)
            if not size:
                break
            values.insert(0, Cell(words[-size].first, words[-1].last, 0, 0))
            words = words[:-size]
        return values

    def _size_of_last(self, marks: Marks, words: Sequence[Cell]) -> int:
        """How many words at the end are one value: "not seen", "4.6 s"; 0 for none."""
        for size in range(min(_LONGEST, len(words)), 0, -1):
            cell = Cell(words[-size].first, words[-1].last, 0, 0)
            if self._is_value(marks, cell):
                return size
        return 0

    def _is_value(self, marks: Marks, cell: Cell) -> bool:
        text = text_of(marks, cell)
        if text in self._known or self._is_figure(text):
            return True
        sides = [each.strip() for each in text.split(_SLASH)]
        if len(sides) > 1:
            return all(side in self._known or self._is_figure(side) for side in sides)
        found = marks.mention_at(cell.first)
        whole = found is not None and found.last == cell.last - 1
        return whole and found is not None and found.row("finding") is not None  # "tortuous"

    def _is_figure(self, text: str) -> bool:
        """Whether a text is one number, with its unit or without."""
        figure = _FIGURE.fullmatch(text)
        return figure is not None and (figure[1] or "mm") in self._headers.unit_words


def _cut_words(marks: Marks, first: int, last: int) -> list[Cell]:
    """The pieces between blanks; what stands about a slash is one."""
    words: list[Cell] = []
    for token in marks.tokens[first:last]:
        beside = token.index > first and _SLASH in (token.text, marks.tokens[token.index - 1].text)
        if words and (beside or not token.gap):
            words[-1] = Cell(words[-1].first, token.index + 1, 0, 0)
        else:
            words.append(Cell(token.index, token.index + 1, 0, 0))
    return words

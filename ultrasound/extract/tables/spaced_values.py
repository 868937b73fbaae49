"""The values at the end of a row with one blank between its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.legend_scopes import OF_REFLUX
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import CellCode

_SLASH: Final = "/"
_LONGEST: Final = 4  # words of a value
_PARTS: Final = (",", ";", ":", "|", ".")
# A number with a sign before it and a unit behind it.
_FIGURE: Final = re.compile(r"[<>≤≥~=]{0,2}\s?\d+(?:[.,]\d+)?\+?\s?([a-z]+)?\.?")


class ValueCutter:
    """Cuts the numbers, codes and blanks at the end of a row from each other."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers = headers
        self._codes = codes
        self._known = {term.lower() for code in codes for term in code.terms} | headers.blanks

    def cut_values(self, marks: Marks, first: int, last: int) -> list[Cell]:
        """The values at the end of a run of tokens, from left to right."""
        words = cut_words(marks, first, last)
        values: list[Cell] = []
        while words:
            size = self._size_of_last(marks, words)
            if not size:
                break
            values.insert(0, Cell(words[-size].first, words[-1].last, 0, 0))
            words = words[:-size]
        return values

    def fits(self, marks: Marks, cell: Cell, column: Column) -> bool:
        """Whether a value can be of a column: by the unit that it has, or as one of its codes."""
        text = text_of(marks, cell)
        told = decode_cell(text, column.properties, {}, self._codes) is not None
        numbers = marks.numbers_in(cell.first, cell.last)
        if told or not numbers:
            return told or self._headers.is_blank(text)
        kinds = {KIND_OF[name] for name in column.properties if name in KIND_OF}
        aside = column.aside is not None or not OF_REFLUX.isdisjoint(column.properties)
        unit = numbers[0].unit if self._is_own(numbers[0], cell) else None
        return unit.kind in kinds if unit is not None else bool(kinds) or aside

    @staticmethod
    def _is_own(number: Number, cell: Cell) -> bool:
        """Whether the unit of a number stands in its cell."""
        return number.unit_token is None or number.unit_token < cell.last

    def size_of_first(self, marks: Marks, words: Sequence[Cell], column: Column) -> int:
        """How many words at the beginning are one value of a column; 0 for none."""
        for size in range(min(_LONGEST, len(words)), 0, -1):
            cell = Cell(words[0].first, words[size - 1].last, 0, 0)
            if self._is_value(marks, cell) and self.fits(marks, cell, column):
                return size
        return 0

    def says_same(self, marks: Marks, cell: Cell, columns: Sequence[Column]) -> bool:
        """Whether a code says one and the same in each column."""
        text = text_of(marks, cell)
        said = {decode_cell(text, column.properties, {}, self._codes) for column in columns}
        return len(said) == 1 and None not in said

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


def cut_at_slashes(marks: Marks, cell: Cell) -> list[Cell]:
    """The pieces of a cell between its slashes."""
    ends = [i for i in range(cell.first, cell.last) if marks.tokens[i].text == _SLASH]
    firsts = [cell.first, *(i + 1 for i in ends)]
    return [Cell(a, b, 0, 0) for a, b in zip(firsts, [*ends, cell.last], strict=True) if a < b]


def cut_words(marks: Marks, first: int, last: int) -> list[Cell]:
    """The pieces between blanks, commas and leaders; what stands about a slash is one."""
    words: list[Cell] = []
    parted = True
    for token in marks.tokens[first:last]:
        before = marks.tokens[token.index - 1].text if token.index > first else ""
        if token.text in _PARTS and _parts(marks, token.index, last):
            parted = True
            continue
        beside = _SLASH in (token.text, before)
        if not parted and (beside or not token.gap):
            words[-1] = Cell(words[-1].first, token.index + 1, 0, 0)
        else:
            words.append(Cell(token.index, token.index + 1, 0, 0))
        parted = False
    return words


def _parts(marks: Marks, index: int, last: int) -> bool:
    """Whether a sign parts two values: a comma, a colon, or a dot of a leader."""
    if marks.tokens[index].text != ".":
        return True
    around = [marks.tokens[i].text for i in (index - 1, index + 1) if i < last]
    return "." in around

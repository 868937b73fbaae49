"""Rows without a header whose values a line over them names in their order.

As "Diameters in mm. Reflux: Y / N" over "SFJ ..... 6.1 ..... Y".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import line_of
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import CellCode

_LINES: Final = 5  # over the rows that may say what their values are
_WIDE: Final = "  "
_LABEL: Final = "label"


class DeclaredRows:
    """Names the values of rows that nothing else names."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers, self._codes = headers, codes

    def name(self, marks: Marks, rows: Sequence[Row]) -> list[Row]:
        """The rows with what a line over them declares; as they are where none fits all of them."""
        filled = [row for row in rows if row.cells]
        unnamed = all(not (c.properties or c.units) for row in filled for c, _ in row.cells)
        if not filled or not unnamed:
            return list(rows)
        count = max(len(row.cells) for row in filled)
        for told in self._declared(marks, min(_first_of(row) for row in rows)):
            columns = _cut_columns(told)
            if len(columns) == count and self._fits(marks, filled, columns):
                return [_put(row, columns) for row in rows]
        return list(rows)

    def _declared(self, marks: Marks, first: int) -> Iterator[Column]:
        """What the cells of the lines over a token name, from the nearest on."""
        for _ in range(_LINES):
            if not first:
                return
            begin, end = line_of(marks, first - 1)
            starts = [i for i in range(begin, end) if i == begin or _WIDE in marks.tokens[i].gap]
            for start, stop in zip(starts, [*starts[1:], end], strict=True):
                told = self._headers.read_header(marks, Cell(start, stop, 0, 0))
                limits = marks.has_digits(start, stop)  # "Abnormal above 500 ms"
                if told.measures and not limits and not (told.group and told.group.has_vein):
                    yield told
            first = begin

    def _fits(self, marks: Marks, rows: Sequence[Row], columns: Sequence[Column]) -> bool:
        """Whether each number stands where something is measured in a unit, each word is a code."""
        return all(
            self._can_hold(marks, column, cell)
            for row in rows
            for column, (_, cell) in zip(columns, row.cells, strict=False)
        ) and all(len(row.cells) == len(columns) for row in rows)

    def _can_hold(self, marks: Marks, column: Column, cell: Cell) -> bool:
        if marks.has_digits(cell.first, cell.last):
            own = {n.unit.kind for n in marks.numbers_in(cell.first, cell.last) if n.unit}
            return bool(column.units) and own <= {unit.kind for unit, _ in column.units}
        text = text_of(marks, cell)
        coded = decode_cell(text, column.properties, {}, self._codes) is not None
        return coded or self._headers.is_blank(text)


def _first_of(row: Row) -> int:
    return min(cell.first for cell in (*row.labels, *(cell for _, cell in row.cells)))


def _cut_columns(told: Column) -> list[Column]:
    """A column for each property that is named, in their order, with the unit of its kind."""
    names = [name for name, _ in groupby(n for n in told.properties if n != _LABEL)]
    return [
        replace(
            told,
            properties=(name,),
            units=tuple(u for u in told.units if u[0].kind == KIND_OF.get(name)),
            group=None,
            legs=(),
        )
        for name in names
    ]


def _put(row: Row, columns: Sequence[Column]) -> Row:
    pairs = zip(columns, row.cells, strict=False)
    return replace(
        row,
        cells=tuple(
            (replace(own, properties=told.properties, units=told.units), cell)
            for told, (own, cell) in pairs
        ),
    )

"""Units that stand in a column of their own: "Value | Units" over "0.98 | cm"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

_UNIT: Final = "unit"
_LIMITS: Final = ("limits",)
_BOUNDS: Final = ("<", "≤", ">", "≥")


def take_units(headers: HeaderReader, marks: Marks, rows: Iterable[Row]) -> list[Row]:
    """The rows, the values of each with the unit that its own cell names."""
    return [_take_unit(headers, marks, row) for row in rows]


def _take_unit(headers: HeaderReader, marks: Marks, row: Row) -> Row:
    named = (cell for column, cell in row.cells if _UNIT in column.properties)
    units = next((u for cell in named if (u := headers.read_header(marks, cell).units)), ())
    if not units:
        return row
    cells = [(_bound(marks, column, cell), cell) for column, cell in row.cells]
    cells = [(c if c.units else replace(c, units=units), cell) for c, cell in cells]
    return replace(row, cells=tuple(cells))


def _bound(marks: Marks, column: Column, cell: Cell) -> Column:
    """The column of a result; a bound under a header that tells nothing is its limit: "Normal"."""
    known = column.properties or column.legs or column.group is not None
    bounds = not cell.is_empty and marks.tokens[cell.first].text in _BOUNDS
    return replace(column, properties=_LIMITS) if bounds and not known else column

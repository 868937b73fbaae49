"""The cells of a row that was drawn too narrow, or whose label stands in several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import has_number
from ultrasound.extract.words.marks import Marks

_SEVERAL: Final = 2  # cells of one label


def pair_in_order(
    paired: list[tuple[Column, Cell]], columns: Sequence[Column]
) -> list[tuple[Column, Cell]]:
    """As many values as columns in their order, where a row drawn too narrow sets two under one."""
    values = [column for column in columns if not column.is_label]
    owners = {id(column) for column, _ in paired}
    if len(paired) != len(values) or len(owners) == len(values):
        return paired
    return [(column, cell) for column, (_, cell) in zip(values, paired, strict=True)]


def join_label(marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    """The cells under the vein that heads a table as one: "R  reflux, s"."""
    head, values = columns[0].cell, columns[1].cell
    size = 0
    for cell in cells:
        if cell.overlap(head) <= 0 or cell.right > values.left or has_number(marks, cell):
            break
        size += 1
    if size < _SEVERAL:
        return list(cells)
    first, last = cells[0], cells[size - 1]
    return [Cell(first.first, last.last, first.left, last.right), *cells[size:]]

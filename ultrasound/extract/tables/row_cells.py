"""The cells of a row that wide gaps part, or that was drawn too narrow: "SSV  prox calf"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.tables.columns import Column, find_column
from ultrasound.extract.tables.table_cells import Cell, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks

_SEVERAL: Final = 2


def pair_in_order(
    paired: list[tuple[Column, Cell]], columns: Sequence[Column]
) -> list[tuple[Column, Cell]]:
    """As many values as columns in their order, where a row drawn too narrow sets two under one."""
    values = [column for column in columns if not column.is_label]
    owners = {column.cell for column, _ in paired}
    if len(paired) != len(values) or len(owners) == len(values):
        return paired
    return [(column, cell) for column, (_, cell) in zip(values, paired, strict=True)]


def join_headed(marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    """The cells under the vein that heads a table as one: "R  reflux, s"."""
    head, values = columns[0].cell, columns[1].cell
    size = 0
    for cell in cells:
        if cell.overlap(head) <= 0 or cell.right > values.left or has_number(marks, cell):
            break
        size += 1
    return _join_first(cells, size)


def join_levels(
    headers: HeaderReader, marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]
) -> list[Cell]:
    """The vein and its level as one label, where no column of its own holds the level."""
    size = 1
    while size < len(cells) - 1 and _goes_on(headers, marks, cells, size, columns):
        size += 1
    return _join_first(cells, 0 if any(c.is_empty for c in cells[:size]) else size)


def _join_first(cells: Sequence[Cell], size: int) -> list[Cell]:
    """The first cells as one, where there are several of them."""
    if size < _SEVERAL:
        return list(cells)
    first, last = cells[0], cells[size - 1]
    return [Cell(first.first, last.last, first.left, last.right), *cells[size:]]


def _goes_on(
    headers: HeaderReader,
    marks: Marks,
    cells: Sequence[Cell],
    size: int,
    columns: Sequence[Column],
) -> bool:
    """Whether a cell only says where in the vein of the cells before it: "GSV  mid  thigh"."""
    first, cell = cells[0], cells[size]
    before, own = headers.read_place(marks, first), headers.read_place(marks, cell)
    vein = before is not None and before.has_vein and headers.is_label(marks, first)
    if not vein or own is None or own.has_vein or own.has_leg or has_number(marks, cell):
        return False
    if not headers.is_label(marks, cell) or own.last - own.first + 1 != cell.size:
        return False
    heads = [c.cell for c in columns if c.is_label][1:]
    if any(cell.overlap(head) > 0 for head in heads):
        return False
    column = find_column(cell, columns)
    asks = column is not None and (column.measures or column.legs)
    return bool(asks)

"""Which column each cell of a row stands under, where gaps part them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.tables.sheet_column import SheetColumn
from ultrasound.extract.tables.table_cells import Cell

_FAR: Final = 100  # a column of text between two counts as much as so many between their middles
_NEAR: Final = 8  # columns of text between a value and the header that it stands under
_NO_WAY: Final = 1 << 30

_Way = tuple[int, tuple[SheetColumn, ...]]


def align(cells: Sequence[Cell], columns: Sequence[SheetColumn]) -> Sequence[SheetColumn] | None:
    """The column of each cell, from left to right, each its own, as near as they can stand.

    None where there are too few, or a cell stands far from its own.
    """
    ways: list[_Way] = [(0, ())] * (len(columns) + 1)  # by how many columns are passed
    for cell in cells:
        further: list[_Way] = [(_NO_WAY, ())]
        for headed, (cost, taken) in zip(columns, ways, strict=False):
            own = (cost + _distance(cell, headed.column.cell), (*taken, headed))
            further.append(min(further[-1], own, key=lambda way: way[0]))
        ways = further
    cost, found = ways[-1]
    gaps = [-cell.overlap(headed.column.cell) for cell, headed in zip(cells, found, strict=False)]
    return None if cost >= _NO_WAY or any(gap > _NEAR for gap in gaps) else found


def _distance(cell: Cell, other: Cell) -> int:
    """How far a cell stands from under another: by the gap between them, then by their middles."""
    middle = abs(cell.left + cell.right - other.left - other.right)
    return max(0, -cell.overlap(other)) * _FAR + middle

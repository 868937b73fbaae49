"""Remarks that a table was read without, put back among its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_rows import Row, Table


def put_back(tables: Mapping[int, Table], kept: Sequence[int]) -> dict[int, Table]:
    """Tables that were found among some lines, by the lines of the report that these are."""
    for table in tables.values():
        table.start, table.end = kept[table.start], kept[table.end - 1] + 1
    return {table.start: table for table in tables.values()}


def insert_remark(table: Table, words: Cell) -> None:
    """Put a remark before the first row that ends below it, as a row in words."""
    below = (order for order, row in enumerate(table.rows) if _end_of(row) > words.first)
    order = next(below, len(table.rows))
    table.rows.insert(order, Row((), (), prose=words))


def _end_of(row: Row) -> int:
    """The last token of a row; its labels may stand far above it."""
    cells = [*row.labels, *(cell for _, cell in row.cells), *([row.prose] if row.prose else [])]
    return max(cell.last for cell in cells)

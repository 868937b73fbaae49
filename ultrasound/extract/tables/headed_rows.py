"""A vein that heads rows of its own, in a table that the header gave to another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks


def leave_header_vein(headers: HeaderReader, marks: Marks, rows: Sequence[Row]) -> list[Row]:
    """The rows, those under a vein alone on its line without the vein of the header.

    As in "GREAT SAPHENOUS  diameter  reflux" over rows, and below them "SMALL SAPHENOUS".
    """
    left: list[Row] = []
    headed = False
    for row in rows:
        headed = headed or _heads_vein(headers, marks, row)
        cells = tuple((replace(column, base=None), cell) for column, cell in row.cells)
        left.append(replace(row, cells=cells) if headed else row)
    return left


def _heads_vein(headers: HeaderReader, marks: Marks, row: Row) -> bool:
    """Whether a row is only the name of a vein, and of no level."""
    if row.cells or row.prose is not None or len(row.labels) != 1:
        return False
    group = headers.read_place(marks, row.labels[0])
    return group is not None and group.has_vein and not group.has_spot

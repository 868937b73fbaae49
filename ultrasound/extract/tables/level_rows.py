"""Rows that name their level before their vein, each level for all veins at it.

As "Mid thigh   GSV   6.6   2.0" over "            FV    none".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import is_only_level
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

_FEWEST: Final = 2  # levels before a vein that make a way of writing
_NEAR: Final = 2  # columns of text between veins under each other


def carry_levels(headers: HeaderReader, marks: Marks, rows: Sequence[Row]) -> list[Row]:
    """The rows with each level behind its vein, and in the rows below that only name a vein.

    A junction has its own place.
    """
    pairs = [_pair_of(headers, marks, row) for row in rows]
    if len({level.first for level, _ in filter(None, pairs)}) < _FEWEST:
        return list(rows)
    carried: list[Row] = []
    above: tuple[Cell, Cell] | None = None
    for row, own in zip(rows, pairs, strict=True):
        pair = own or (above and _go_on(headers, marks, row, above))
        if row.cells:
            above = pair
        carried.append(row if pair is None else _place(headers, marks, row, pair))
    return carried


def _pair_of(headers: HeaderReader, marks: Marks, row: Row) -> tuple[Cell, Cell] | None:
    """The level of a row and the vein behind it, each in a cell of its own."""
    for level, vein in zip(row.labels, row.labels[1:], strict=False):
        group = headers.read_place(marks, level)
        if group is not None and is_only_level(group) and _names_vein(headers, marks, vein):
            return level, vein
    return None


def _names_vein(headers: HeaderReader, marks: Marks, cell: Cell) -> bool:
    group = headers.read_place(marks, cell)
    return group is not None and group.has_vein and not group.has_leg


def _go_on(
    headers: HeaderReader, marks: Marks, row: Row, above: tuple[Cell, Cell]
) -> tuple[Cell, Cell] | None:
    """The level of the row above with the vein of one that stands under its vein."""
    level, vein = above
    for cell in row.labels:
        under = cell.first >= vein.first and abs(cell.left - vein.left) <= _NEAR
        if under and level.left < vein.left - _NEAR and _names_vein(headers, marks, cell):
            return level, cell
    return None


def _place(headers: HeaderReader, marks: Marks, row: Row, pair: tuple[Cell, Cell]) -> Row:
    """A row with its level behind its vein; without it where the vein has its own."""
    level, vein = pair
    group = headers.read_place(marks, vein)
    own = group is not None and group.has_spot
    labels: list[Cell] = []
    for cell in row.labels:
        if cell is not level:
            labels += [vein] if cell is vein and own else [vein, level] if cell is vein else [cell]
    return replace(row, labels=tuple(labels))

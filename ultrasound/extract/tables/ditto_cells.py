"""Cells that repeat the one above them: "as above", '"'."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

Headed = tuple[Column, Cell]


def repeat_above(marks: Marks, rows: Sequence[Row], dittos: Container[str]) -> list[Row]:
    """The rows with what the cell straight above says where one only refers to it.

    Where nothing stands above it stays as it is, and is for a person.
    """
    told: list[Row] = []
    above: dict[Cell, Headed] = {}
    for row in rows:
        cells = tuple(
            above.get(column.cell, (column, cell))
            if text_of(marks, cell) in dittos
            else (column, cell)
            for column, cell in row.cells
        )
        told.append(row if cells == row.cells else replace(row, cells=cells))
        if row.cells:
            above = {column.cell: (column, cell) for column, cell in cells}
    return told

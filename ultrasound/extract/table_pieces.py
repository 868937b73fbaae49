"""The pieces of a cell that holds several values: "0.52 R", "comp/2.6"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.columns import Column
from ultrasound.extract.marks import Marks
from ultrasound.extract.table_cells import Cell
from ultrasound.extract.units import KIND_OF

_SLASH: Final = "/"


def cut_pieces(marks: Marks, cell: Cell) -> list[Cell]:
    """The pieces between slashes and blanks; a number keeps its unit, none where there is one."""
    inside = {
        index
        for number in marks.numbers_in(cell.first, cell.last)
        for index in range(number.first + 1, number.last + 1)
    }
    pieces: list[Cell] = []
    first = cell.first
    for index in range(cell.first, cell.last):
        token = marks.tokens[index]
        slash = token.text == _SLASH
        if index > first and index not in inside and (slash or token.gap):
            pieces.append(Cell(first, index, cell.left, cell.right))
            first = index
        if slash:
            first = index + 1
    if first < cell.last:
        pieces.append(Cell(first, cell.last, cell.left, cell.right))
    return pieces if len(pieces) > 1 else []


def pair_pieces(
    pieces: Sequence[Cell], column: Column, marks: Marks
) -> Iterator[tuple[Cell, Column]]:
    """Each piece with the column as far as it speaks of it: about a slash, in its order."""
    measured = [name for name in column.properties if name in KIND_OF]
    slashed = bool(pieces) and any(
        marks.tokens[index].text == _SLASH for index in range(pieces[0].first, pieces[-1].last)
    )
    ordered = slashed and len(measured) == len(pieces)
    for index, piece in enumerate(pieces):
        yield piece, replace(column, properties=(measured[index],)) if ordered else column

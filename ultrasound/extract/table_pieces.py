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
_ENDS: Final = (_SLASH, ",", ";")


def cut_pieces(marks: Marks, cell: Cell) -> list[list[Cell]]:
    """The pieces between blanks and commas, by the side of a slash that they stand on.

    A number keeps its unit, and words stay together. Nothing is given where a cell is one piece.
    """
    inside = {
        index
        for number in marks.numbers_in(cell.first, cell.last)
        for index in range(number.first + 1, number.last + 1)
    }
    sides: list[list[Cell]] = [[]]
    first = cell.first
    for index in range(cell.first, cell.last + 1):
        token = marks.tokens[index] if index < cell.last else None
        sign = token.text if token is not None and index not in inside else ""
        gap = token is not None and token.gap and index not in inside
        words = token is not None and token.kind == marks.tokens[index - 1].kind == "word"
        ends = token is None or sign in _ENDS or (gap and not words)
        if ends and index > first:
            sides[-1].append(Cell(first, index, cell.left, cell.right))
            first = index
        if sign in _ENDS:
            first = index + 1
        if sign == _SLASH:
            sides.append([])
    return sides if sum(map(len, sides)) > 1 else []


def pair_pieces(sides: Sequence[Sequence[Cell]], column: Column) -> Iterator[tuple[Cell, Column]]:
    """Each piece with the column as far as it speaks of it: about a slash, in its order."""
    measured = [name for name in column.properties if name in KIND_OF]
    named = column.properties if len(column.properties) == len(sides) else measured
    ordered = len(sides) > 1 and len(named) == len(sides)
    for index, side in enumerate(sides):
        narrowed = replace(column, properties=(named[index],)) if ordered else column
        for position, piece in enumerate(side):
            yield piece, column if position else narrowed  # "4.1, competent"

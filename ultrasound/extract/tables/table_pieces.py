"""The pieces of a cell that holds several values: "0.52 R", "comp/2.6"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF

_SLASH: Final = "/"
_SEVERAL: Final = 2
_ATOM: Final = ("n", "/", "a")  # the tokens of a code with a slash
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


def names_number(headers: HeaderReader, marks: Marks, piece: Cell) -> bool:
    """Whether a piece is only the name of the time behind it: "6.2 mm, reflux 2.8 s"."""
    named = headers.property_at(marks, piece.first, piece.last) == "reflux_time"
    whole = headers.property_end(marks, piece.first, piece.last) == piece.last
    number = next(iter(marks.numbers_in(piece.last, piece.last + 1)), None)
    timed = number is not None and number.unit is not None and number.unit.kind == "time"
    return named and whole and timed


def part_sides(
    marks: Marks, cell: Cell, column: Column, atoms: frozenset[str]
) -> list[tuple[Column, Cell]]:
    """The values of a cell with the leg of each, under a header such as "Reflux R/L".

    The cell as it is under any other; none where it has not one value for each leg.
    """
    if not column.sides or column.legs:
        return [(column, cell)]
    parts = _cut_sides(marks, cell, atoms)
    if len(parts) != len(column.sides):
        parts = _cut_sides(marks, cell, frozenset())
    if len(parts) != len(column.sides):
        return []
    return [
        (replace(column, sides=(), legs=(leg,)), part)
        for leg, part in zip(column.sides, parts, strict=True)
    ]


def divide_cell(
    marks: Marks, cell: Cell, column: Column, atoms: frozenset[str]
) -> list[tuple[Column, Cell]]:
    """The sides of a cell about its slashes, each with its share of the column's properties.

    Or what stands in a bracket at its end, and what is before it: "5.2 (nil)". Nothing is given
    where there are not as many as the header names. ``atoms`` are the codes that have a slash of
    their own: "n/a", and "+/-" where the header does not ask for its parts.
    """
    count = len(column.properties)
    if count < _SEVERAL:
        return []
    words = frozenset(atom for atom in atoms if atom[0].isalpha())
    for known in (words, atoms):
        sides = _cut_sides(marks, cell, known)
        sides = _cut_bracket(marks, cell) if len(sides) == 1 else sides
        if len(sides) == count:
            return [(_narrow(column, index), side) for index, side in enumerate(sides)]
    return []


def _cut_sides(marks: Marks, cell: Cell, atoms: frozenset[str]) -> list[Cell]:
    sides: list[Cell] = []
    first = index = cell.first
    while index < cell.last:
        size = _atom_size(marks, index, cell.last, atoms)
        if size:
            index += size
        elif marks.tokens[index].text == _SLASH:
            sides.append(Cell(first, index, cell.left, cell.right))
            first = index = index + 1
        else:
            index += 1
    return [*sides, Cell(first, cell.last, cell.left, cell.right)]


def _cut_bracket(marks: Marks, cell: Cell) -> list[Cell]:
    """What stands before the bracket that ends a cell, and in it; nothing where none does."""
    texts = [token.text for token in marks.tokens[cell.first : cell.last]]
    if texts.count("(") != 1 or texts[0] == "(" or texts[-1] != ")":
        return []
    opens = cell.first + texts.index("(")
    bounds = ((cell.first, opens), (opens + 1, cell.last - 1))
    return [Cell(first, last, cell.left, cell.right) for first, last in bounds if first < last]


def _atom_size(marks: Marks, index: int, last: int, atoms: frozenset[str]) -> int:
    """The tokens of a code with a slash that starts here, 0 where none does."""
    size = len(_ATOM)
    if index + size > last or marks.tokens[index + 1].text != _SLASH:
        return 0
    pieces = marks.tokens[index : index + size]
    apart = any(token.gap for token in pieces[1:])
    return 0 if apart or "".join(t.text for t in pieces).lower() not in atoms else size


def _narrow(column: Column, index: int) -> Column:
    """A column as far as it speaks of its property number ``index``, with the unit of that one."""
    name = column.properties[index]
    measured = [each for each in column.properties if each in KIND_OF]
    units = column.units
    if name in measured and len(units) == len(measured):
        units = (units[measured.index(name)],)
    return replace(column, properties=(name,), units=units)


def pair_pieces(sides: Sequence[Sequence[Cell]], column: Column) -> Iterator[tuple[Cell, Column]]:
    """Each piece with the column as far as it speaks of it: about a slash, in its order."""
    measured = [name for name in column.properties if name in KIND_OF]
    named = column.properties if len(column.properties) == len(sides) else measured
    ordered = len(sides) > 1 and len(named) == len(sides)
    for index, side in enumerate(sides):
        narrowed = replace(column, properties=(named[index],)) if ordered else column
        for position, piece in enumerate(side):
            yield piece, column if position else narrowed  # "4.1, competent"

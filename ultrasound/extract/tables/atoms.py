"""What stands in a line of a sheet: places, names of what is measured, values, signs, other words.

A line is cut as it is written, whatever parts its cells; the roles of its pieces tell what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.table_cells import Cell, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode
from ultrasound.value import value_type

Role = Literal["place", "key", "value", "code", "text"]
_PLACES: Final = ("leg", "vein", "place", "level", "zone", "abbreviation")
_SIGNS: Final = frozenset(":=,;/()[]<>|.→->_*\"'{}–—+#&")
_LONGEST: Final = 4  # words of a code
_JOINING: Final = ("/", "x", "X", "×")  # numbers about it are one value


@value_type
class Atom:
    """A piece of a line with one role; a ``code`` may also be the name of a column.

    ``order`` is that of its cell in the line.
    """

    role: Role
    cell: Cell
    order: int

    @property
    def states(self) -> bool:
        """Whether it can be the value of something."""
        return self.role in ("value", "code")


class AtomReader:
    """Cuts lines into their pieces."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers = headers
        self._codes = {term.lower() for code in codes for term in code.terms} | headers.blanks

    def read_line(self, marks: Marks, line: Line) -> list[Atom]:
        """The pieces of a line from left to right, without the signs between them."""
        key = ("atoms", line.first, line.last)
        if key not in marks.known:
            marks.known[key] = [
                atom
                for order, cell in enumerate(cut_cells(marks, line))
                for atom in self.read_cell(marks, cell, order)
            ]
        found: list[Atom] = marks.known[key]
        return found

    def roles_in(self, marks: Marks, cell: Cell) -> list[Role]:
        """The roles of the pieces of a cell, from left to right."""
        return [atom.role for atom in self.read_cell(marks, cell)]

    def read_cell(self, marks: Marks, cell: Cell, order: int = 0) -> list[Atom]:
        """The pieces of a cell, which is the ``order``-th of its line."""
        key = (f"atoms {order} at {cell.left}", cell.first, cell.last)
        if key not in marks.known:
            marks.known[key] = self._cut_cell(marks, cell, order)
        found: list[Atom] = marks.known[key]
        return found

    def _cut_cell(self, marks: Marks, cell: Cell, order: int) -> list[Atom]:
        atoms: list[Atom] = []
        index = cell.first
        while index < cell.last:
            role, end = self._read_at(marks, index, cell)
            if role is not None:
                piece = cell.cut(marks, index, end)
                last = atoms[-1] if atoms else None
                if last is not None and self._joins(marks, last, role, index):
                    whole = cell.cut(marks, last.cell.first, end)
                    atoms[-1] = Atom(last.role, whole, order)
                else:
                    atoms.append(Atom(role, piece, order))
            index = end
        return atoms

    def _joins(self, marks: Marks, last: Atom, role: Role, index: int) -> bool:
        """Whether a piece goes on what stands before it: a place, the sides of a slash, words."""
        between = [t.text for t in marks.tokens[last.cell.last : index]]
        if role == "place" == last.role:
            if self._is_leg(marks, index) and self._is_leg(marks, last.cell.first):
                return False  # "Right Left"
            return set(between) <= {"-", "_", ".", ",", "/", "(", "'"}
        if role == "text" == last.role:
            return True
        if role == "key" == last.role:
            return bool(between) and set(between) <= {"(", "/", "["}
        sides = last.role in ("value", "code") and role in ("value", "code")
        return sides and len(between) == 1 and between[0] in _JOINING

    def _is_leg(self, marks: Marks, index: int) -> bool:
        mention = marks.mention_at(index)
        return mention is not None and mention.row("leg") is not None

    def _read_at(self, marks: Marks, index: int, cell: Cell) -> tuple[Role | None, int]:
        """The role of what begins at a token, and the token behind it; None for a sign."""
        number = next(iter(marks.numbers_in(index, index + 1)), None)
        if number is not None:
            return "value", min(number.last + 1, cell.last)
        if self._is_key(marks, index, cell):
            return "key", index + 1
        code = self._end_of_code(marks, index, cell)
        mention = marks.mention_at(index)
        if mention is not None and mention.last < cell.last and mention.row(*_PLACES) is not None:
            return "place", mention.last + 1
        named = self._headers.property_end(marks, index, cell.last)
        if named <= index:
            unit = self._headers.unit_at(marks, index, cell.last)
            named = index if unit is None else unit[1] + 1
        if code > index and code >= named:
            return ("code" if named > index else "value"), code
        if named > index:
            return "key", named
        if _is_sign(marks.tokens[index].text):
            return None, index + 1
        return "text", index + 1

    def _is_key(self, marks: Marks, index: int, cell: Cell) -> bool:
        """Whether a word is told by its answer to be no leg: "rt: 2450"."""
        asked = index + 2 < cell.last and marks.tokens[index + 1].text in (":", "=")
        answered = asked and marks.has_digits(index + 2, index + 3)
        return answered and marks.tokens[index].norm == "rt"

    def _end_of_code(self, marks: Marks, index: int, cell: Cell) -> int:
        """The token behind the longest code that begins at a token; the token itself for none."""
        for end in range(min(cell.last, index + _LONGEST), index, -1):
            if marks.words(index, end - 1).lower() in self._codes:
                bare = end == index + 1 and _is_sign(marks.tokens[index].text)
                alone = index == cell.first and end == cell.last
                if not bare or alone:
                    return end
        return index


def unit_kinds(marks: Marks, cell: Cell) -> set[str]:
    """What the units in a cell measure: "time", "length"."""
    numbers = marks.numbers_in(cell.first, cell.last)
    return {number.unit.kind for number in numbers if number.unit is not None}


def are_beside(before: Atom, atom: Atom) -> bool:
    """Whether nothing but a blank parts two pieces of one cell."""
    return before.order == atom.order and before.cell.last == atom.cell.first


def _is_sign(text: str) -> bool:
    """Whether a token only parts others: a sign, or the dots of a leader."""
    return text in _SIGNS or not text.strip(".")

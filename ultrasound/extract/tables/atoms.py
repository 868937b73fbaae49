"""What stands in a line of a sheet: places, names of what is measured, values, signs, other words.

A line is cut as it is written, whatever parts its cells; the roles of its pieces tell what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.table_cells import Cell, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode
from ultrasound.value import value_type

Role = Literal["place", "key", "value", "code", "text"]
Piece = tuple[Role, int, int]  # with its tokens, half-open
_PLACES: Final = ("leg", "vein", "place", "level", "zone", "abbreviation")
_SIGNS: Final = frozenset(":=,;/()[]<>|.→->_*\"'{}–—+#&")
_LONGEST: Final = 4  # words of a code
_WHERE: Final = "location"  # in a zone
_WIDE: Final = "  "
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
        self._begun = {code[:end] for code in self._codes for end in range(1, len(code) + 1)}

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

    def says_more(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell holds words that are no place, name, value or sign."""
        return any(role == "text" for role, _, _ in self._read_pieces(marks, cell))

    def _cut_cell(self, marks: Marks, cell: Cell, order: int) -> list[Atom]:
        joined: list[Piece] = []
        for role, first, end in self._read_pieces(marks, cell):
            if role is None:
                continue
            if joined and self._joins(marks, joined[-1], role, first):
                named = "place" if role == "place" else joined[-1][0]
                joined[-1] = named, joined[-1][1], end
            else:
                joined.append((role, first, end))
        return [Atom(role, cell.cut(marks, first, end), order) for role, first, end in joined]

    def _read_pieces(self, marks: Marks, cell: Cell) -> Iterator[tuple[Role | None, int, int]]:
        """The words of a cell with their roles, None for a sign, and their tokens (half-open)."""
        index = cell.first
        while index < cell.last:
            role, end = self._read_at(marks, index, cell)
            yield role, index, end
            index = end

    def _joins(self, marks: Marks, last: Piece, role: Role, index: int) -> bool:
        """Whether a piece goes on what stands before it: a place, the sides of a slash, words."""
        before, first, end = last
        if role == "text" == before:
            return True
        between = [t.text for t in marks.tokens[end:index]]
        if role == "place" == before:
            if self._is_leg(marks, index) and self._is_leg(marks, first):
                return False  # "Right Left"
            if _WIDE in marks.tokens[index].gap:
                return False
            return set(between) <= {"-", "_", ".", ",", "/", "(", "'"}
        if {before, role} == {"place", "text"}:  # "Gastrocnemius, medial", "Med calf"
            mention = marks.mention_at(index if role == "text" else first)
            where = mention is not None and mention.cue(_WHERE)
            return where and set(between) <= ({",", "("} if role == "text" else set())
        if role == "key" == before:
            return bool(between) and set(between) <= {"(", "/", "["}
        sides = before in ("value", "code") and role in ("value", "code")
        return sides and len(between) == 1 and between[0] in _JOINING

    def _is_leg(self, marks: Marks, index: int) -> bool:
        mention = marks.mention_at(index)
        return mention is not None and mention.row("leg") is not None

    def _read_at(self, marks: Marks, index: int, cell: Cell) -> tuple[Role | None, int]:
        """The role of what begins at a token, and the token behind it; None for a sign."""
        number = marks.number_at(index)
        if number is not None:
            return "value", min(number.last + 1, cell.last)
        if self._is_key(marks, index, cell):
            return "key", index + 1
        code = self._end_of_code(marks, index, cell)
        mention = marks.mention_at(index)
        if mention is not None and mention.last < cell.last and mention.row(*_PLACES) is not None:
            return "place", mention.last + 1
        named = self._end_of_name(marks, index, cell)
        if code > index and code >= named:
            worded = (
                self._headers.property_end(marks, index, cell.last) > index
            )  # no unit, as in "S/P"
            return ("code" if named > index and (worded or code == named) else "value"), code
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

    def _end_of_name(self, marks: Marks, index: int, cell: Cell) -> int:
        """The token behind the column word, else unit, at a token; the token itself for none."""
        if not self._headers.begins(marks.tokens[index].norm):
            return index
        named = self._headers.property_end(marks, index, cell.last)
        if named > index:
            return named
        unit = self._headers.unit_at(marks, index, cell.last)
        return index if unit is None else unit[1] + 1

    def _end_of_code(self, marks: Marks, index: int, cell: Cell) -> int:
        """The token behind the longest code that begins at a token; the token itself for none."""
        longest = index
        for end in range(index + 1, min(cell.last, index + _LONGEST) + 1):
            words = marks.words(index, end - 1).lower()
            own = end == index + 1 and words in marks.codes
            if words not in self._begun and not own:
                break
            signs = [t.text for t in marks.tokens[index:end]]
            leader = not "".join(signs).strip(".")
            bare = leader or (end == index + 1 and _is_sign(signs[0]))
            alone = index == cell.first and end == cell.last
            if (own or words in self._codes) and (not bare or alone):
                longest = end
        return longest


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

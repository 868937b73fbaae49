"""Rows of two legs under a header that is not understood: none of their values has a leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import UNHEADED, Column
from ultrasound.extract.tables.table_cells import Cell, cell_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

_LEGS: Final = 2
_OTHER_WORDS: Final = 2  # beside the legs of their line
_HEADER_LINES: Final = 4
_FEWEST_ROWS: Final = 2
_SIGNS: Final = frozenset("|;/()[],-–—.<>≤≥~+*")


class UntoldRowReader:
    """Finds rows of values that nothing gives to a leg, though two are named or meant.

    Below a line that names both legs side by side, or with values on both sides of their labels.
    """

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers = headers
        known = {term.lower() for code in codes for term in code.terms} | headers.blanks
        words = frozenset(word for term in known for word in term.split())
        self._values = words | headers.unit_words

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        headed = self._names_legs(marks, lines[index])
        position = index + int(headed)
        last = min(len(lines), position + _HEADER_LINES)
        while headed and position < last and self._read_row(marks, lines[position]) is None:
            position += 1
        rows: list[Row] = []
        while position < len(lines):
            row = self._read_row(marks, lines[position])
            if row is None or not (headed or self._is_between(marks, row)):
                break
            rows.append(row)
            position += 1
        return Table(index, position, rows) if len(rows) >= _FEWEST_ROWS else None

    def _names_legs(self, marks: Marks, line: Line) -> bool:
        """Whether a line only names two legs side by side."""
        taken: set[int] = set()
        legs = set()
        for mention in marks.mentions_in(line.first, line.last):
            row = mention.row("leg")
            if row is not None and len(row.legs) == 1:
                legs.add(row.legs)
                taken.update(range(mention.first, mention.last + 1))
        rest = [t for t in marks.tokens[line.first : line.last] if t.index not in taken]
        words = [t for t in rest if t.kind == "word"]
        apart = all(t.kind == "word" or t.text in ("|", ";") for t in rest)
        return len(legs) == _LEGS and len(words) <= _OTHER_WORDS and apart

    def _read_row(self, marks: Marks, line: Line) -> Row | None:
        """A line of one place and values beside it."""
        cell = cell_of(line)
        group = self._headers.read_place(marks, cell)
        if group is None or group.has_leg or not (group.has_vein or group.has_spot):
            return None
        if any(part.vein in PERFORATORS for part in group.parts):
            return None  # before its name stands its height
        label = Cell(group.first, group.last + 1, 0, 0)
        values = [
            t
            for t in marks.tokens[line.first : line.last]
            if not group.first <= t.index <= group.last and t.text not in _SIGNS
        ]
        if not values or not all(self._is_value(t.text, t.kind) for t in values):
            return None
        head = Column(cell, properties=(UNHEADED,), leg_unknown=True)
        value = replace(cell, first=values[0].index, last=values[-1].index + 1)
        return Row((label,), ((head, value),))

    def _is_value(self, text: str, kind: str) -> bool:
        return kind == "number" or text.lower() in self._values

    def _is_between(self, marks: Marks, row: Row) -> bool:
        """Whether values stand on both sides of the label: more than the number of its line."""
        label, (_, value) = row.labels[0], row.cells[0]
        before = marks.tokens[value.first : label.first]
        told = [t for t in before if t.text not in _SIGNS]
        numbered = len(told) == 1 and told[0].text.isdigit()
        return bool(told) and not numbered and value.last > label.last

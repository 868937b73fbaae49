"""Machine exports with a key and a value on each line: "right.gsv.mid_thigh.reflux_ms: 620"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_SIGNS: Final = frozenset("._-[]")  # that part the words of a key
_ANSWERS: Final = (":", "=")
_QUOTES: Final = frozenset("\"'")
_FEWEST: Final = 3  # lines that make an export
_LEVEL: Final = ("label",)  # what "level", "site" and "segment" name


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line: the tokens (half-open) of its key and of its value."""

    key: Cell
    value: Cell


class KeyedLineReader:
    """Reads runs of such lines as a table with one value in each row."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        entries: list[_Entry] = []
        for line in lines[index:]:
            entry = self._read_entry(marks, line)
            if entry is None:
                break
            entries.append(entry)
        if len(entries) < _FEWEST:
            return None
        levels = {
            self._item_of(marks, entry): entry.value
            for entry in entries
            if self._is_level(marks, entry) and not entry.value.is_empty
        }
        rows = [
            self._read_row(marks, entry, levels)
            for entry in entries
            if not (self._is_level(marks, entry) or entry.value.is_empty)
        ]
        return Table(index, index + len(entries), rows) if rows else None

    def _read_row(self, marks: Marks, entry: _Entry, levels: dict[str, Cell]) -> Row:
        """A row, at the level that another line says of the same item."""
        level = levels.get(self._item_of(marks, entry))
        labels = (entry.key,) if level is None else (entry.key, level)
        names, units = self._headers.read_properties(marks, entry.key)
        column = Column(entry.key, tuple(n for n in names if n not in _LEVEL), tuple(units))
        return Row(labels, ((column, entry.value),))

    def _read_entry(self, marks: Marks, line: Line) -> _Entry | None:
        """The key and the value of a line, None where it has no such key."""
        first, last = line.first, line.last
        if first < last and marks.tokens[first].text in _QUOTES:
            first += 1
        end = first + 1
        while end < last and not marks.tokens[end].gap and marks.tokens[end].text not in _ANSWERS:
            end += 1
        if end >= last or marks.tokens[end].text not in _ANSWERS:
            return None
        key = Cell(first, end - (marks.tokens[end - 1].text in _QUOTES), 0, 0)
        if not self._is_key(marks, key):
            return None
        while last > end + 1 and marks.tokens[last - 1].text in (",", *_QUOTES):
            last -= 1
        start = end + 1
        if start < last and marks.tokens[start].text in _QUOTES:
            start += 1
        return _Entry(key, Cell(start, last, 0, 0))

    def _is_key(self, marks: Marks, key: Cell) -> bool:
        """Whether words are parted by signs alone, and name a place and what is said of it."""
        if _SIGNS.isdisjoint(t.text[0] for t in marks.tokens[key.first + 1 : key.last]):
            return False
        place = self._headers.read_place(marks, key)
        if place is None or not (place.has_vein or place.has_spot):
            return False
        return self._headers.names_column(marks, key)

    def _is_level(self, marks: Marks, entry: _Entry) -> bool:
        """Whether a line says only where an item lies."""
        return self._headers.read_properties(marks, entry.key)[0] == _LEVEL

    def _item_of(self, marks: Marks, entry: _Entry) -> str:
        """The key without its last part: what several lines speak of."""
        key = entry.key
        tokens = marks.tokens[key.first : key.last]
        names = [t.index for t in tokens if self._headers.property_at(marks, t.index, key.last)]
        last = names[-1] if names else key.last
        return "".join(t.text for t in tokens if t.index < last and t.text not in _SIGNS)

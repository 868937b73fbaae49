"""Fields of numbered veins, one a line: "RT PERFORATOR 1 SITE: mid calf", "… DIAM: 3.7 mm".

One line says where such a vein lies, others measure it: together they are the row of one vein.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_FEWEST: Final = 2  # lines that speak of numbered veins
_LEVEL: Final = "label"  # what "level", "site" and "segment" name
_ANSWERS: Final = (":", "=")
_SIGNS: Final = ("#", "-", ".")
_LEADER: Final = 3  # dots between a key and its value
_BLANK: Final = "_"
_SIGN: Final = "#"
_OPEN: Final = "@"  # names a vein that has no number
_SHORT: Final = ("p", "no", "nr", "ipv")


@dataclass(slots=True)
class _Item:
    """The fields of one vein: where it lies, and what is measured of it."""

    labels: list[Cell] = field(default_factory=list)
    cells: list[tuple[Column, Cell]] = field(default_factory=list)


class ItemLineReader:
    """Reads runs of such lines as a table with a row for each vein."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        items: dict[str, _Item] = {}
        end = index
        while end < len(lines) and self._take_line(marks, lines[end], items):
            end += 1
        rows = [Row(tuple(item.labels), tuple(item.cells)) for item in items.values()]
        rows = [row for row in rows if row.cells]
        if not rows or end - index < _FEWEST:
            return None
        # a level alone may say something of its own: "Site: medial calf" under "VARICOSITIES"
        told = len(items) == 1 and next(iter(items)).startswith(_OPEN)
        return Table(index + 1 if told else index, end, rows)

    def _take_line(self, marks: Marks, line: Line, items: dict[str, _Item]) -> bool:
        """Take the field on a line to its vein; whether there is one."""
        number = self._number_of(marks, line)
        bare = _bare_number(marks, line) if number is None else None
        name = line.first if number is None else number + 1
        name = name if bare is None else max(name, bare + 1)
        end, start = _find_answer(marks, name, line.last)
        key, value = Cell(name, end, 0, 0), Cell(start, line.last, 0, 0)
        names, units = self._headers.read_properties(marks, key) if end > name else ((), ())
        if not names:
            return False
        if number is not None:
            words = _words_of(marks, line.first, name)
            item = items.setdefault(words, _Item([Cell(line.first, number, 0, 0)]))
        elif bare is not None and self._headers.read_place(marks, key) is None:
            item = items.setdefault(f"#{marks.tokens[bare].text}", _Item())
        elif (open_item := self._open_item(marks, names[0], (key, value), items)) is not None:
            item = open_item
        else:
            return False
        if value.is_empty or _BLANK in marks.tokens[value.first].text:
            return True
        if names[0] == _LEVEL:
            item.labels.append(value)
        else:
            item.cells.append((Column(key, tuple(names), tuple(units)), value))
        return True

    def _open_item(
        self, marks: Marks, name: str, field: tuple[Cell, Cell], items: dict[str, _Item]
    ) -> _Item | None:
        """The vein of a field that names none: a line with its level begins it."""
        key, value = field
        if self._headers.read_place(marks, key) is not None:
            return None
        if name == _LEVEL:
            place = None if value.is_empty else self._headers.read_place(marks, value)
            leveled = place is not None and place.has_spot and not place.has_vein
            return items.setdefault(f"{_OPEN}{len(items)}", _Item()) if leveled else None
        last = next(reversed(items), "")
        return items[last] if last.startswith(_OPEN) else None

    def _number_of(self, marks: Marks, line: Line) -> int | None:
        """The number behind the name of a vein of which a leg has several: "R perforator #2"."""
        index, counted = line.first, False
        while index < line.last:
            mention = marks.mention_at(index)
            if mention is None and not (counted and marks.tokens[index].text in _SIGNS):
                break
            group = self._headers.read_place(marks, Cell(line.first, index + 1, 0, 0))
            counted = group is not None and all(p.vein in COUNTED for p in group.parts)
            index = index + 1 if mention is None else mention.last + 1
        token = marks.tokens[index] if index < line.last else None
        plain = token is not None and token.text.isdigit() and len(token.text) == 1
        return index if counted and plain else None


def _find_answer(marks: Marks, first: int, last: int) -> tuple[int, int]:
    """The end of a key, and where its value begins: behind a sign, or behind leading dots."""
    for index in range(first, last):
        text = marks.tokens[index].text
        leader = all(t.text == "." for t in marks.tokens[index : index + _LEADER])
        if text in _ANSWERS:
            return index, index + 1
        if leader:
            dots = takewhile(lambda i: marks.tokens[i].text == ".", range(index, last))
            return index, index + sum(1 for _ in dots)
    return first, first + 1


def _words_of(marks: Marks, first: int, last: int) -> str:
    return "".join(token.norm for token in marks.tokens[first:last])


def _bare_number(marks: Marks, line: Line) -> int | None:
    """The number that stands for a vein of the heading: "#1 diameter", "P2 reflux"."""
    first = line.first
    if line.bullet and first > 1 and marks.tokens[first - 2].text == _SIGN:
        return first - 1
    tokens = marks.tokens[first : first + 3]
    signed = len(tokens) > 1 and (tokens[0].text in _SIGNS or tokens[0].norm in _SHORT)
    index = first + 1 if signed and not tokens[1].gap else first
    number = marks.number_at(index)
    follows = marks.tokens[index + 1 : index + 2]
    worded = bool(follows) and follows[0].kind == "word" and bool(follows[0].gap)
    counts = number is None or number.unit is None  # no "9 cm medial"
    return index if worded and counts and marks.tokens[index].text.isdigit() else None

"""Fields of numbered veins, one a line: "RT PERFORATOR 1 SITE: mid calf", "… DIAM: 3.7 mm".

One line says where such a vein lies, others measure it: together they are the row of one vein.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
_BLANK: Final = "_"


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
        return Table(index, end, rows) if rows and end - index >= _FEWEST else None

    def _take_line(self, marks: Marks, line: Line, items: dict[str, _Item]) -> bool:
        """Take the field on a line to its vein; whether there is one."""
        number = self._number_of(marks, line)
        if number is None:
            return False
        name = number + 1
        end = next((i for i in range(name, line.last) if marks.tokens[i].text in _ANSWERS), name)
        key, value = Cell(name, end, 0, 0), Cell(end + 1, line.last, 0, 0)
        names, units = self._headers.read_properties(marks, key) if end > name else ((), ())
        if not names:
            return False
        words = "".join(token.norm for token in marks.tokens[line.first : name])
        item = items.setdefault(words, _Item([Cell(line.first, number, 0, 0)]))
        if value.is_empty or _BLANK in marks.tokens[value.first].text:
            return True
        if names[0] == _LEVEL:
            item.labels.append(value)
        else:
            item.cells.append((Column(key, tuple(names), tuple(units)), value))
        return True

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

"""Two legs side by side, each with its own sentences: "SFJ 6.1 mm, competent  |  SFJ 9.0 mm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, cell_of, cut_halves
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_LEGS: Final = 2
_FEWEST_ROWS: Final = 2
_LONGEST_HEAD: Final = 2  # "RIGHT LEG"


class SideBySideReader:
    """Reads lines under the names of two legs, each half of a line for its leg."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        columns = self._read_legs(marks, lines[index])
        rows: list[Row] = []
        while columns and index + 1 + len(rows) < len(lines):
            row = self._read_row(marks, lines[index + 1 + len(rows)], columns)
            if row is None:
                break
            rows.append(row)
        end = index + 1 + len(rows)
        return Table(index, end, rows) if len(rows) >= _FEWEST_ROWS else None

    def _read_legs(self, marks: Marks, line: Line) -> list[Column]:
        cells = cut_halves(marks, line)
        if len(cells) != _LEGS or any(cell.size > _LONGEST_HEAD for cell in cells):
            return []
        heads = [self._headers.read_header(marks, cell) for cell in cells]
        legs = {head.legs for head in heads if len(head.legs) == 1}
        return heads if len(legs) == _LEGS else []

    def _read_row(self, marks: Marks, line: Line, columns: Sequence[Column]) -> Row | None:
        """What each half of a line says of a place of its own; a half may be empty."""
        halves: dict[int, Cell] = {}
        for cell in cut_halves(marks, line):
            side = int(cell.left >= columns[1].cell.left - 1)
            before = halves.get(side)
            halves[side] = cell if before is None else replace(before, last=cell.last)
        alone = len(halves) < _LEGS and line.blank_before
        if alone or not all(self._places(marks, half) for half in halves.values()):
            return None
        cells = tuple((columns[side], half) for side, half in sorted(halves.items()))
        return Row((), cells, prose=cell_of(line))

    def _places(self, marks: Marks, cell: Cell) -> bool:
        """Whether a half begins with a vein or a level."""
        mention = marks.mention_at(cell.first)
        named = mention is not None and mention.row("vein", "place", "level", "zone") is not None
        return named and mention is not None and mention.last < cell.last - 1

"""Tables of one place: its name heads the values of what each line measures in a leg.

As "Deep   Common femoral" over "Rt calibre mm   5.2" and "Lt reflux time s   2.69".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.table_cells import Cell, cut_cells, has_borders, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_PAIR: Final = 2  # cells of each line
_LONGEST: Final = 8  # tokens of a value behind a sign
_SIGNS: Final = (":", "|")
_FEWEST: Final = 2  # lines with a value


def _cells_of(marks: Marks, line: Line) -> list[Cell]:
    """The filled cells of a line, without a border that stands before one."""
    cells: list[Cell] = []
    for cell in cut_cells(marks, line):
        pipe = not cell.is_empty and marks.tokens[cell.first].text == "|"
        bare = replace(cell, first=cell.first + 1) if pipe else cell
        cells += [] if bare.is_empty else [bare]
    return cells


class OnePlaceReader:
    """Reads such tables."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        heads = self._read_heads(marks, lines[index])
        if not heads:
            return None
        rows: list[Row] = []
        end = index + 1
        while end < len(lines) and (end == index + 1 or not lines[end].blank_before):
            pair = self._cut(marks, lines[end])
            if not pair or not self._measures(marks, pair[0]):
                break
            value = pair[1] if len(pair) == _PAIR else None
            if value is not None and not self._is_under(marks, lines[end], value, heads[-1]):
                return None
            if value is not None:
                column = self._headers.read_header(marks, pair[0])
                rows.append(Row((*heads, pair[0]), ((column, value),)))
            end += 1
        return Table(index, end, rows) if len(rows) >= _FEWEST else None

    def _read_heads(self, marks: Marks, line: Line) -> tuple[Cell, ...]:
        """The vein and its level that head a table, or the vein in a group: "Deep   CFV"."""
        cells = _cells_of(marks, line)
        if len(cells) != _PAIR or any(has_number(marks, cell) for cell in cells):
            return ()
        if any(self._headers.names_column(marks, cell) for cell in cells):
            return ()
        first, second = (self._headers.read_place(marks, cell) for cell in cells)
        told = all(self._headers.is_label(marks, cell) for cell in cells)
        if first is None or second is None or not told or first.has_leg or second.has_leg:
            return ()
        return tuple(cells) if first.has_vein and not first.has_spot else ()

    def _cut(self, marks: Marks, line: Line) -> list[Cell]:
        """The name and the value of a line, of which a sign may part the two; else nothing."""
        cells = _cells_of(marks, line)
        if len(cells) != 1:
            return cells if len(cells) == _PAIR else []
        cell = cells[0]
        inner = marks.tokens[cell.first : cell.last]
        colon = next((t.index for t in inner if t.text in _SIGNS), None)
        if colon is None or colon + 1 >= cell.last:
            return [] if has_number(marks, cell) else cells
        return [replace(cell, last=colon), replace(cell, first=colon + 1)]

    def _measures(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell names one leg and what is measured in it, and nothing else."""
        column = self._headers.read_header(marks, cell)
        known = not self._headers.has_other_words(marks, cell)
        return known and len(column.legs) == 1 and column.measures and column.has_values

    def _is_under(self, marks: Marks, line: Line, value: Cell, head: Cell) -> bool:
        """Whether a value stands in the column of the place; one behind a colon does."""
        signed = marks.tokens[value.first - 1].text in _SIGNS
        if signed and has_number(marks, value) and value.size <= _LONGEST:
            return True  # "| Yes (2.8)"
        if not self._headers.is_value(marks, value):
            return False
        return signed or has_borders(marks, line) or value.overlap(head) > 0

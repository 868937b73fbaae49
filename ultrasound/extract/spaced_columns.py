"""Tables whose columns a copy from a PDF drew together: one blank between all cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.columns import Column
from ultrasound.extract.header_lines import HeaderLineReader
from ultrasound.extract.layout import Line
from ultrasound.extract.marks import Marks
from ultrasound.extract.sites import Span
from ultrasound.extract.table_cells import Cell, cell_of
from ultrasound.extract.table_headers import HeaderReader
from ultrasound.extract.table_rows import Row, Table

_FEWEST_COLUMNS: Final = 2
_FEWEST_ROWS: Final = 2


class SpacedTableReader:
    """Reads rows of a place and as many values as the line over them names columns."""

    def __init__(self, headers: HeaderReader, lines: HeaderLineReader) -> None:
        self._headers = headers
        self._lines = lines

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        columns, position = self._read_columns(marks, lines, index)
        if not columns:
            return None
        rows: list[Row] = []
        while position < len(lines):
            row = self._read_row(marks, lines[position], columns)
            if row is None:
                break
            rows.append(row)
            position += 1
        return Table(index, position, rows) if len(rows) >= _FEWEST_ROWS else None

    def _read_columns(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[Column], int]:
        """The columns that one line names, with the legs that the line over it may name."""
        legs = self._read_legs(marks, lines[index])
        position = index + 1 if legs else index
        if position >= len(lines):
            return [], index
        columns = self._lines.split_line(marks, cell_of(lines[position]))
        if columns and columns[0].is_label:
            columns = columns[1:]
        if len(columns) < _FEWEST_COLUMNS or not all(c.has_values and c.units for c in columns):
            return [], index
        if legs:
            size, odd = divmod(len(columns), len(legs))
            if odd:
                return [], index
            columns = [
                replace(column, legs=(legs[k // size][0],), leg_at=legs[k // size][1])
                for k, column in enumerate(columns)
            ]
        return columns, position + 1

    def _read_legs(self, marks: Marks, line: Line) -> list[tuple[Leg, Span]]:
        """The legs of a line that names them side by side, and no more than a label besides."""
        return self._lines.legs_of(marks, cell_of(line))

    def _read_row(self, marks: Marks, line: Line, columns: Sequence[Column]) -> Row | None:
        """A place, and behind it one value for each column."""
        starts = [
            token.index
            for token in marks.tokens[line.first : line.last]
            if token.gap or token.index == line.first
        ]
        if len(starts) <= len(columns):
            return None
        first = starts[-len(columns)]
        label = Cell(line.first, first, 0, 0)
        ends = [*starts[-len(columns) + 1 :], line.last]
        cells = [
            Cell(start, end, 0, 0) for start, end in zip(starts[-len(columns) :], ends, strict=True)
        ]
        if not self._headers.is_label(marks, label):
            return None
        if not all(self._headers.is_value(marks, cell) for cell in cells):
            return None
        return Row((label,), tuple(zip(columns, cells, strict=True)))

"""Tables whose columns a copy from a PDF drew together: one blank between all cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_lines import HeaderLineReader
from ultrasound.extract.tables.leg_columns import doubt_legs, share_legs
from ultrasound.extract.tables.spaced_header import SpacedHeaderReader
from ultrasound.extract.tables.spaced_rows import SpacedRowReader
from ultrasound.extract.tables.spaced_values import ValueCutter
from ultrasound.extract.tables.table_cells import cell_of, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.sides import begin_of_sides
from ultrasound.knowledge.schema_text import CellCode

_FEWEST_COLUMNS: Final = 2
_OPENING: Final = ("(", ":")  # before the names of columns in a heading
_FEWEST_ROWS: Final = 2
_PAIR: Final = 2
_HEADER_LINES: Final = 16  # a word each


class SpacedTableReader:
    """Reads rows of a place and as many values as the lines over them name columns."""

    def __init__(
        self, headers: HeaderReader, lines: HeaderLineReader, codes: Sequence[CellCode]
    ) -> None:
        self._headers = headers
        self._lines = lines
        self._spaced = SpacedHeaderReader(headers)
        self._rows = SpacedRowReader(headers, ValueCutter(headers, codes))

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        if self._is_of_vein(marks, lines[index]):
            return None
        columns, position = self._read_columns(marks, lines, index)
        behind = begin_of_sides(marks, lines[index]) > lines[index].first
        start = position if behind else index
        if not columns:
            columns = self._read_heading(marks, lines[index])
            start = position = index + 1
        if not columns:
            return None
        rows, position = self._read_rows(marks, lines, position, columns)
        read = sum(bool(row.cells) and not row.unread for row in rows)
        return Table(start, position, rows) if read >= _FEWEST_ROWS else None

    def _read_rows(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> tuple[list[Row], int]:
        """The rows from a line on, and the line behind them."""
        rows: list[Row] = []
        end, kept = index, 0
        while index < len(lines) and not (rows and self._names_columns(marks, lines[index])):
            row, size = self._rows.read_row(marks, lines, index, columns)
            if row is None and rows and self._rows.take_rest(marks, rows, lines[index], columns):
                index = end = index + 1
                continue
            row = row or self._rows.read_words(marks, lines, index, columns)
            if row is None or (row.unread and not rows):
                break
            rows.append(row)
            index += size
            if row.cells and not row.unread:
                end, kept = index, len(rows)
        return rows[:kept], end

    def _is_of_vein(self, marks: Marks, line: Line) -> bool:
        """Whether a line says something of a vein: "PRV: compressible" names no velocity."""
        mention = marks.mention_at(line.first)
        if mention is None or mention.row("vein") is None:
            return False
        named = self._headers.property_end(marks, line.first, line.last) > line.first
        return named and marks.tokens[mention.last + 1].text == ":"

    def _names_columns(self, marks: Marks, line: Line) -> bool:
        """Whether a line among the rows names the columns of those below."""
        again = self._spaced.read_header(marks, line.first, line.last, None)
        return len(again) >= _FEWEST_COLUMNS and not has_number(marks, cell_of(line))

    def _read_columns(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[Column], int]:
        """The columns that one line or several name, with the legs that the first may name."""
        begin = begin_of_sides(marks, lines[index])
        legs = self._lines.legs_of(marks, cell_of(lines[index]))
        start = index + 1 if legs else index
        columns: list[Column] = []
        position = start
        sides = self._lines.sides_over(marks, lines, index)
        for end in range(start + 1, min(len(lines), start + _HEADER_LINES) + 1):
            if end > start + 1 and lines[end - 1].blank_before:
                break
            first = lines[start].first if legs else begin
            more = self._spaced.read_header(marks, first, lines[end - 1].last, sides)
            if not more:
                break
            columns, position = more, end
        named = any(c.is_label for c in columns)
        values = [c for c in columns if not c.is_label]
        parted = any(c.sides for c in values)  # "Reflux (s), right/left"
        if len(values) < _FEWEST_COLUMNS and not ((named or parted) and values):
            return [], index
        item = lines[index].bullet and not named and not any(c.units for c in values)
        if item or not all(c.has_values for c in values):
            return [], index  # an item says what was found: "- Left - competent, patent"
        if legs and not any(c.legs for c in values):
            over = [Column(cell_of(lines[index]), legs=(leg,), leg_at=at) for leg, at in legs]
            values = share_legs(values, over)
        return doubt_legs(values), position

    def _read_heading(self, marks: Marks, line: Line) -> list[Column]:
        """The columns that a heading names behind it: "GSV (diameter mm, reflux s)"."""
        opens = [t.index for t in marks.tokens[line.first : line.last] if t.text in _OPENING]
        columns = self._spaced.read_header(marks, opens[0], line.last) if opens else []
        measured = all(c.units for c in columns)  # else it may be what is found: "CFV: patent"
        named = sum(len(c.properties) for c in columns)
        several = len(columns) >= _FEWEST_COLUMNS or named > _PAIR  # the list reader's
        return columns if several and measured else []

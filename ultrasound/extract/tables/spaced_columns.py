"""Tables whose columns a copy from a PDF drew together: one blank between all cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_lines import HeaderLineReader
from ultrasound.extract.tables.leg_columns import doubt_legs, share_legs
from ultrasound.extract.tables.spaced_header import SpacedHeaderReader
from ultrasound.extract.tables.spaced_values import ValueCutter, cut_at_slashes
from ultrasound.extract.tables.table_cells import Cell, cell_of, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.sides import begin_of_sides
from ultrasound.knowledge.schema_text import CellCode

_FEWEST_COLUMNS: Final = 2
_OPENING: Final = ("(", ":")  # before the names of columns in a heading
_FEWEST_ROWS: Final = 2
_PAIR: Final = 2
_HEADER_LINES: Final = 5
_SECOND_LINE: Final = 2  # lines of a row whose label goes on on the next one


class SpacedTableReader:
    """Reads rows of a place and as many values as the lines over them name columns."""

    def __init__(
        self, headers: HeaderReader, lines: HeaderLineReader, codes: Sequence[CellCode]
    ) -> None:
        self._headers = headers
        self._lines = lines
        self._spaced = SpacedHeaderReader(headers)
        self._values = ValueCutter(headers, codes)

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
        rows: list[Row] = []
        while position < len(lines) and not (rows and self._heads(marks, lines[position])):
            row, size = self._read_row(marks, lines, position, columns)
            if row is None and rows and self._goes_on(marks, lines, position, columns):
                row, size = Row((), ((columns[-1], cell_of(lines[position])),), unread=True), 1
            if row is None:
                break
            rows.append(row)
            position += size
        while rows and rows[-1].unread:
            position -= 1
            rows.pop()
        read = sum(not row.unread for row in rows)
        return Table(start, position, rows) if read >= _FEWEST_ROWS else None

    def _is_of_vein(self, marks: Marks, line: Line) -> bool:
        """Whether a line says something of a vein: "PRV: compressible" names no velocity."""
        mention = marks.mention_at(line.first)
        if mention is None or mention.row("vein") is None:
            return False
        named = self._headers.property_end(marks, line.first, line.last) > line.first
        return named and marks.tokens[mention.last + 1].text == ":"

    def _heads(self, marks: Marks, line: Line) -> bool:
        """Whether a line among the rows heads those below: a leg, or the names of the columns."""
        again = self._spaced.read_header(marks, line.first, line.last, None)
        named = len(again) >= _FEWEST_COLUMNS and not has_number(marks, cell_of(line))
        return named or self._headers.heads_leg(marks, cell_of(line))

    def _goes_on(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> bool:
        """Whether the line after one that is not understood is a row again."""
        if index + 1 >= len(lines) or lines[index].blank_before or lines[index + 1].blank_before:
            return False
        row = self._read_row(marks, lines, index + 1, columns)[0]
        return row is not None and not row.unread

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

    def _read_row(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> tuple[Row | None, int]:
        """A row and how many lines it takes: its label may go on on a second one."""
        line = lines[index]
        row = self._split_row(marks, line.first, line.last, columns)
        if row is not None and not row.unread:
            return row, 1
        follower = lines[index + 1] if index + 1 < len(lines) else None
        if follower is None or follower.blank_before:
            return None, 1
        if row is None:
            wrapped = self._split_row(marks, line.first, follower.last, columns)
            if wrapped is not None and not wrapped.unread:
                return wrapped, _SECOND_LINE
            return None, 1
        return row, 1

    def _split_row(
        self, marks: Marks, first: int, last: int, columns: Sequence[Column]
    ) -> Row | None:
        """A place, and behind it one value for each column; fewer values cannot be told apart."""
        values = self._values.cut_values(marks, first, last)
        if not values:
            return None
        if len(values) == 1 < len(columns):
            values = cut_at_slashes(marks, values[0])
        label = Cell(first, values[0].first, 0, 0)
        extra = len(values) - len(columns)
        if extra > 0:
            values = values[extra:]
            label = Cell(first, values[0].first, 0, 0)
        if label.is_empty or not self._headers.is_label(marks, label):
            return None
        if extra < 0:
            fitting = self._fit_values(marks, values, columns)
            if fitting:
                return Row((label,), fitting)
            cell = Cell(values[0].first, last, 0, 0)
            return Row((label,), ((columns[0], cell),), unread=True)
        return Row((label,), tuple(zip(columns, values, strict=True)))

    def _fit_values(
        self, marks: Marks, values: Sequence[Cell], columns: Sequence[Column]
    ) -> tuple[tuple[Column, Cell], ...]:
        """Fewer values than columns, each with the only one that it can be of; else none."""
        fitting = [[c for c in columns if self._values.fits(marks, v, c)] for v in values]
        owners = [found[0] for found in fitting if len(found) == 1]
        whole = len(owners) == len(values) == len({id(owner) for owner in owners})
        if len(values) == 1 and self._values.says_same(marks, values[0], columns):
            return ((columns[0], values[0]),)  # "not visualized", of whatever is measured
        return tuple(zip(owners, values, strict=True)) if whole else ()

"""Tables that a copy from a PDF broke into one cell a line, read column names first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.broken_heads import SidedHeadReader
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.leg_columns import doubt_legs
from ultrasound.extract.tables.row_cells import completes
from ultrasound.extract.tables.table_cells import Cell, cell_of, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, RowReader, Table
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF

_SHORT_LINE: Final = 44  # characters; a longer line is a sentence
_FEWEST_COLUMNS: Final = 2  # columns of values: with one the lines could be a list
_FEWEST_ROWS: Final = 2
_LEGS: Final = 2


class BrokenTableReader:
    """Reads lines of one cell each as a table."""

    def __init__(self, headers: HeaderReader, rows: RowReader) -> None:
        self._headers = headers
        self._rows = rows
        self._sided = SidedHeadReader(headers)

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        columns = self._read_columns(marks, lines, index)
        position = index + len(columns)
        columns = self._take_units(columns)
        values = [c for c in columns if not c.is_label]
        labelled = self._is_label_head(marks, lines[index])
        sided, end = self._sided.read_columns(marks, lines, index + int(labelled))
        if sided:
            values, position = sided, end
        if len(values) < _FEWEST_COLUMNS:
            values, position = self._read_legs(marks, lines, index)
        if len(values) < _FEWEST_COLUMNS:
            return None
        values = doubt_legs(values)
        rows, position = self._read_rows(marks, lines, position, values)
        filled = sum(bool(row.cells) for row in rows)
        return Table(index, position, rows) if filled >= _FEWEST_ROWS else None

    def _read_rows(
        self, marks: Marks, lines: Sequence[Line], position: int, values: Sequence[Column]
    ) -> tuple[list[Row], int]:
        """The rows from a line on, and the line after them."""
        by_leg = all(column.legs for column in values)
        rows: list[Row] = []
        while position + len(values) < len(lines):
            row, end = self._read_row(marks, lines, position, values)
            if row is None and by_leg and rows:
                row, end = self._read_words(marks, lines, position, values)
            if row is None and not by_leg and self._heads_leg(marks, lines[position]):
                row, end = Row((cell_of(lines[position]),), ()), position + 1
            if row is None:
                break
            rows.append(row)
            position = end
        while rows and not rows[-1].cells:  # the leg of what follows
            rows.pop()
            position -= 1
        return rows, position

    def _heads_leg(self, marks: Marks, line: Line) -> bool:
        """Whether a line is the name of one leg: it holds for the rows below."""
        return line.length <= _SHORT_LINE and self._headers.heads_leg(marks, cell_of(line))

    def _read_columns(self, marks: Marks, lines: Sequence[Line], index: int) -> list[Column]:
        cells: list[Cell] = []
        while index < len(lines) and lines[index].length <= _SHORT_LINE:
            cell = cell_of(lines[index])
            answered = marks.has_sign(":", cell.first, cell.last - 1)  # "Thrombus: none"
            if answered or has_number(marks, cell) or not self._headers.names_column(marks, cell):
                break
            cells.append(cell)
            index += 1
        columns: list[Column] = []
        for cell in cells if len(cells) >= _FEWEST_COLUMNS else ():  # one alone heads nothing
            column = self._headers.read_header(marks, cell)
            heads_leg = column.is_label and bool(column.legs)
            if heads_leg:
                break
            columns.append(column)
        return columns

    def _take_units(self, columns: list[Column]) -> list[Column]:
        """The columns with the units that stand on lines of their own, below all names."""
        named = [c for c in columns if not c.bare]
        late = [c for c in columns[len(named) :] if c.bare]
        timed = [c for c in named if not KIND_OF.keys().isdisjoint(c.properties)]
        if not late or len(named) + len(late) != len(columns) or len(late) != len(timed):
            return columns
        units = dict(zip(map(id, timed), late, strict=True))
        return [replace(c, units=units[id(c)].units) if id(c) in units else c for c in named]

    def _read_legs(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[Column], int]:
        """The columns of two legs, each on its line, below what they hold: "Diameter, mm"."""
        if not _may_head_legs(lines[index : index + _LEGS + 2]):
            return [], index
        over = cell_of(lines[index])
        named = self._headers.names_column(marks, over)
        index += int(named)
        single = [line.last - line.first == 1 for line in lines[index : index + _LEGS + 1]]
        if not (all(single[:_LEGS]) or all(single[1:])):
            return [], index  # most lines
        if index < len(lines) and self._is_label_head(marks, lines[index]):
            index += 1
        cells = [cell_of(line) for line in lines[index : index + _LEGS]]
        if any(cell.size > 1 for cell in cells):
            return [], index
        heads = [self._headers.read_header(marks, cell) for cell in cells]
        legs = {head.legs for head in heads if len(head.legs) == 1}
        if len(legs) < _LEGS:
            return [], index
        caption = self._headers.read_header(marks, over) if named else Column(over)
        if caption.properties and not caption.measures:
            return [], index
        columns = [
            replace(head, properties=caption.properties, units=caption.units) for head in heads
        ]
        return columns, index + _LEGS

    def _is_label_head(self, marks: Marks, line: Line) -> bool:
        """Whether a line is the name of the column of places: "Vein"."""
        cell = cell_of(line)
        if line.length > _SHORT_LINE or "label" not in self._headers.read_names(marks, cell)[0]:
            return False
        column = self._headers.read_header(marks, cell)
        return column.is_label and not column.legs

    def _read_row(
        self, marks: Marks, lines: Sequence[Line], position: int, values: Sequence[Column]
    ) -> tuple[Row | None, int]:
        """A label, on one line or two, and below it a value for each column; the line after it."""
        label = cell_of(lines[position])
        if lines[position].length > _SHORT_LINE or not self._headers.is_label(marks, label):
            return None, position
        first, more = position + 1, None
        second = cell_of(lines[first])
        if self._headers.is_label(marks, second) and completes(self._headers, marks, label, second):
            first, more = first + 1, second
        cells = [cell_of(line) for line in lines[first : first + len(values)]]
        if len(cells) < len(values) or not all(
            self._headers.is_value(marks, cell) and self._headers.read_place(marks, cell) is None
            for cell in cells
        ):
            return None, position
        return Row((label,), tuple(zip(values, cells, strict=True)), more), first + len(values)

    def _read_words(
        self, marks: Marks, lines: Sequence[Line], position: int, values: Sequence[Column]
    ) -> tuple[Row | None, int]:
        """A row in words under the legs: "Deep veins", and what is found in each leg."""
        label = cell_of(lines[position])
        if lines[position].length > _SHORT_LINE or not self._headers.is_label(marks, label):
            return None, position
        cells: list[tuple[Column, Cell]] = []
        index = position + 1
        for column in values:
            if index >= len(lines) or lines[index].length > _SHORT_LINE:
                return None, position
            cell = cell_of(lines[index])
            while marks.tokens[cell.last - 1].joined and index + 1 < len(lines):
                index += 1  # a word that the line breaks
                cell = replace(cell, last=lines[index].last)
            cells.append((replace(column, properties=(), units=()), cell))
            index += 1
        return Row((label,), tuple(cells)), index


def _may_head_legs(lines: Sequence[Line]) -> bool:
    """Whether one of some lines is a single token, or the report ends with them: few are."""
    return len(lines) < _LEGS + 2 or any(line.last - line.first == 1 for line in lines)

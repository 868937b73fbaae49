"""Tables that a copy from a PDF broke into one cell a line, read column names first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.columns import Column
from ultrasound.extract.layout import Line
from ultrasound.extract.marks import Marks
from ultrasound.extract.table_cells import cell_of
from ultrasound.extract.table_headers import HeaderReader, has_number
from ultrasound.extract.table_rows import Row, RowReader, Table

_SHORT_LINE: Final = 44  # characters; a longer line is a sentence
_FEWEST_COLUMNS: Final = 2  # columns of values: with one the lines could be a list
_FEWEST_ROWS: Final = 2


class BrokenTableReader:
    """Reads lines of one cell each as a table."""

    def __init__(self, headers: HeaderReader, rows: RowReader) -> None:
        self._headers = headers
        self._rows = rows

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        columns = self._read_columns(marks, lines, index)
        values = [c for c in columns if not c.is_label]
        if len(values) < _FEWEST_COLUMNS:
            return None
        position = index + len(columns)
        rows: list[Row] = []
        while position + len(values) < len(lines):
            row = self._read_row(marks, lines, position, values)
            if row is None:
                break
            rows.append(row)
            position += 1 + len(values) + (row.more is not None)
        return Table(index, position, rows) if len(rows) >= _FEWEST_ROWS else None

    def _read_columns(self, marks: Marks, lines: Sequence[Line], index: int) -> list[Column]:
        columns: list[Column] = []
        while index < len(lines) and lines[index].length <= _SHORT_LINE:
            cell = cell_of(lines[index])
            if has_number(marks, cell) or not self._headers.names_column(marks, cell):
                break
            column = self._headers.read_header(marks, cell)
            heads_leg = column.is_label and bool(column.legs)
            if heads_leg:
                break
            columns.append(column)
            index += 1
        return columns

    def _read_row(
        self, marks: Marks, lines: Sequence[Line], position: int, values: Sequence[Column]
    ) -> Row | None:
        """A label, on one line or two, and below it a value for each column."""
        label = cell_of(lines[position])
        if lines[position].length > _SHORT_LINE or not self._headers.is_label(marks, label):
            return None
        first, more = position + 1, None
        second = cell_of(lines[first])
        if self._headers.is_label(marks, second) and self._rows.completes(marks, label, second):
            first, more = first + 1, second
        cells = [cell_of(line) for line in lines[first : first + len(values)]]
        if len(cells) < len(values) or not all(
            self._headers.is_value(marks, cell) and self._headers.read_place(marks, cell) is None
            for cell in cells
        ):
            return None
        return Row((label,), tuple(zip(values, cells, strict=True)), more)

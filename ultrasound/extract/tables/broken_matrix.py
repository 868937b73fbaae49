"""Levels side by side that a copy from a PDF broke into one cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, cell_of, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_SHORT_LINE: Final = 44  # characters; a longer line is a sentence
_FEWEST_LEVELS: Final = 2
_FEWEST_ROWS: Final = 2
_LABEL_LINES: Final = 2  # of a row: "Diameter mm" and "RIGHT"


class BrokenMatrixReader:
    """Reads a vein, its levels, and rows of what is measured, each cell on a line of its own."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        base = self._place_on(marks, lines, index)
        headed = base is not None and base.has_vein and not base.has_spot
        position = index + int(headed)
        while self._is_label_head(marks, lines, position):
            position += 1
        columns: list[Column] = []
        while (group := self._place_on(marks, lines, position)) is not None:
            if not (group.has_spot if headed else group.has_vein):
                break
            cell = cell_of(lines[position])
            columns.append(Column(cell, group=group, base=base if headed else None))
            position += 1
        if len(columns) < _FEWEST_LEVELS:
            return None
        rows, position = self._read_rows(marks, lines, position, columns)
        filled = sum(not row.unread for row in rows)
        return Table(index, position, rows) if filled >= _FEWEST_ROWS else None

    def _read_rows(
        self, marks: Marks, lines: Sequence[Line], position: int, columns: Sequence[Column]
    ) -> tuple[list[Row], int]:
        """The rows from a line on, and the line after them."""
        rows: list[Row] = []
        while position < len(lines):
            first = position
            while position < first + _LABEL_LINES and self._names_row(marks, lines, position):
                position += 1
            label = self._join(lines, first, position)
            start = position
            while position < len(lines) and self._is_value(marks, lines[position]):
                position += 1
            told = not label.is_empty and self._headers.names_column(marks, label)
            if not told or position == start:
                return rows, first
            values = [cell_of(line) for line in lines[start:position]]
            if len(values) == len(columns):
                rows.append(Row((label,), tuple(zip(columns, values, strict=True))))
            else:
                whole = self._join(lines, start, position)
                rows.append(Row((label,), ((columns[0], whole),), unread=True))
        return rows, position

    def _join(self, lines: Sequence[Line], first: int, end: int) -> Cell:
        """Several lines as one cell."""
        if first == end:
            return Cell(0, 0, 0, 0)
        return Cell(lines[first].first, lines[end - 1].last, 0, 0)

    def _place_on(self, marks: Marks, lines: Sequence[Line], index: int) -> PlaceGroup | None:
        """The vein or level that is all that a line names."""
        if index >= len(lines) or lines[index].length > _SHORT_LINE:
            return None
        cell = cell_of(lines[index])
        if has_number(marks, cell) or not self._headers.is_label(marks, cell):
            return None
        group = self._headers.read_place(marks, cell)
        strange = self._headers.names_stranger(marks, cell, group)
        return group if group and not strange and (group.has_vein or group.has_spot) else None

    def _is_label_head(self, marks: Marks, lines: Sequence[Line], index: int) -> bool:
        """Whether a line is the name of the column of labels: "Side"."""
        if index >= len(lines):
            return False
        cell = cell_of(lines[index])
        named = self._headers.read_names(marks, cell)[0]
        return set(named) == {"label"} and not self._headers.has_other_words(marks, cell)

    def _names_row(self, marks: Marks, lines: Sequence[Line], index: int) -> bool:
        """Whether a line is part of the label of a row: what is measured, or a leg."""
        if index >= len(lines) or lines[index].length > _SHORT_LINE:
            return False
        cell = cell_of(lines[index])
        if has_number(marks, cell) or self._headers.has_other_words(marks, cell):
            return False
        return self._headers.names_column(marks, cell) or self._headers.heads_leg(marks, cell)

    def _is_value(self, marks: Marks, line: Line) -> bool:
        """Whether a line holds a value and names nothing."""
        cell = cell_of(line)
        if line.length > _SHORT_LINE or not self._headers.is_value(marks, cell):
            return False
        place = self._headers.read_place(marks, cell)
        return place is None and not (
            self._headers.names_column(marks, cell) and not has_number(marks, cell)
        )

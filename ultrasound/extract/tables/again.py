"""Rows like those of the table above, of which something is not written again.

As rows below "LEFT GREAT SAPHENOUS", where a sentence parts them from the table of the right: the
header above is theirs. Or rows that are named as those above, under other places: "SSV | mid calf"
over "R reflux (s) | 0.6".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import unit_kinds
from ultrasound.extract.tables.columns import Column, settle_columns
from ultrasound.extract.tables.header_kinds import states
from ultrasound.extract.tables.table_cells import cell_of, cut_cells, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

ReadRows = Callable[[Marks, Sequence[Line], int, Sequence[Column]], tuple[list[Row], int]]
_FEWEST: Final = 2  # columns, and rows with values


class AgainReader:
    """Finds such rows; ``read_rows`` reads the rows from a line on under given columns."""

    def __init__(self, headers: HeaderReader, read_rows: ReadRows) -> None:
        self._headers, self._read_rows = headers, read_rows

    def read_table(
        self, marks: Marks, lines: Sequence[Line], index: int, above: Table | None
    ) -> Table | None:
        """The table whose first row is a line below a heading of its own, None where none is."""
        if above is None or index <= above.end or not self._is_head(marks, lines[index - 1]):
            return None
        columns = _columns_of(above)
        headed = all(c.cell != cell for row in above.rows for c, cell in row.cells)
        if len(columns) < _FEWEST or not headed or any(c.legs or c.group for c in columns):
            return None
        gaps = (i for i in range(index + 1, len(lines)) if lines[i].blank_before)
        rows, end = self._read_rows(marks, lines[: next(gaps, len(lines))], index, columns)
        filled = [row for row in rows if row.cells]
        stand = all(_stands_under(marks, row) for row in filled)
        return Table(index, end, rows) if len(filled) >= _FEWEST and stand else None

    def read_places(
        self, marks: Marks, lines: Sequence[Line], index: int, above: Table | None
    ) -> Table | None:
        """The table under a line of places whose rows are named as those of the table above."""
        rows_above = above.rows if above is not None else ()
        columns = head_places(self._headers, marks, lines, index, rows_above)
        if not columns:
            return None
        gaps = (i for i in range(index + 1, len(lines)) if lines[i].blank_before)
        rows, end = self._read_rows(marks, lines[: next(gaps, len(lines))], index + 1, columns)
        return Table(index, end, rows) if rows else None

    def _is_head(self, marks: Marks, line: Line) -> bool:
        """Whether a line is only the name of a leg or a vein."""
        cell = cell_of(line)
        if not self._headers.is_label(marks, cell) or states(marks, cell):
            return False
        group = self._headers.read_place(marks, cell)
        if group is None or not (group.has_leg or group.has_vein):
            return False
        words = [t.index for t in marks.tokens[cell.first : cell.last] if t.kind != "sign"]
        return words == list(range(group.first, group.last + 1))


def head_places(
    headers: HeaderReader, marks: Marks, lines: Sequence[Line], index: int, above: Sequence[Row]
) -> list[Column]:
    """The places side by side over a row that is named as one ``above``; none elsewhere."""
    if index + 1 >= len(lines):
        return []
    head, below = (cut_cells(marks, line) for line in lines[index : index + 2])
    named = {text_of(marks, row.labels[-1]) for row in above if row.labels}
    if len(head) < _FEWEST or text_of(marks, below[0]) not in named:
        return []
    if not headers.read_header(marks, below[0]).has_values:
        return []
    read = [headers.read_header(marks, c) if c.size else Column(c) for c in head]
    columns = settle_columns(read)
    placed = all(c.group is not None and not c.has_values for c in columns[1:])
    return columns if placed and text_of(marks, head[0]) not in named else []


def _columns_of(table: Table) -> list[Column]:
    """The columns that have values in the rows of a table, from the left."""
    found = {column.cell: column for row in table.rows for column, _ in row.cells}
    return sorted(found.values(), key=lambda column: column.cell.left)


def _stands_under(marks: Marks, row: Row) -> bool:
    """Whether the numbers of a row stand under headers, and in no unit of another kind."""
    for column, cell in row.cells:
        if not marks.has_digits(cell.first, cell.last):
            continue
        kinds = {unit.kind for unit, _ in column.units}
        if cell.overlap(column.cell) <= 0 or (kinds and unit_kinds(marks, cell) - kinds):
            return False
    return True

"""The rows under a header: from its last line to what ends the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.box_signs import offers
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.again import head_places
from ultrasound.extract.tables.captions import CaptionReader, drop_counter, legs_over
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_lines import HeaderLineReader
from ultrasound.extract.tables.later_levels import LaterLevelReader
from ultrasound.extract.tables.row_cells import completes
from ultrasound.extract.tables.row_kinds import (
    begins_pair,
    changes_borders,
    find_prose,
    has_veins,
    heads_group,
    heads_legs,
    names_leg,
)
from ultrasound.extract.tables.table_cells import cut_cells, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, RowReader
from ultrasound.extract.tables.wrapped_labels import read_broken, read_under
from ultrasound.extract.words.legend_places import explains_places
from ultrasound.extract.words.marks import Marks

_FEWEST_CELLS: Final = 2  # of a row whose label is not understood; one alone is a sentence
_AHEAD: Final = 3  # lines below a leg of which one is a row


class GridRowReader:
    """Reads the rows under given columns."""

    def __init__(
        self, headers: HeaderReader, header_lines: HeaderLineReader, captions: CaptionReader
    ) -> None:
        self.headers, self._header_lines, self._captions = headers, header_lines, captions
        self._rows = RowReader(headers)
        self._levels = LaterLevelReader(headers)

    def _goes_on(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> bool:
        """Whether rows under the same columns follow a line that is only the name of a leg."""
        if any(column.legs for column in columns):
            return False
        for line in lines[index + 1 : index + 1 + _AHEAD]:
            row = self._rows.read_row(marks, line, columns)
            if row is None or self._header_lines.is_header(marks, line):
                return False
            if row.cells:
                return True
        return False

    def read_rows(
        self, marks: Marks, lines: Sequence[Line], head: int, columns: Sequence[Column]
    ) -> tuple[list[Row], int]:
        """The rows from a line on, and the line after them."""
        rows, fresh = list[Row](), False
        end = head
        while end < len(lines) and not changes_borders(marks, lines[head - 1], lines[end]):
            later = self._levels.read_levels(marks, lines[end], columns) if rows else []
            group = bool(rows) and heads_group(self.headers, marks, lines[end])
            again = bool(rows) and _repeats_header(marks, lines[end], columns)
            if later or group or again:
                columns, fresh, end = later or columns, fresh or group, end + 1
                continue
            read = self._read_row(marks, lines, end, columns, rows)
            if read is None:
                break
            row, size = read
            if size == 1 and rows and self._continues(marks, rows[-1], row):
                rows[-1] = replace(rows[-1], more=row.labels[0])
            else:
                rows.append(replace(row, fresh=fresh))
                fresh = False
            end += size
        return rows, end

    def _read_row(
        self,
        marks: Marks,
        lines: Sequence[Line],
        index: int,
        columns: Sequence[Column],
        above: Sequence[Row],
    ) -> tuple[Row, int] | None:
        """The row that begins at a line, and on how many it stands; None where the table ends."""
        pair = lines[index : index + 2]
        broken = read_broken(self.headers, marks, pair, columns)
        broken = broken or read_under(self.headers, marks, pair, columns)
        if broken is not None:
            return broken, 2
        row = self._rows.read_row(marks, lines[index], columns)
        if row is not None and names_leg(self.headers, marks, row):
            return (row, 1) if self._goes_on(marks, lines, index, columns) else None
        if self._ends_table(marks, lines[index], row, columns, started=bool(above)):
            return None
        if above and self._heads_next(marks, lines, index, columns, above):
            return None
        prose = None if row is None else find_prose(self.headers, marks, row, lines[index])
        row = row if prose is None else Row((), (), prose=prose)
        bare = row is None or not (row.cells or row.prose)
        below = lines[index + 1 : index + 2]
        if bare and below and not _repeats_header(marks, below[0], columns):
            wrapped = self._rows.read_wrapped(marks, lines[index : index + 2], columns)
            if wrapped is not None:
                return wrapped, 2
        row = row or self._unknown_row(marks, lines, index, columns)
        return None if row is None else (row, 1)

    def _heads_next(
        self,
        marks: Marks,
        lines: Sequence[Line],
        index: int,
        columns: Sequence[Column],
        rows: Sequence[Row],
    ) -> bool:
        """Whether a line below rows is of the table that follows."""
        return bool(
            self._captions_next(marks, lines, index, columns)
            or head_places(self.headers, marks, lines, index, rows)
            or self._captions.take_legs(marks, legs_over(rows), lines[index])
        )

    def _names_other_leg(self, marks: Marks, row: Row) -> bool:
        """Whether a row of words and values has a leg of its own under columns of both legs.

        As in "R   medial calf, 12 cm above MM   3.9 mm   710 ms" under a caption of its own.
        """
        legs = {column.legs for column, _ in row.cells if column.legs}
        if not row.labels or not legs:
            return False
        group = self.headers.read_place(marks, row.labels[0])
        return group is not None and group.has_leg

    def _names_vein(self, marks: Marks, row: Row) -> bool:
        group = self.headers.read_place(marks, row.labels[0]) if row.labels else None
        return group is not None and group.has_vein

    def _ends_table(
        self,
        marks: Marks,
        line: Line,
        row: Row | None,
        columns: Sequence[Column],
        *,
        started: bool,
    ) -> bool:
        """Whether a line belongs to what follows: another header, a leg, rows of another kind."""
        apart = started and line.blank_before
        if explains_places(marks, line.first):
            return True
        if started and self._header_lines.fills_row(marks, line, columns):
            return False
        if apart and (
            self._header_lines.is_header(marks, line)
            or offers(marks.tokens[line.first : line.last])
        ):
            return True
        if started and self._header_lines.heads_again(marks, line, columns):
            return True
        if row is None:
            return False
        if started and (heads_legs(marks, row) or self._names_other_leg(marks, row)):
            return True
        headed = has_veins(columns) or any(c.base is not None for c in columns)
        if apart and not row.cells and self._names_vein(marks, row) and headed:
            return True  # "Perforating veins" under a column for each vein, or under another vein
        return apart and begins_pair(marks, row)

    def _captions_next(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> bool:
        """Whether a line only says what the table under it holds: "Reflux time (s)"."""
        cells = [cell for cell in cut_cells(marks, lines[index]) if not cell.is_empty]
        captions = drop_counter(marks, cells) if cells else cells
        if captions is not cells:
            return True  # "TABLE 2.  Reflux, s"
        if len(cells) != 1 or index + 1 >= len(lines):
            return False
        below = lines[index + 1]
        if self._header_lines.heads_again(marks, below, columns):
            return True  # "SSV mapping" over "Level   Diameter   Reflux"
        named = self.headers.names_column(marks, cells[0])
        return named and self._header_lines.is_header(marks, below)

    def _unknown_row(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> Row | None:
        """A row whose label is not understood, inside a table: kept for review, never skipped."""
        if index + 1 >= len(lines) or lines[index].blank_before:
            return None
        cells = [cell for cell in cut_cells(marks, lines[index]) if not cell.is_empty]
        if len(cells) < _FEWEST_CELLS:
            return None
        if self._rows.read_row(marks, lines[index + 1], columns) is None:
            return None
        return Row((), ((columns[-1], cells[0]),))

    def _continues(self, marks: Marks, row: Row, follower: Row) -> bool:
        """Whether a row is only the second line of the label over it."""
        if follower.cells or len(follower.labels) != 1 or not row.labels or follower.prose:
            return False
        return completes(self.headers, marks, row.labels[-1], follower.labels[0])


def _repeats_header(marks: Marks, line: Line, columns: Sequence[Column]) -> bool:
    """Whether a line among rows is the header once more, word for word."""
    cells = [text_of(marks, cell) for cell in cut_cells(marks, line) if not cell.is_empty]
    named = [text_of(marks, column.cell) for column in columns if not column.cell.is_empty]
    return len(cells) >= _FEWEST_CELLS and cells == named

"""Finding tables in a report: a header, and rows below it that name places and hold values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.box_signs import offers
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.again import AgainReader
from ultrasound.extract.tables.answer_rows import AnswerRowReader
from ultrasound.extract.tables.broken_columns import BrokenTableReader
from ultrasound.extract.tables.broken_matrix import BrokenMatrixReader
from ultrasound.extract.tables.captions import CaptionReader, drop_counter, legs_over, take_again
from ultrasound.extract.tables.columns import Column, are_levels, head_levels
from ultrasound.extract.tables.header_lines import DECLARED, HeaderLineReader
from ultrasound.extract.tables.item_lines import ItemLineReader
from ultrasound.extract.tables.keyed_lines import KeyedLineReader
from ultrasound.extract.tables.later_levels import LaterLevelReader
from ultrasound.extract.tables.leg_columns import doubt_legs
from ultrasound.extract.tables.over_lines import OverLineReader
from ultrasound.extract.tables.records import RecordReader
from ultrasound.extract.tables.row_cells import completes
from ultrasound.extract.tables.row_kinds import (
    begins_pair,
    changes_borders,
    declares_units,
    find_prose,
    has_veins,
    heads_group,
    heads_legs,
    is_loose,
    name_places,
    stands_under,
)
from ultrasound.extract.tables.sheets import SheetReader
from ultrasound.extract.tables.spaced_columns import SpacedTableReader
from ultrasound.extract.tables.table_cells import cell_of, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, RowReader, Table
from ultrasound.extract.tables.untold_rows import UntoldRowReader
from ultrasound.extract.tables.visits import head_visits, read_visits, share_visits
from ultrasound.extract.words.legend_places import explains_places
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import TextKnowledge

_FEWEST_CELLS: Final = 2  # of a row whose label is not understood; one alone is a sentence
_FIRST: Final = 3  # rows by which a header that nothing knows is understood
_BELOW: Final = 2  # lines under a table that may say what its numbers are


class TableFinder:
    """Finds the tables among the lines of a report."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self.headers = HeaderReader(knowledge)
        self._header_lines = HeaderLineReader(self.headers)
        self._captions = CaptionReader(self.headers)
        self._over = OverLineReader(self.headers, knowledge)
        self._rows = RowReader(self.headers)
        self._levels = LaterLevelReader(self.headers)
        self._broken = BrokenTableReader(self.headers, self._rows)
        self._keyed = KeyedLineReader(self.headers)
        self._items = ItemLineReader(self.headers)
        self._records = RecordReader(self.headers)
        self._matrix = BrokenMatrixReader(self.headers)
        self._spaced = SpacedTableReader(self.headers, self._header_lines, knowledge.columns.code)
        self._answers = AnswerRowReader(self.headers, knowledge.columns.code)
        self._untold = UntoldRowReader(self.headers, knowledge.columns.code)
        self._sheets = SheetReader(self.headers, knowledge.columns.code)
        self._again = AgainReader(self.headers, self._read_rows)

    def find_tables(self, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
        """Tables by the index of their first line."""
        tables: dict[int, Table] = {}
        index = 0
        above: Table | None = None
        while index < len(lines):
            if declares_units(marks, lines[index]):
                index += 1
                continue
            sentence = self._is_sentence(marks, lines[index])
            table = self._read_under(marks, lines, index, above)
            table = table or self._again.read_places(marks, lines, index, above)
            for reader in (self._items, self._records, self._sheets, self._keyed):
                table = table or reader.read_table(marks, lines, index)
            if not sentence:
                table = table or self._read_grid(marks, lines, index, above)
            for rest in (self._broken, self._matrix, self._spaced):
                table = table or rest.read_table(marks, lines, index)
            if not sentence:
                table = table or self._answers.read_table(marks, lines, index)
                table = table or self._untold.read_table(marks, lines, index)
            table = table or self._again.read_table(marks, lines, index, above)
            if table is None:
                index += 1
            else:
                begin = 0 if above is None else above.end
                table.over = self._over.read_over(marks, lines, begin, table.start)
                below = lines[table.end : table.end + _BELOW]
                table.below = self._captions.read_below(marks, below)
                tables[table.start] = above = table
                index = table.end
        return tables

    def _is_sentence(self, marks: Marks, line: Line) -> bool:
        """Whether a line is one cell with words that head no column.

        No table of cells side by side begins with it.
        """
        cells = cut_cells(marks, line)
        if len(cells) != 1 or cells[0].size <= 1 or marks.has_sign("|", line.first, line.last):
            return False
        return self.headers.has_other_words(marks, cells[0])

    def _read_grid(
        self, marks: Marks, lines: Sequence[Line], index: int, above: Table | None = None
    ) -> Table | None:
        """The table whose header starts at a line, None where none does."""
        visits = read_visits(self.headers, marks, lines[index])
        below = index + int(bool(visits))
        columns, head = self._header_lines.read_columns(marks, lines, below)
        columns = share_visits(self.headers, marks, lines[index], columns, visits)
        if visits and not columns:
            columns, head = head_visits(self.headers, marks, lines[index], visits), below
        if not columns:
            return None
        start = index
        if above is not None and above.end == index:
            columns = take_again(marks, columns, above.rows)
        if index > 0 and not any(c.has_values for c in columns):
            captioned = self._captions.take_caption(marks, columns, lines[index - 1])
            named = self.headers.read_place(marks, cell_of(lines[index - 1]))
            told = not captioned[-1].units or (named is not None and named.has_vein)
            start -= int(captioned is not columns and told)
            columns = captioned
        if not any(c.has_values or c.is_label for c in columns):
            declared = lines[max(0, index - DECLARED) : index]
            columns = self._captions.take_declaration(marks, columns, declared)
        columns = self._header_lines.take_sides(marks, columns, lines, start)
        if are_levels(columns):
            columns = head_levels(columns, self._over.read_over(marks, lines, 0, start))
        held = self._captions.take_legs(marks, columns, lines[head]) if head < len(lines) else []
        head, columns = head + bool(held), doubt_legs(held or columns)
        columns = name_places(self.headers, marks, lines[head : head + _FIRST], columns)
        rows, end = self._read_rows(marks, lines, head, columns)
        while rows and is_loose(marks, rows[-1], lines[end - 1]):
            rows.pop()
            end -= 1
        filled = any(
            row.labels and any(self.headers.is_filled(marks, cell) for _, cell in row.cells)
            for row in rows
        )
        return Table(start, end, rows) if filled else None

    def _read_under(
        self, marks: Marks, lines: Sequence[Line], index: int, above: Table | None
    ) -> Table | None:
        """The rows under a caption straight below a table, with the legs of that table's header."""
        if above is None or above.end != index:
            return None
        columns = self._captions.take_legs(marks, legs_over(above.rows), lines[index])
        if not columns:
            return None
        rows, end = self._read_rows(marks, lines, index + 1, columns)
        while rows and not stands_under(rows[-1]):
            rows.pop()
            end -= 1
        return Table(index, end, rows) if rows and all(map(stands_under, rows)) else None

    def _heads_leg(self, marks: Marks, row: Row) -> bool:
        """Whether a row is only the name of a leg: then it heads what follows."""
        group = self.headers.read_place(marks, row.labels[0]) if row.labels else None
        alone = group is not None and group.has_leg and not (group.has_vein or group.has_spot)
        return alone and not self.headers.read_header(marks, row.labels[0]).has_values

    def _read_rows(
        self, marks: Marks, lines: Sequence[Line], head: int, columns: Sequence[Column]
    ) -> tuple[list[Row], int]:
        """The rows from a line on, and the line after them."""
        rows, fresh = list[Row](), False
        end = head
        while end < len(lines) and not changes_borders(marks, lines[head - 1], lines[end]):
            later = self._levels.read_levels(marks, lines[end], columns) if rows else []
            if later:
                columns, end = later, end + 1
                continue
            if rows and heads_group(self.headers, marks, lines[end]):
                fresh, end = True, end + 1
                continue
            row = self._rows.read_row(marks, lines[end], columns)
            if self._ends_table(marks, lines[end], row, columns, started=bool(rows)) or (
                rows
                and (
                    self._captions_next(marks, lines, end, columns)
                    or self._again.head_places(marks, lines, end, rows)
                    or self._captions.take_legs(marks, legs_over(rows), lines[end])
                )
            ):
                break
            prose = None if row is None else find_prose(self.headers, marks, row, lines[end])
            row = row if prose is None else Row((), (), prose=prose)
            wrapped = None
            bare = row is None or not (row.cells or row.prose)
            if bare and end + 1 < len(lines):
                wrapped = self._rows.read_wrapped(marks, lines[end : end + 2], columns)
            read = wrapped or row or self._unknown_row(marks, lines, end, columns)
            if read is None:
                break
            if rows and read.labels and wrapped is None and self._continues(marks, rows[-1], read):
                rows[-1] = replace(rows[-1], more=read.labels[0])
            else:
                rows.append(replace(read, fresh=fresh))
                fresh = False
            end += 1 if wrapped is None else 2
        return rows, end

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
        return (not row.cells and self._heads_leg(marks, row)) or (
            apart and begins_pair(marks, row)
        )

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
        if follower.cells or len(follower.labels) != 1 or not row.labels:
            return False
        return completes(self.headers, marks, row.labels[-1], follower.labels[0])

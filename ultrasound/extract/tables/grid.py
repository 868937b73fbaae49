"""Finding tables in a report: a header, and rows below it that name places and hold values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.again import AgainReader
from ultrasound.extract.tables.answer_rows import AnswerRowReader
from ultrasound.extract.tables.broken_columns import BrokenTableReader
from ultrasound.extract.tables.broken_matrix import BrokenMatrixReader
from ultrasound.extract.tables.captions import CaptionReader, legs_over, take_again
from ultrasound.extract.tables.columns import are_levels, head_levels
from ultrasound.extract.tables.grid_rows import GridRowReader
from ultrasound.extract.tables.header_lines import DECLARED, HeaderLineReader
from ultrasound.extract.tables.item_lines import ItemLineReader
from ultrasound.extract.tables.keyed_lines import KeyedLineReader
from ultrasound.extract.tables.leg_columns import doubt_legs
from ultrasound.extract.tables.one_place import OnePlaceReader
from ultrasound.extract.tables.over_lines import OverLineReader
from ultrasound.extract.tables.records import RecordReader
from ultrasound.extract.tables.row_kinds import (
    declares_units,
    is_loose,
    name_places,
    stands_under,
)
from ultrasound.extract.tables.sheets import SheetReader
from ultrasound.extract.tables.spaced_columns import SpacedTableReader
from ultrasound.extract.tables.stray_rows import is_stray, take_stray
from ultrasound.extract.tables.table_cells import cell_of, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import RowReader, Table
from ultrasound.extract.tables.untold_rows import UntoldRowReader
from ultrasound.extract.tables.visits import head_visits, read_visits, share_visits
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
        self._rows = GridRowReader(self.headers, self._header_lines, self._captions)
        self._broken = BrokenTableReader(self.headers, RowReader(self.headers))
        self._keyed = KeyedLineReader(self.headers)
        self._items = ItemLineReader(self.headers)
        self._records = RecordReader(self.headers)
        self._matrix = BrokenMatrixReader(self.headers)
        self._spaced = SpacedTableReader(self.headers, self._header_lines, knowledge.columns.code)
        self._answers = AnswerRowReader(self.headers, knowledge.columns.code)
        self._untold = UntoldRowReader(self.headers, knowledge.columns.code)
        self._sheets = SheetReader(self.headers, knowledge.columns.code)
        self._one = OnePlaceReader(self.headers)
        self._again = AgainReader(self.headers, self._rows.read_rows)

    def find_tables(self, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
        """Tables by the index of their first line."""
        tables: dict[int, Table] = {}
        index = 0
        above: Table | None = None
        while index < len(lines):
            if declares_units(marks, lines[index]):
                index += 1
                continue
            table = self._read_at(marks, lines, index, above)
            if table is None:
                index += 1
            else:
                begin = 0 if above is None else above.end
                table.over = self._over.read_over(marks, lines, begin, table.start)
                below = lines[table.end : table.end + _BELOW]
                table.below = self._captions.read_below(marks, below)
                self._take_strays(marks, lines, table)
                tables[table.start] = above = table
                index = table.end
        return tables

    def _take_strays(self, marks: Marks, lines: Sequence[Line], table: Table) -> None:
        """Add the rows at the end of a table whose labels nothing knows."""
        while is_stray(self.headers, marks, lines, table):
            if self._read_at(marks, lines, table.end, table) is not None:
                return
            table.rows = [*table.rows, take_stray(marks, lines[table.end])]
            table.end += 1

    def _read_at(
        self, marks: Marks, lines: Sequence[Line], index: int, above: Table | None
    ) -> Table | None:
        """The table that starts at a line; a sheet of which a part is read only where it is most.

        None where none starts.
        """
        table = self._one.read_table(marks, lines, index)
        table = table or self._read_under(marks, lines, index, above)
        table = table or self._again.read_places(marks, lines, index, above)
        for reader in (self._items, self._records, self._sheets, self._keyed):
            table = table or reader.read_table(marks, lines, index)
        part = table if table is not None and table.is_part else None
        if part is None and table is not None:
            return table
        table = self._read_freely(marks, lines, index, above)
        return part if table is None or (part and part.end >= table.end) else table

    def _read_freely(
        self, marks: Marks, lines: Sequence[Line], index: int, above: Table | None
    ) -> Table | None:
        """The table that starts at a line, by the readers that need no whole of it."""
        sentence = self._is_sentence(marks, lines[index])
        table = None if sentence else self._read_grid(marks, lines, index, above)
        for rest in (self._broken, self._matrix, self._spaced):
            table = table or rest.read_table(marks, lines, index)
        if not sentence:
            table = table or self._answers.read_table(marks, lines, index)
            table = table or self._untold.read_table(marks, lines, index)
        return table or self._again.read_table(marks, lines, index, above)

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
        rows, end = self._rows.read_rows(marks, lines, head, columns)
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
        if not columns or (index + 1 < len(lines) and lines[index + 1].blank_before):
            return None
        rows, end = self._rows.read_rows(marks, lines, index + 1, columns)
        while rows and not stands_under(rows[-1]):
            rows.pop()
            end -= 1
        return Table(index, end, rows) if rows and all(map(stands_under, rows)) else None

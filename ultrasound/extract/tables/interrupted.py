"""Tables that go on below a remark in words: "cuff moved to calf" between two rows.

A table that ends at such a line is read again without it. Where that reads more rows, the remark
stands among them, as a row in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.header_kinds import states
from ultrasound.extract.tables.header_lines import DECLARED
from ultrasound.extract.tables.indents import left_in_line
from ultrasound.extract.tables.remarks import insert_remark, put_back
from ultrasound.extract.tables.table_cells import Cell, cell_of, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Table
from ultrasound.extract.words.marks import Marks

Find = Callable[[Marks, Sequence[Line]], dict[int, Table]]
_MOST: Final = 2  # lines of a remark
_FEWEST_WORDS: Final = 3  # of a remark; fewer may head what stands below
_FEWEST_CELLS: Final = 2  # of a row
_EQUATIONS: Final = 2  # of a legend


class InterruptedReader:
    """Reads tables on below remarks."""

    def __init__(self, headers: HeaderReader, find: Find) -> None:
        self._headers, self._find = headers, find

    def find_tables(self, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
        """Tables by the index of their first line."""
        kept = [i for i in range(len(lines)) if not self._is_legend_within(marks, lines, i)]
        return put_back(self._read_all(marks, [lines[index] for index in kept]), kept)

    def _is_legend_within(self, marks: Marks, lines: Sequence[Line], index: int) -> bool:
        """Whether a line that only explains stands between a line of cells and a row."""
        if not 0 < index < len(lines) - 1 or not _explains(marks, lines[index]):
            return False
        above = [cell for cell in cut_cells(marks, lines[index - 1]) if not cell.is_empty]
        apart = lines[index].blank_before or lines[index + 1].blank_before
        opens = marks.mention_at(lines[index].first)
        placed = opens is not None and opens.meaning.is_place
        row = self._is_row(marks, lines[index + 1])
        return row and len(above) >= _FEWEST_CELLS and not apart and not placed

    def _read_all(self, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
        """The tables of lines, each with what stands below its remarks."""
        found = self._find(marks, lines)
        tables: dict[int, Table] = {}
        end = 0
        for start in sorted(found):
            if start < end:
                continue  # it is of the table that goes on
            table = self._read_on(marks, lines, found, found[start], end)
            tables[table.start], end = table, table.end
        return tables

    def _read_on(
        self,
        marks: Marks,
        lines: Sequence[Line],
        found: dict[int, Table],
        table: Table,
        begin: int,
    ) -> Table:
        """A table with the rows below the remarks that part it."""
        passed: list[int] = []
        while size := self._size_of_remark(marks, lines, found, table.end):
            remark = lines[table.end : table.end + size]
            if not _is_sided(table) and any(_names_leg_alone(marks, line) for line in remark):
                break
            more = [*passed, *range(table.end, table.end + size)]
            longer = self._read_without(marks, lines, more, (begin, table.start))
            if longer is None or longer.end <= table.end + size:
                break
            table, passed = longer, more
        for index in passed:
            if not _explains(marks, lines[index]):
                insert_remark(table, cell_of(lines[index]))
        return table

    def _read_without(
        self, marks: Marks, lines: Sequence[Line], passed: Sequence[int], place: tuple[int, int]
    ) -> Table | None:
        """The table from a line on as it is read without some lines, None where none is."""
        begin, start = place
        first, end = max(begin, start - DECLARED), passed[-1] + 1
        while end < len(lines) and not lines[end].blank_before:
            end += 1
        kept = [index for index in range(first, end) if index not in passed]
        found = self._find(marks, [lines[index] for index in kept])
        return put_back(found, kept).get(start)

    def _size_of_remark(
        self, marks: Marks, lines: Sequence[Line], found: dict[int, Table], index: int
    ) -> int:
        """How many lines from one on are a remark straight above a row; 0 for none."""
        for size in range(1, _MOST + 1):
            below = index + size
            if below >= len(lines) or not self._remarks(marks, lines, below - 1):
                return 0
            apart = below in found and not _is_set_off(marks, lines, below - 1)
            if lines[below].blank_before or apart:
                return 0
            headed = self._is_head(marks, lines, below) and _is_set_off(marks, lines, below - 1)
            if headed or self._is_row(marks, lines[below]):
                return size
        return 0

    def _is_head(self, marks: Marks, lines: Sequence[Line], index: int) -> bool:
        """Whether a line is the name of a vein or leg alone above a row: it heads rows."""
        cells = [cell for cell in cut_cells(marks, lines[index]) if not cell.is_empty]
        below = index + 1
        named = len(cells) == 1 and self._headers.is_label(marks, cells[0])
        return named and below < len(lines) and self._is_row(marks, lines[below])

    def _is_row(self, marks: Marks, line: Line) -> bool:
        """Whether a line is cells of which the first names a place, behind its number."""
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        first = int(cells[0].size == 1 and marks.tokens[cells[0].first].text.isdigit())
        behind = cells[first : first + 1]
        placed = any(self._headers.is_label(marks, cell) for cell in behind)
        return placed and len(cells) >= _FEWEST_CELLS

    def _remarks(self, marks: Marks, lines: Sequence[Line], index: int) -> bool:
        """Whether a line is words that head nothing, and no cells side by side."""
        line = lines[index]
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        words = sum(t.kind == "word" for t in marks.tokens[line.first : line.last])
        if line.blank_before or len(cells) != 1:
            return False
        if _is_set_off(marks, lines, index):
            return not self._places(marks, cells[0])
        if words < _FEWEST_WORDS:
            return False
        label = self._headers.is_label(marks, cells[0]) and not states(marks, cells[0])
        held = self._headers.read_header(marks, cells[0])  # "Deep veins: reflux in seconds"
        caption = bool(held.units) and not marks.has_digits(line.first, line.last)
        return not (label or caption) and not self._opens_leg(marks, line)

    def _places(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell is the label of a vein or a level, or nothing but the name of a leg."""
        group = self._headers.read_place(marks, cell)
        if group is None or not self._headers.is_label(marks, cell):
            return False
        words = sum(t.kind == "word" for t in marks.tokens[cell.first : cell.last])
        return group.has_vein or group.has_spot or words == group.last - group.first + 1

    def _opens_leg(self, marks: Marks, line: Line) -> bool:
        """Whether a line begins with a leg and no vein of it: it may head what stands below."""
        mention = marks.mention_at(line.first)
        if mention is None or mention.row("leg") is None:
            return False
        after = marks.mention_at(mention.last + 1) if mention.last + 1 < line.last else None
        return after is None or after.row("vein", "place") is None


def _is_set_off(marks: Marks, lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands deeper than the row above it: "    tender", "    > L: near ulcer"."""
    above = _left_of(marks, lines[index - 1]) if index else 0
    return above < _left_of(marks, lines[index]) - 1


def _left_of(marks: Marks, line: Line) -> int:
    """Where the first cell of a line stands."""
    cells = (cell for cell in cut_cells(marks, line) if not cell.is_empty)
    return min((left_in_line(marks, cell) for cell in cells), default=0)


def _is_sided(table: Table) -> bool:
    """Whether the columns of a table name the legs of its values."""
    return any(column.legs for row in table.rows for column, _ in row.cells)


def _names_leg_alone(marks: Marks, line: Line) -> bool:
    """Whether a line names a leg and no vein: what stands below may be of that leg."""
    found = list(marks.mentions_in(line.first, line.last))
    # a letter may be of a name: "L. Novak"
    sided = any(m.row("leg") and len(marks.words(m.first, m.last)) > 1 for m in found)
    return sided and not any(m.row("vein", "place") for m in found)


def _explains(marks: Marks, line: Line) -> bool:
    """Whether a line tells what codes and letters mean."""
    signs = sum(token.text == "=" for token in marks.tokens[line.first : line.last])
    return signs >= _EQUATIONS

"""Sheets: lines whose pieces are places, names of what is measured and values, and nothing else.

One mechanism for whatever parts the pieces: what stands over a value in its column, before it in
its line, and on the lines that head it, from the last leg, vein and level named on, places it.
A sheet is read as a whole or not at all, but for blocks under a header that a gap ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.boxes import BOX
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import Atom, AtomReader
from ultrasound.extract.tables.captions import CaptionReader
from ultrasound.extract.tables.header_kinds import is_legend
from ultrasound.extract.tables.header_lines import DECLARED
from ultrasound.extract.tables.row_kinds import heads_group
from ultrasound.extract.tables.sheet_checks import SheetChecks
from ultrasound.extract.tables.sheet_column import SheetColumn, share_again
from ultrasound.extract.tables.sheet_columns import SheetColumns
from ultrasound.extract.tables.sheet_heads import SheetHeads
from ultrasound.extract.tables.sheet_rows import SheetRows
from ultrasound.extract.tables.sheet_state import Rank, Sheet
from ultrasound.extract.tables.table_cells import Cell, cut_cells, has_borders
from ultrasound.extract.tables.table_distances import tells_distance
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Table
from ultrasound.extract.tables.wrapped_labels import join_wrapped
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

_FEWEST_ROWS: Final = 2
_FEWEST_VALUES: Final = 4
_WIDE: Final = 8  # blanks before the only value of a row
_GROUP_WORDS: Final = 2  # of a line that only groups the rows below it
_PLACES: Final = ("vein", "leg", "place", "inferred", "zone")


class SheetReader:
    """Finds and reads sheets."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._atoms = AtomReader(headers, codes)
        self._columns = SheetColumns(headers, self._atoms, codes)
        self._heads = SheetHeads(headers)
        self._rows = SheetRows(headers, self._columns)
        self._captions = CaptionReader(headers)
        self._headers = headers
        self._checks = SheetChecks(headers, codes)

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The sheet that starts at a line, None where none does."""
        if self._is_prose(marks, lines[index]):
            return None
        key = self._captions.read_key(marks, lines[index - 1]) if index else None
        sheet = Sheet(key=key)
        read = self._take_lines(marks, lines, index, sheet)
        if read is None or self._goes_on_in_words(marks, lines, index, read[0], sheet):
            return None
        end = read[1]
        if self._ends_label(marks, lines, end, sheet):
            end += 1
        else:
            sheet.drop_open()
        filled = sum(bool(row.cells) for row in sheet.rows)
        if filled < _FEWEST_ROWS or sheet.values < _FEWEST_VALUES:
            return None
        rows = self._checks.name_rows(marks, sheet)
        return Table(index, end, rows, is_part=read[2]) if rows else None

    def _ends_label(self, marks: Marks, lines: Sequence[Line], end: int, sheet: Sheet) -> bool:
        """Whether the line behind the last values is the second one of their label."""
        if not sheet.is_open or end >= len(lines):
            return False
        last = sheet.rows[-1].labels[0]
        if last.first != lines[end].first or last.last != lines[end].last:
            return False
        return bool(join_wrapped(self._headers, marks, sheet.rows)[-1].cells)

    def _take_lines(
        self, marks: Marks, lines: Sequence[Line], index: int, sheet: Sheet
    ) -> tuple[int, int, bool] | None:
        """The line behind those taken into a sheet, and its last row; whether that is a part."""
        position = end = index
        whole: tuple[int, int] | None = None  # the blocks that can be read, and their rows
        while position < len(lines):
            if lines[position].blank_before and sheet.columns and not sheet.is_open:
                whole = position, len(sheet.rows)
            taken = self._take_line(marks, lines, position, sheet)
            if taken is None:
                if whole is not None:
                    sheet.cut(whole[1])
                return whole and (whole[0], whole[0], True)
            if not taken:
                break
            position += taken
            end = end if sheet.is_open or not sheet.rows else position
        return position, end, False

    def _is_prose(self, marks: Marks, line: Line) -> bool:
        """Whether a line is in words: no header and no row of a sheet, so that none begins here."""
        cells = cut_cells(marks, line)
        if len(cells) != 1 or marks.has_sign("=", line.first, line.last):
            return False
        return self._atoms.says_more(marks, cells[0])

    def _goes_on_in_words(
        self, marks: Marks, lines: Sequence[Line], index: int, position: int, sheet: Sheet
    ) -> bool:
        """Whether a line that is not understood is of the sheet: the places in force hold for it.

        A sentence with its own legs below several rows that name all themselves is not.
        """
        if not index < position < len(lines) or lines[position].blank_before or sheet.columns:
            return False
        line = lines[position]
        sided = marks.legs_in(line.first, line.last)[1] is not None
        alone = (
            not sheet.heads
            and position > index + 1
            and sided
            and marks.tokens[line.last - 1].text == "."
        )
        return not alone and self._speaks(marks, line)

    def _speaks(self, marks: Marks, line: Line) -> bool:
        """Whether a line has a place or a number: "(d in mm, rt in ms)" has none."""
        atoms = self._atoms.read_line(marks, line)
        places = any(a.role == "place" for a in atoms) and not _names_own(marks, line, atoms)
        return marks.has_digits(line.first, line.last) or places

    def _take_line(
        self, marks: Marks, lines: Sequence[Line], index: int, sheet: Sheet
    ) -> int | None:
        """How many lines are taken into a sheet: 0 where it ends, None where it cannot be read."""
        line = lines[index]
        if BOX.search(marks.text, line.start, line.end):
            return None
        atoms = [] if self._is_apart(marks, line, sheet) else self._atoms.read_line(marks, line)
        if not atoms:
            return 0
        headed = self._take_header(marks, lines, index, sheet)
        if headed or headed is None:
            return headed
        if sheet.columns and line.blank_before and not self._goes_on(marks, lines, index, sheet):
            return 0
        heads = self._take_heads(marks, line, atoms, sheet)
        if heads or heads is None:
            return heads and 1
        rows = self._rows.read(marks, line, atoms, sheet)
        if rows is None:
            own = not sheet.columns and _names_own(marks, line, atoms)
            return None if self._is_row(marks, line, atoms) and not own else 0
        sheet.take_rows(rows)
        return 1

    def _take_heads(
        self, marks: Marks, line: Line, atoms: Sequence[Atom], sheet: Sheet
    ) -> bool | None:
        """Whether a line heads what follows; None where that cannot be read."""
        if sheet.columns and heads_group(self._headers, marks, line):
            sheet.take_group()
            return True
        heads = self._heads.take(marks, line, atoms, sheet)
        return heads or (True if sheet.columns and _names_group(marks, line) else heads)

    def _is_apart(self, marks: Marks, line: Line, sheet: Sheet) -> bool:
        """Whether a line is none of a sheet: an item of a list, a sentence, a legend."""
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        sentence = len(cells) == 1 and marks.tokens[line.last - 1].text == "."
        listed = line.bullet and not sheet.columns
        return listed or sentence or is_legend(marks, cells)

    def _take_header(
        self, marks: Marks, lines: Sequence[Line], index: int, sheet: Sheet
    ) -> int | None:
        """How many lines of a header are taken; None where they cannot be read."""
        read = self._columns.read_columns(marks, lines, index)
        if read is None:
            return None
        columns, count = read
        if not columns or self._is_answered(columns, sheet.columns):
            return 0
        shared = share_again(columns, sheet.columns)
        if shared is None:
            return None
        above = lines[max(0, index - DECLARED) : index]
        sheet.take_columns(self._take_captions(marks, shared, above))
        first, *rest = (headed.column for headed in shared)
        if first.names_vein and any(column.is_label for column in rest):
            sheet.heads.append((Rank.VEIN, first.cell))  # "PERFORATORS   side   site   mm"
        return count

    def _is_answered(self, columns: Sequence[SheetColumn], before: Sequence[SheetColumn]) -> bool:
        """Whether names side by side are what a row says under legs: "Varices | thigh | calf"."""
        sided = any(c.column.legs for c in before) and not any(c.column.legs for c in columns)
        first, *rest = (c.column for c in columns)
        vein = first.group is not None and first.group.has_vein and not first.has_values
        told = any(c.units for c in rest) or (any(c.has_values for c in rest) and not vein)
        return sided and not told

    def _goes_on(self, marks: Marks, lines: Sequence[Line], index: int, sheet: Sheet) -> bool:
        """Whether the columns in force are those of a line below a gap, or of the next."""
        for line in lines[index : index + 2]:
            bordered = has_borders(marks, line) == has_borders(marks, lines[index - 1])
            paired = self._columns.pair_row(marks, line, sheet.columns) if bordered else None
            values = [(h, cell) for h, cell, role in paired or () if role == "value"]
            if len(values) >= min(_FEWEST_ROWS, len(sheet.columns) - 1):
                return True
            named = any(role == "label" for _, _, role in paired or ())
            if named and len(values) == 1 and self._is_set_under(marks, line, *values[0]):
                return True
        return False

    def _is_set_under(self, marks: Marks, line: Line, headed: SheetColumn, cell: Cell) -> bool:
        """Whether the only value of a line ends or begins where the header over it does.

        Behind a wide gap it is of the leg of its column all the same, and not of both.
        """
        head, gap = headed.column.cell, marks.tokens[cell.first].gap
        aligned = has_borders(marks, line) or head.left == cell.left or head.right == cell.right
        sided = bool(headed.column.legs) and len(gap) >= _WIDE
        return (aligned or sided) and self._headers.is_filled(marks, cell)

    def _take_captions(
        self, marks: Marks, columns: list[SheetColumn], above: Sequence[Line]
    ) -> list[SheetColumn]:
        """Columns that name no value, with what a line over them says that their cells hold."""
        told = [headed.column for headed in columns]
        if not any(column.has_values for column in told) and above:
            told = self._captions.take_caption(marks, told, above[-1])
        if not any(column.has_values for column in told):
            told = self._captions.take_declaration(marks, told, above)
        return [replace(headed, column=c) for headed, c in zip(columns, told, strict=True)]

    def _is_row(self, marks: Marks, line: Line, atoms: Sequence[Atom]) -> bool:
        """Whether a line that was not understood belongs to the sheet, as it holds cells of one."""
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        placed = atoms[0].role in ("place", "key") or any(atom.role == "place" for atom in atoms)
        far = bool(cells) and tells_distance(marks, cells[0].first, cells[0].last)
        told = (placed or far) and any(atom.states for atom in atoms)
        return told and len(cells) > 1 and not line.blank_before


def _names_own(marks: Marks, line: Line, atoms: Sequence[Atom]) -> bool:
    """Whether words about a vein of its own and its legs follow: "Deep: CFV and FV patent R+L"."""
    legs = any(m.row("leg") is not None for m in marks.mentions_in(line.first, line.last))
    words = any(atom.role == "text" for atom in atoms)
    headed = len(atoms) > 1 and atoms[0].role == "place"
    return legs and words and headed and marks.tokens[atoms[0].cell.last].text == ":"


def _names_group(marks: Marks, line: Line) -> bool:
    """Whether words in capitals that name no place head rows: "CENTRAL" over the IVC."""
    tokens = marks.tokens[line.first : line.last]
    alone = len(tokens) <= _GROUP_WORDS and all(t.text.isupper() for t in tokens)
    mentions = marks.mentions_in(line.first, line.last)
    return alone and not any(m.row(*_PLACES, "finding") for m in mentions)

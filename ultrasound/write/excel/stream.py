"""A table as one sheet or, beyond Excel's last row, as several: written row by row."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment

from ultrasound.write.column import EXAM_DATE, PATIENT
from ultrasound.write.columns import TABLES
from ultrasound.write.excel.layout import ColumnLayout, SheetLayout
from ultrasound.write.excel.links import FileTarget, LinkBudget, Target
from ultrasound.write.excel.looks import (
    BAND_FILL,
    ENTRY,
    GENERAL,
    HEADER_FILL,
    INK,
    LINKED,
    PLAIN,
    SIGNS,
    SILENT,
    Look,
    Painter,
    Tone,
)
from ultrasound.write.excel.page import add_choices, open_sheet, set_printed_part, set_view
from ultrasound.write.excel.text import MOST_ROWS, clean_text, name_sheet, read_date

ARROW = "→"
MOST_NOTED_ROWS = 1_000
LINE_HEIGHT = 13.5
MOST_LINES = 30  # Excel's highest row has 409 points.
_CHARACTERS_PER_WIDTH = 1.25
_HEADER = Look(Tone("FFFFFF", HEADER_FILL, bold=True), wrap=True)
_BANDS = (Look(Tone(INK, BAND_FILL, bold=True)), Look(Tone(INK, "F4F6F9", bold=True)))
_YES_NO = '"yes";"yes";"no"'
Row = Mapping[str, object]
Goal = Target | FileTarget
Links = Mapping[str, Goal | None]


@dataclass(frozen=True, slots=True)
class Marks:
    """How a row stands to the one above.

    ``first``: a new patient or leg begins, with a rule above; ``folded``: the row only repeats
    what the one above says, and is folded away; ``muted``: it does not count.
    """

    first: bool = False
    folded: bool = False
    muted: bool = False


class SheetStream:
    """Writes the rows of one table; ``rows`` is how many there will be."""

    def __init__(self, book: Workbook, layout: SheetLayout, rows: int) -> None:
        self.layout = layout
        self.capacity = MOST_ROWS - layout.header_rows
        self._book = book
        self._left = rows
        self._sheets = 0
        self._written = 0
        self._looks: dict[tuple[int, Tone, str, bool, bool], Look] = {}
        self._notes = rows <= MOST_NOTED_ROWS
        headers = {c.name: c.header for c in (PATIENT, EXAM_DATE, *TABLES[layout.table])}
        self._headers = {column.name: headers[column.name] for column in layout.columns}
        self._open_sheet()

    def write(self, row: Row, links: Links | None = None, marks: Marks | None = None) -> None:
        """Write one row; ``links`` says where its cells lead to."""
        if self._written == self.capacity:
            self._open_sheet()
        self._written += 1
        marks = marks or Marks()
        number = self._written + self.layout.header_rows
        dimension = self._sheet.row_dimensions[number]
        dimension.height = LINE_HEIGHT * count_lines(self.layout, row)
        if marks.folded:
            dimension.outlineLevel = 1
            dimension.hidden = True
        targets = self._choose_links(row, links or {})
        self._sheet.append(
            [
                self._make_cell(index, row, targets.get(index), marks)
                for index in range(len(self.layout.columns))
            ]
        )
        del self._sheet.row_dimensions[number]

    def _choose_links(self, row: Row, links: Links) -> dict[int, Goal]:
        """The links of a row, as many as the sheet may still have."""
        chosen: dict[int, Goal] = {}
        for index, column in enumerate(self.layout.columns):
            target = links.get(column.name) if column.link else None
            told = target is not None and row[column.name] is not None
            if told and target is not None and self._budget.take(len(chosen)):
                chosen[index] = target
        return chosen

    def _make_cell(self, index: int, row: Row, target: Goal | None, marks: Marks) -> Cell | None:
        """A cell of one column, None where it would only be empty."""
        column = self.layout.columns[index]
        value, tone, form = dress(column, row)
        if column.arrow:
            value, tone = (ARROW if target is not None else None), LINKED
        elif (marks.folded or marks.muted) and tone is PLAIN:
            tone = SILENT
        if value is None and not marks.first and tone.fill is None:
            return None
        look = self._find_look((index, tone, form, marks.first, target is not None))
        cell = self._painter.paint(value, look)
        if target is not None:
            noted = column.note and self._notes and bool(target.tip)
            cell.hyperlink = target.make_link(with_tip=not noted)
            if noted:
                cell.comment = make_note(target.tip)
        return cell

    def _find_look(self, key: tuple[int, Tone, str, bool, bool]) -> Look:
        """The look of a column's cells with this tone, number format, rule and link."""
        look = self._looks.get(key)
        if look is None:
            index, tone, form, first, linked = key
            column = self.layout.columns[index]
            look = self._looks[key] = Look(
                tone,
                wrap=column.wrap or column.entry,
                centre=column.centre or column.date,
                indent=column.indent,
                form=form,
                rule_above=first,
                link=linked,
            )
        return look

    def _open_sheet(self) -> None:
        self._sheets += 1
        rows = min(self._left, self.capacity)
        self._left -= rows
        self._written = 0
        sheet = self._sheet = open_sheet(self._book, name_sheet(self.layout.title, self._sheets))
        self._painter = Painter(sheet)
        self._budget = LinkBudget(rows)
        last = rows + self.layout.header_rows
        set_view(sheet, self.layout, last)
        set_printed_part(sheet, self.layout, last)
        add_choices(sheet, self.layout, last)
        self._append_headers()

    def _append_headers(self) -> None:
        if self.layout.header_rows > 1:
            self._sheet.append(self._make_bands())
        headers = {
            column.name: None if column.arrow else self._headers[column.name]
            for column in self.layout.columns
        }
        number = self.layout.header_rows
        lines = count_lines(self.layout, headers, every=True)
        self._sheet.row_dimensions[number].height = LINE_HEIGHT * lines
        self._sheet.append(
            [
                self._painter.paint(ARROW if column.arrow else self._headers[column.name], _HEADER)
                for column in self.layout.columns
            ]
        )

    def _make_bands(self) -> list[Cell]:
        """The names of the groups of columns, each over its first one."""
        cells: list[Cell] = []
        shade, before = 1, ""
        for column in self.layout.columns:
            new = column.band != before
            shade = 1 - shade if new else shade
            text = column.band if new else None
            cells.append(self._painter.paint(text, _BANDS[shade]))
            before = column.band
        return cells


def dress(column: ColumnLayout, row: Row) -> tuple[object, Tone, str]:
    """A cell's value as Excel holds it, its colours and its number format."""
    value = row[column.name]
    if column.entry:
        return value, ENTRY, GENERAL
    if value is None:
        return None, column.tone, GENERAL
    if column.date:
        date = read_date(str(value))
        return (date, PLAIN, "yyyy-mm-dd") if date else (value, PLAIN, GENERAL)
    if column.coding is not None and isinstance(value, str):
        tone = column.coding.tone(value)
        return column.coding.write(value), column.tone if tone is PLAIN else tone, GENERAL
    if isinstance(value, bool):
        word = "yes" if value else "no"
        return value, column.coding.tone(word) if column.coding else PLAIN, _YES_NO
    if column.sign is not None:
        return value, PLAIN, SIGNS.get(str(row[column.sign]), GENERAL)
    return value, column.tone, GENERAL


def count_lines(layout: SheetLayout, row: Row, every: bool = False) -> int:
    """How many lines the tallest cell of a row takes; ``every``: as if all cells wrapped."""
    most = 1
    for column in layout.columns:
        value = row[column.name] if column.wrap or every else None
        if not isinstance(value, str) or column.hidden:
            continue
        room = max(1, int(column.width * _CHARACTERS_PER_WIDTH))
        text = column.coding.write(value) if column.coding is not None else value
        most = max(most, sum(_count_wrapped(line, room) for line in text.split("\n")))
    return min(most, MOST_LINES)


def _count_wrapped(line: str, room: int) -> int:
    """How many lines a line takes, broken between words."""
    if len(line) <= room:
        return 1
    if len(line) > room * MOST_LINES:
        return MOST_LINES
    return len(textwrap.wrap(line, room))


def make_note(text: str) -> Comment:
    """A note that holds a quote, large enough to be read."""
    shown = clean_text(text)
    note = Comment(shown, "ultrasound")
    note.width, note.height = 320, 40 + 16 * (len(shown) // 48)
    return note

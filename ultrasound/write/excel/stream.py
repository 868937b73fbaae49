"""A table as one sheet or, beyond Excel's last row, as several: written row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ultrasound.write.column import Column
from ultrasound.write.columns import TABLES
from ultrasound.write.excel.layout import ColumnLayout, SheetLayout
from ultrasound.write.excel.links import LinkBudget, Target
from ultrasound.write.excel.looks import (
    BAND_FILL,
    HEADER_FILL,
    INK,
    INPUT_FILL,
    PLAIN,
    SIGNS,
    SILENT,
    Look,
    Painter,
    Tone,
)
from ultrasound.write.excel.text import MOST_ROWS, name_sheet, read_date

INTENDED_USE = (
    "Evidence for a physician's decision; not a diagnosis; "
    "not a medical device cleared for any use."
)
DECISIONS = ("accept", "correct", "reject")
_HEADER = Look(Tone("FFFFFF", HEADER_FILL, bold=True), wrap=True)
_BAND = Look(Tone(INK, BAND_FILL, bold=True))
_BAND_OTHER = Look(Tone(INK, "F4F6F9", bold=True))
_ENTRY = Tone(INK, INPUT_FILL)
LINE_HEIGHT = 13.5
MOST_LINES = 30  # Excel's highest row is 409 points.
_CHARACTERS_PER_WIDTH = 1.05
_A4 = 9
Row = Mapping[str, object]
Links = Mapping[str, Target | None]


class SheetStream:
    """Writes the rows of one table; ``rows`` is how many there will be."""

    def __init__(self, book: Workbook, layout: SheetLayout, rows: int) -> None:
        self.layout = layout
        self._book = book
        self._left = rows
        self._sheets = 0
        self._written = 0
        columns: dict[str, Column] = {column.name: column for column in TABLES[layout.table]}
        self._headers = [columns[column.name].header for column in layout.columns]
        self._open_sheet()

    @property
    def capacity(self) -> int:
        """How many rows of the table one sheet holds."""
        return MOST_ROWS - self.layout.header_rows

    def write(self, row: Row, links: Links | None = None, **marks: bool) -> None:
        """Write one row.

        Args:
            row: The cells by column.
            links: Where cells lead to.
            marks: ``first``: a rule above, as a new patient or leg begins; ``folded``: the row
                follows from the one above, and is folded away.
        """
        if self._written == self.capacity:
            self._open_sheet()
        self._written += 1
        number = self._written + self.layout.header_rows
        dimension = self._sheet.row_dimensions[number]
        dimension.height = LINE_HEIGHT * count_lines(self.layout, row)
        if marks.get("folded"):
            dimension.outlineLevel = 1
            dimension.hidden = True
        cells: list[Cell] = []
        used = 0
        for column in self.layout.columns:
            target = (links or {}).get(column.name) if column.link else None
            value = row[column.name]
            if target is not None and value is not None and self._budget.take(used):
                used += 1
            else:
                target = None
            cells.append(self._make_cell(column, row, target, marks))
        self._sheet.append(cells)
        del self._sheet.row_dimensions[number]

    def _make_cell(
        self, column: ColumnLayout, row: Row, target: Target | None, marks: Mapping[str, bool]
    ) -> Cell:
        value, look = dress(column, row)
        underlined = target is not None and not isinstance(value, str)
        look = replace(look, rule_above=bool(marks.get("first")), link=underlined)
        if marks.get("folded") and look.tone == PLAIN:
            look = replace(look, tone=SILENT)
        cell = self._painter.paint(self._sheet, value, look)
        if target is not None:
            cell.hyperlink = target.make_link()
        return cell

    def _open_sheet(self) -> None:
        self._sheets += 1
        rows = min(self._left, self.capacity)
        self._left -= rows
        self._written = 0
        sheet = self._sheet = open_sheet(self._book, name_sheet(self.layout.title, self._sheets))
        self._painter = Painter(sheet)
        self._budget = LinkBudget(rows)
        last = rows + self.layout.header_rows
        set_columns(sheet, self.layout)
        set_page(sheet, self.layout, last)
        _add_choices(sheet, self.layout, last)
        for header in self._make_headers():
            sheet.append(header)

    def _make_headers(self) -> list[list[Cell]]:
        headers = [self._painter.paint(self._sheet, text, _HEADER) for text in self._headers]
        if self.layout.header_rows == 1:
            return [headers]
        return [self._make_bands(), headers]

    def _make_bands(self) -> list[Cell]:
        cells = []
        shades, before = [_BAND, _BAND_OTHER], None
        for column in self.layout.columns:
            if column.band != before:
                shades.reverse()
            text = column.band if column.band != before else None
            cells.append(self._painter.paint(self._sheet, text, shades[0]))
            before = column.band
        return cells


def open_sheet(book: Workbook, name: str) -> Worksheet:
    """A new sheet of a write-only workbook.

    Such a sheet has all parts of an ordinary one that are used here, though its type says less.
    """
    return cast(Worksheet, book.create_sheet(name))


def dress(column: ColumnLayout, row: Row) -> tuple[object, Look]:
    """A cell's value as Excel holds it, and its look."""
    value = row[column.name]
    look = Look(wrap=column.wrap, centre=column.centre)
    if column.entry:
        return value, replace(look, tone=_ENTRY, wrap=True)
    if value is None:
        return None, look
    if column.date:
        date = read_date(str(value))
        return (date, replace(look, form="yyyy-mm-dd")) if date else (value, look)
    if column.coding is not None and isinstance(value, str):
        return column.coding.write(value), replace(look, tone=column.coding.tone(value))
    if column.sign is not None:
        return value, replace(look, form=SIGNS.get(str(row[column.sign]), "General"))
    return value, look


def count_lines(layout: SheetLayout, row: Row) -> int:
    """How many lines the tallest wrapped cell of a row takes."""
    most = 1
    for column in layout.columns:
        value = row[column.name] if column.wrap else None
        if isinstance(value, str):
            room = max(1, int(column.width * _CHARACTERS_PER_WIDTH))
            lines = sum(1 + (len(line) - 1) // room for line in value.split("\n") or [""])
            most = max(most, lines)
    return min(most, MOST_LINES)


def set_columns(sheet: Worksheet, layout: SheetLayout) -> None:
    """Widths, hidden columns and the part that stays in sight."""
    for number, column in enumerate(layout.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.hidden:
            dimension.hidden = True
    corner = f"{get_column_letter(layout.frozen + 1)}{layout.header_rows + 1}"
    sheet.freeze_panes = corner
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.sheet_view.zoomScale = 100


def set_page(sheet: Worksheet, layout: SheetLayout, last_row: int) -> None:
    """Filters, and a page that prints landscape, as wide as the paper, with titles and footer."""
    last = get_column_letter(len(layout.columns))
    sheet.auto_filter.ref = f"A{layout.header_rows}:{last}{max(last_row, layout.header_rows)}"
    sheet.print_title_rows = f"1:{layout.header_rows}"
    sheet.print_area = f"A1:{get_column_letter(layout.printed)}{last_row}"
    set_print(sheet, layout.title)


def set_print(sheet: Worksheet, title: str) -> None:
    """Landscape, one page wide, the intended use on every page."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    for side in ("left", "right"):
        setattr(sheet.page_margins, side, 0.4)
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    header, footer = sheet.oddHeader, sheet.oddFooter
    if header is not None and footer is not None:
        header.left.text = f"Venous duplex evidence - {title}"
        footer.left.text = INTENDED_USE
        footer.right.text = "Page &P of &N"
        for part in (header.left, footer.left, footer.right):
            part.size = 8


def _add_choices(sheet: Worksheet, layout: SheetLayout, last_row: int) -> None:
    names: Sequence[str] = [column.name for column in layout.columns]
    if "decision" not in names or last_row <= layout.header_rows:
        return
    letter = get_column_letter(names.index("decision") + 1)
    choices = DataValidation(
        type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True, showErrorMessage=True
    )
    choices.error = f"Choose one of: {', '.join(DECISIONS)}."
    choices.add(f"{letter}{layout.header_rows + 1}:{letter}{last_row}")
    sheet.data_validations.append(choices)

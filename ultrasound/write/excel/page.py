"""How a sheet stands on the screen and on paper: widths, frozen panes, filters, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from ultrasound.domain import DECISIONS
from ultrasound.write.about import INTENDED_USE
from ultrasound.write.excel.layout import SheetLayout

ADDED_ROWS = 100
_A4 = 9
_SMALL = 8


def open_sheet(book: Workbook, name: str) -> Worksheet:
    """A new sheet of a write-only workbook.

    Such a sheet has all parts of an ordinary one that are used here, though its type says less.
    """
    return cast(Worksheet, book.create_sheet(name))


def set_view(sheet: Worksheet, layout: SheetLayout) -> None:
    """Widths, hidden columns, folding, and the part that stays in sight."""
    for number, column in enumerate(layout.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.hidden:
            dimension.hidden = True
    sheet.freeze_panes = f"{get_column_letter(layout.frozen + 1)}{layout.header_rows + 1}"
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.sheet_format.outlineLevelRow = 1 if layout.folds else 0


def name_table(sheet: Worksheet, layout: SheetLayout, heads: Sequence[str], last_row: int) -> None:
    """Make the rows a table with a name, as the sheet is called, and with filters."""
    place = f"A{layout.header_rows}:{get_column_letter(len(heads))}{last_row}"
    name = sheet.title.replace(" ", "_")
    table = Table(displayName=name, name=name, ref=place, autoFilter=AutoFilter(ref=place))
    for number, head in enumerate(heads, 1):
        table.tableColumns.append(TableColumn(id=number, name=head))
    sheet.tables.add(table)


def set_print(sheet: Worksheet, title: str) -> None:
    """Landscape A4, one page wide, with the intended use and the page number on every page."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.4, 0.4, 0.7, 0.7
    header, footer = sheet.oddHeader, sheet.oddFooter
    if header is not None and footer is not None:
        header.left.text = f"Venous duplex evidence - {title}"
        footer.left.text = INTENDED_USE
        footer.right.text = "Page &P of &N"
        header.right.text = "Colours are explained in the sheet About"
        for part in (header.left, header.right, footer.left, footer.right):
            part.size = _SMALL


def set_printed_part(sheet: Worksheet, layout: SheetLayout, last_row: int) -> None:
    """Print the leading columns, with the headers on every page."""
    sheet.print_title_rows = f"1:{layout.header_rows}"
    sheet.print_area = f"A1:{get_column_letter(layout.printed)}{last_row}"
    set_print(sheet, layout.title)


def add_choices(sheet: Worksheet, layout: SheetLayout, last_row: int) -> None:
    """A drop-down list for the reviewer's decision, below the last row too, for added facts."""
    names = [column.name for column in layout.columns]
    if layout.table != "review":
        return
    letter = get_column_letter(names.index("decision") + 1)
    choices = DataValidation(
        type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True, showErrorMessage=True
    )
    choices.error = f"Choose one of: {', '.join(DECISIONS)}."
    choices.add(f"{letter}{layout.header_rows + 1}:{letter}{last_row + ADDED_ROWS}")
    sheet.data_validations.append(choices)

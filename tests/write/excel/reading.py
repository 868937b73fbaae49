"""Reading a workbook back: rows as their tables hold them, and where links lead."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import compress

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.write.studies import ACUTE, AXIAL, make_decided, make_result, make_review
from ultrasound.domain import Leg
from ultrasound.knowledge.schema_criteria import load_display
from ultrasound.write.excel.beside import MAP_HEAD
from ultrasound.write.excel.layout import ColumnLayout, SheetLayout
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.excel.stream import ARROW

HOSTILE = '=HYPERLINK("http://x") \x07'
RESULTS = [
    make_result(1, AXIAL + "; R GSV knee reflux_time 900 prior"),
    make_result(2, ACUTE),
    make_decided(make_result(3, review=[make_review("unread", HOSTILE, Leg.LEFT)])),
    make_result(4, review=[make_review("conflict"), make_review("identity_mismatch")]),
]
DISPLAY = load_display()


def sheet_of(book: Workbook, name: str) -> Worksheet:
    """A sheet by its name."""
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def read_rows(sheet: Worksheet, layout: SheetLayout) -> Iterator[dict[str, object]]:
    """The rows of a sheet as the rows of its table, whatever arrows stand between."""
    heads = [str(cell.value) for cell in sheet[layout.header_rows]]
    told = [not head.startswith(ARROW) and head != MAP_HEAD for head in heads]
    columns = [column for column in layout.columns if not column.arrow]
    for cells in sheet.iter_rows(min_row=layout.header_rows + 1):
        pairs = zip(compress(cells, told), columns, strict=True)
        yield {column.name: read_cell(cell, column) for cell, column in pairs}


def read_cell(cell: object, column: ColumnLayout) -> object:
    """A cell as the table holds it."""
    assert isinstance(cell, Cell)
    value = cell.value
    if isinstance(value, datetime.datetime):
        return value.date()
    if column.coding is not None and isinstance(value, str):
        return column.coding.read(value)
    return value


def find_cell(sheet: Worksheet, layout: SheetLayout, row: int, name: str, arrow: bool) -> Cell:
    """The cell of a column, or the arrow beside it."""
    for number, column in enumerate(layout.columns, 1):
        if column.name == name and column.arrow is arrow:
            cell = sheet.cell(row, number)
            assert isinstance(cell, Cell)
            return cell
    raise AssertionError(name)


def follow(book: Workbook, cell: Cell) -> dict[str, object]:
    """The row that a link leads to."""
    assert cell.hyperlink is not None
    name, place = str(cell.hyperlink.location).replace("'", "").split("!")
    layout = LAYOUTS[name.lower()](DISPLAY)
    index = int(place.removeprefix("A")) - layout.header_rows - 1
    return list(read_rows(sheet_of(book, name), layout))[index]

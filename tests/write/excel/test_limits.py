"""The limits of Excel, reached: links, rows, long texts, names; and texts that would do harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.write.excel.reading import DISPLAY, sheet_of
from ultrasound.write.columns import TABLES
from ultrasound.write.excel.layout import Coding, ColumnLayout, SheetLayout
from ultrasound.write.excel.links import Target
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.excel.stream import SheetStream
from ultrasound.write.excel.text import (
    LONGEST_CELL,
    LONGEST_SHEET_NAME,
    MOST_LINKS,
    MOST_ROWS,
    clean_text,
    name_sheet,
)
from ultrasound.write.excel.workbook import write_workbook
from ultrasound.write.parquet import PartWriter
from ultrasound.write.rows import fit_row

HOSTILE = {
    "formula": '=HYPERLINK("http://x.test","click")',
    "plus": "+1",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "tab": "\t=1+1",
    "dde": "=cmd|' /C calc'!A0",
    "controls": "".join(chr(code) for code in range(32)) + "\x7f\x85",
    "long": "ab " * 13_333 + "end",
    "emoji": "🦵🏽 👩‍⚕️" * 40,
    "right_to_left": "\u202e\u0643\u0634\u0641\u202c \u200f\u05e2\u05d1\u05e8\u05d9\u05ea\u200f",
    "escape": "_x0041__x000D_",
    "markup": "<b>&amp;</b> ]]> \ud800",
    "apostrophe": "'=1",
    "nan": "NaN",
    "error": "#REF!",
}
# What says where a row belongs, and what its place is decided by.
KEYS = {"study": "study-1", "leg": "right", "severity": "high", "id": "id-1"}
KEYS |= {f"{when}_study": "study-1" for when in ("first", "previous", "last")}


def make_row(table: str, text: str) -> dict[str, object]:
    """A row with the same text in every column that holds texts."""
    told: dict[str, object] = {
        c.name: KEYS.get(c.name, text) for c in TABLES[table] if c.type == "string"
    }
    return fit_row(told, table)


def write_hostile(folder: Path, text: str) -> Workbook:
    """The workbook of one study whose every text is this one."""
    owner = {"study": "study-1", "patient_id": text, "exam_date": text, "urgent": True}
    rows = {"_studies": [fit_row(owner, "_studies")]}
    rows |= {table: [make_row(table, text)] for table in LAYOUTS}
    PartWriter(folder / "parts").write(1, rows)
    write_workbook(folder / "parts", folder / "x.xlsx", {"Program": text})
    return load_workbook(folder / "x.xlsx")


@pytest.mark.parametrize("name", HOSTILE)
def test_every_text_of_every_sheet_is_safe(tmp_path: Path, name: str) -> None:
    """In every column of every sheet a text comes back as it is shown, and nothing runs."""
    text = HOSTILE[name].encode("utf-8", "replace").decode("utf-8")
    book = write_hostile(tmp_path, text)
    for table, make in LAYOUTS.items():
        layout = make(DISPLAY)
        sheet = sheet_of(book, layout.title)
        row = {"patient_id": text, "exam_date": text, **make_row(table, text)}
        for number, column in enumerate(layout.columns, 1):
            cell = sheet.cell(layout.header_rows + 1, number)
            assert cell.data_type in {"s", "n"}, (table, column.name)
            if not column.arrow:
                assert cell.value == expect(row[column.name], column), (table, column.name)
    assert all(
        c.data_type in {"s", "n"} for row in sheet_of(book, "About").iter_rows() for c in row
    )


def expect(value: object, column: ColumnLayout) -> object:
    """A cell as it is shown."""
    if not isinstance(value, str):
        return value
    coding = Coding() if column.coding is None else column.coding
    shown = value if column.coding is None or column.entry else coding.write(value)
    return clean_text(shown)


def test_a_long_text_is_cut_with_a_mark(tmp_path: Path) -> None:
    """A cell holds no more than Excel does, and says that it was cut."""
    book = write_hostile(tmp_path, "x" * (LONGEST_CELL + 1))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert max(len(text) for text in texts) == LONGEST_CELL
    assert all(t.endswith("whole in the Parquet table]") for t in texts if len(t) == LONGEST_CELL)


def write_narrow(path: Path, rows: int, *, links: bool) -> None:
    """A table of one column and so many rows, each with a link or none."""
    column = ColumnLayout("item", 10, link=links)
    layout = SheetLayout("completeness", "Completeness", (column,), frozen=1, printed=1)
    book = Workbook(write_only=True)
    stream = SheetStream(book, layout, rows)
    for number in range(rows):
        stream.write({"item": "ceap"}, {"item": Target("Observations", number, 1)})
    book.save(path)


def read_sheets(path: Path) -> list[bytes]:
    """The XML of each sheet."""
    with zipfile.ZipFile(path) as file:
        names = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        return [file.read(name) for name in names]


@pytest.mark.parametrize("more", [0, 1])
def test_links_of_a_sheet_at_the_limit(tmp_path: Path, more: int) -> None:
    """A sheet has as many links as Excel allows and not one more; no row is lost."""
    write_narrow(tmp_path / "x.xlsx", MOST_LINKS + more, links=True)
    (sheet,) = read_sheets(tmp_path / "x.xlsx")
    assert sheet.count(b"<hyperlink ") == MOST_LINKS == 65_530
    assert sheet.count(b"<row ") == MOST_LINKS + more + 1


@pytest.mark.prove
def test_rows_of_a_sheet_at_the_limit(tmp_path: Path) -> None:
    """The last row that Excel has is used, and the next one stands on a second sheet."""
    write_narrow(tmp_path / "x.xlsx", MOST_ROWS, links=False)
    first, second = read_sheets(tmp_path / "x.xlsx")
    assert first.count(b"<row ") == MOST_ROWS == 1_048_576
    assert second.count(b"<row ") == 2
    assert first[first.rindex(b"<row ") :].startswith(b'<row r="1048576"')


def test_names_of_sheets_and_tables(tmp_path: Path) -> None:
    """Each sheet's rows are a table of its name, with one header for each column, none twice."""
    book = write_hostile(tmp_path, "x")
    for table, make in LAYOUTS.items():
        layout = make(DISPLAY)
        sheet = sheet_of(book, layout.title)
        assert len(sheet.title) <= LONGEST_SHEET_NAME
        (named,) = sheet.tables.values()
        assert named.displayName == layout.title, table
        assert named.ref == named.autoFilter.ref
        heads = [cell.value for cell in sheet[layout.header_rows]]
        assert [column.name for column in named.tableColumns] == heads
        assert len({str(head).lower() for head in heads}) == len(heads) == len(layout.columns)
    assert len(name_sheet("n" * 40, 12)) == LONGEST_SHEET_NAME

"""The workbook, read back: every row and column, links that land, and nothing that runs."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.write.excel.reading import DISPLAY, RESULTS, find_cell, read_rows, sheet_of
from tests.write.studies import make_result, write_all, write_parts
from ultrasound.write.about import INTENDED_USE
from ultrasound.write.columns import TABLES
from ultrasound.write.excel.layout import SheetLayout
from ultrasound.write.excel.page import ADDED_ROWS
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.excel.stream import LINE_HEIGHT
from ultrasound.write.excel.text import clean_text, read_date
from ultrasound.write.excel.workbook import write_workbook
from ultrasound.write.parquet import read_table

OWNERS = ("patient_id", "exam_date")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of four studies."""
    path = tmp_path_factory.mktemp("run")
    write_all(path, RESULTS)
    return path


@pytest.fixture(scope="module")
def book(folder: Path) -> Workbook:
    """Their workbook."""
    return load_workbook(folder / "out" / "evidence.xlsx")


def expect(row: dict[str, object], layout: SheetLayout) -> dict[str, object]:
    """A row of a table as its sheet holds it."""
    expected: dict[str, object] = {}
    for column in layout.columns:
        value = row.get(column.name)
        if isinstance(value, str):
            value = (read_date(value) if column.date else None) or clean_text(value)
        expected[column.name] = value
    return expected


@pytest.mark.parametrize("table", LAYOUTS)
def test_every_row_and_column_comes_back(folder: Path, book: Workbook, table: str) -> None:
    """A sheet holds every row and every column of its table."""
    layout = LAYOUTS[table](DISPLAY)
    rows = list(read_rows(sheet_of(book, layout.title), layout))
    expected = [expect(row, layout) for row in read_table(folder / "parts", table)]
    proven = ("criteria", "completeness", "codes", "corrections")
    if table in ("observations", "review", "images", *proven):
        for row in rows:
            assert row.pop("patient_id")
            assert row.pop("exam_date")
        expected = [{k: v for k, v in row.items() if k not in OWNERS} for row in expected]
    assert sorted(rows, key=repr) == sorted(expected, key=repr)
    assert rows


@pytest.mark.parametrize("table", LAYOUTS)
def test_layout_shows_each_column_once(table: str) -> None:
    """Every column of a table has its place on the sheet."""
    layout = LAYOUTS[table](DISPLAY)
    shown = [column.name for column in layout.columns if not column.arrow]
    columns = {column.name for column in TABLES[table]}
    assert len(shown) == len(set(shown))
    assert set(shown) - set(OWNERS) == columns - set(OWNERS)


def test_sheets(book: Workbook) -> None:
    """The sheets stand in the order in which they are read."""
    names = "Legs Segments Observations Review Corrections Criteria Completeness Codes RLS Trends"
    assert book.sheetnames == [*names.split(), "Images", "Files", "About"]


def test_no_sheet_of_trends_without_several_exams(tmp_path: Path) -> None:
    """Where no patient has several exams, no sheet says so by being empty."""
    book = load_workbook(write_all(tmp_path, RESULTS[:1]) / "evidence.xlsx")
    assert "Trends" not in book.sheetnames
    assert "Corrections" not in book.sheetnames


def test_no_sheet_without_restless_legs(tmp_path: Path) -> None:
    """Where no exam names restless legs there is no sheet of them."""
    book = load_workbook(
        write_all(tmp_path, [replace(RESULTS[0], restless_legs=None)]) / "evidence.xlsx"
    )
    assert "RLS" not in book.sheetnames
    assert "Images" in book.sheetnames


def test_order_of_legs(book: Workbook) -> None:
    """Acute thrombus and doubtful identity first, then by patient and date, right before left."""
    layout = LAYOUTS["legs"](DISPLAY)
    rows = list(read_rows(sheet_of(book, "Legs"), layout))
    assert [(row["attention"], row["patient_id"], row["leg"]) for row in rows] == [
        ("identity_mismatch", "P-896", "right"),
        ("identity_mismatch", "P-896", "left"),
        ("acute_thrombus", "P-898", "right"),
        (None, "P-897", "right"),
        (None, "P-897", "left"),
        (None, "P-898", "left"),
        (None, "P-899", "right"),
        (None, "P-899", "left"),
    ]


def test_review_is_worst_first(book: Workbook) -> None:
    """The review sheet starts with what matters most."""
    rows = list(read_rows(sheet_of(book, "Review"), LAYOUTS["review"](DISPLAY)))
    assert [row["severity"] for row in rows] == ["high", "high", "low"]


def test_nothing_is_a_formula(book: Workbook) -> None:
    """No cell of any sheet is a formula; a text that looks like one is kept as text."""
    found = []
    for sheet in book:
        assert isinstance(sheet, Worksheet)
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f"
                if str(cell.value).startswith("=HYPERLINK"):
                    found.append((cell.data_type, cell.quotePrefix, cell.value))
    assert found == [("s", True, '=HYPERLINK("http://x") ␇')]


def test_no_macros_and_no_links_outside(folder: Path) -> None:
    """The file holds no macro, no external link and no time but the fixed one."""
    with zipfile.ZipFile(folder / "out" / "evidence.xlsx") as file:
        assert not [name for name in file.namelist() if "vba" in name.lower()]
        assert {entry.date_time for entry in file.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        rels = [name for name in file.namelist() if name.endswith(".rels")]
        assert not any(b'TargetMode="External"' in file.read(name) for name in rels)
        assert b"2000-01-01T00:00:00Z" in file.read("docProps/core.xml")
        assert file.read("docProps/core.xml").count(b"T00:00:00Z") == 2


def test_real_types(book: Workbook) -> None:
    """Numbers are numbers, bounds are shown, dates are dates, truth values are truth values."""
    layout = LAYOUTS["legs"](DISPLAY)
    sheet = sheet_of(book, "Legs")
    time = find_cell(sheet, layout, 6, "gsv_max_reflux_ms", False)
    assert (time.value, time.number_format) == (4000, '"> "General')
    date = find_cell(sheet, layout, 6, "exam_date", False)
    assert (date.is_date, date.number_format) == (True, "yyyy-mm-dd")
    assert find_cell(
        sheet_of(book, "Files"), LAYOUTS["files"](DISPLAY), 2, "used", False
    ).value is (False)


@pytest.mark.parametrize("name", ["Legs", "Segments", "Observations", "Review", "Files"])
def test_page(book: Workbook, name: str) -> None:
    """Each sheet is frozen and filtered, and prints landscape with its use on every page."""
    sheet = sheet_of(book, name)
    assert sheet.freeze_panes
    (named,) = sheet.tables.values()
    assert named.autoFilter.ref == named.ref
    assert sheet.auto_filter.ref is None
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left.text == INTENDED_USE


def test_reviewer_chooses_from_a_list(book: Workbook) -> None:
    """The decision column of each review row has a drop-down list."""
    (choices,) = sheet_of(book, "Review").data_validations.dataValidation
    assert choices.formula1 == '"accept,correct,reject,add"'
    names = [column.name for column in LAYOUTS["review"](DISPLAY).columns]
    letter = chr(ord("A") + names.index("decision"))
    assert str(choices.sqref) == f"{letter}2:{letter}{4 + ADDED_ROWS}"


def test_levels_that_follow_from_the_vein_are_folded(book: Workbook) -> None:
    """Rows that only repeat a statement about the whole vein are folded, no others."""
    sheet = sheet_of(book, "Segments")
    layout = LAYOUTS["segments"](DISPLAY)
    for number, row in enumerate(read_rows(sheet, layout), 2):
        folded = bool(row["segment"]) and "from_vein" in str(row["flags"])
        assert bool(sheet.row_dimensions[number].hidden) is folded


def test_a_level_with_a_fact_of_its_own_is_not_folded(tmp_path: Path) -> None:
    """Also where a statement about the vein adds to it; its neighbours without one are folded."""
    facts = "R GSV - patency patent; R GSV mid_thigh reflux_time 1600; R GSV knee diameter 4"
    write_workbook(write_parts(tmp_path, [make_result(1, facts)]), tmp_path / "x.xlsx", {})
    sheet = sheet_of(load_workbook(tmp_path / "x.xlsx"), "Segments")
    rows = list(read_rows(sheet, LAYOUTS["segments"](DISPLAY)))
    levels = [row for row in rows if row["segment"]]
    assert len(levels) > 3
    assert all("from_vein" in str(row["flags"]) for row in levels)
    shown = {
        row["segment"]
        for number, row in enumerate(rows, 2)
        if not sheet.row_dimensions[number].hidden
    }
    assert shown == {None, "mid_thigh", "knee"}


def test_about(book: Workbook) -> None:
    """About names the intended use, the run, and every status with its meaning."""
    cells = {str(row[0].value): str(row[1].value) for row in sheet_of(book, "About").iter_rows()}
    assert cells["Intended use"] == INTENDED_USE
    assert cells["Criteria in force"] == "SVS/AVF/AVLS 2022 guideline"
    assert all(cells[row.label] == row.meaning for row in DISPLAY.status)


def test_rows_of_about_are_as_high_as_their_texts(tmp_path: Path) -> None:
    """A text of several lines does not run into the next row."""
    write_workbook(write_parts(tmp_path, RESULTS), tmp_path / "x.xlsx", {"Long": "word " * 90})
    sheet = sheet_of(load_workbook(tmp_path / "x.xlsx"), "About")
    heights = {
        str(row[0].value): sheet.row_dimensions[number].height
        for number, row in enumerate(sheet, 1)
    }
    assert heights["Long"] == pytest.approx(heights["Intended use"] + 3 * LINE_HEIGHT)

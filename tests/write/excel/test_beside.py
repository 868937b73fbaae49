"""The workbook leads to the pages and maps of its studies, and to nothing that is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from tests.write.excel.reading import DISPLAY, RESULTS, find_cell, sheet_of
from tests.write.studies import ABOUT, write_parts
from ultrasound.write.excel import links
from ultrasound.write.excel.beside import StudyFiles
from ultrasound.write.excel.layout import SheetLayout
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.excel.workbook import write_workbook
from ultrasound.write.folders import MAPS, PAGES, place_file

UP = os.pardir
STUDIES = [result.study.key for result in RESULTS]


def write_book(folder: Path, studies: list[str]) -> Workbook:
    """A workbook beside the pages of some studies, read back."""
    parts = write_parts(folder / "parts", RESULTS)
    for study in studies:
        (folder / PAGES).mkdir(exist_ok=True)
        (folder / place_file(PAGES, study)).write_text("page", encoding="utf-8")
    write_workbook(parts, folder / "book.xlsx", ABOUT)
    return load_workbook(folder / "book.xlsx")


def lay_out(folder: Path, table: str) -> SheetLayout:
    """The sheet of a workbook in this folder."""
    return StudyFiles(folder, folder / "book.xlsx").lay_out(LAYOUTS[table](DISPLAY))


def write_maps(folder: Path, names: list[str]) -> Path:
    """A folder of results with these files among its maps."""
    (folder / MAPS).mkdir(parents=True)
    for name in names:
        (folder / MAPS / name).write_text("map", encoding="utf-8")
    return folder


def arrows(book: Workbook, folder: Path, table: str, words: str) -> list[tuple[str, Cell]]:
    """The study of each row, and its arrow to a page."""
    layout = lay_out(folder, table)
    sheet = sheet_of(book, layout.title)
    return [
        (
            str(find_cell(sheet, layout, row, "study", arrow=False).value),
            find_cell(sheet, layout, row, words, arrow=True),
        )
        for row in range(layout.header_rows + 1, sheet.max_row + 1)
    ]


@pytest.mark.parametrize(
    ("table", "words", "prefix"), [("observations", "quote", "o"), ("review", "quotes", "q")]
)
def test_each_row_leads_to_its_words(tmp_path: Path, table: str, words: str, prefix: str) -> None:
    """The arrow beside a quote leads to the page of the study, at the id of the fact or item."""
    book = write_book(tmp_path, STUDIES)
    layout = lay_out(tmp_path, table)
    sheet = sheet_of(book, layout.title)
    assert sheet.max_row > 2
    for row in range(2, sheet.max_row + 1):
        cell = find_cell(sheet, layout, row, words, arrow=True)
        study, key = (find_cell(sheet, layout, row, name, False).value for name in ("study", "id"))
        assert cell.value == "→"
        assert cell.hyperlink is not None
        assert cell.hyperlink.target == f"pages/{study}.html"
        assert cell.hyperlink.location == f"{prefix}-{key}"


def test_legs_lead_to_their_page(tmp_path: Path) -> None:
    """A leg leads to the page of its exam."""
    book = write_book(tmp_path, STUDIES)
    found = arrows(book, tmp_path, "legs", "documents")
    assert found
    for study, cell in found:
        assert cell.hyperlink is not None
        assert cell.hyperlink.target == f"pages/{study}.html"
        assert cell.hyperlink.location is None


def test_only_pages_that_are_there_are_linked(tmp_path: Path) -> None:
    """An exam without a page has no arrow, and without pages there is no column of arrows."""
    book = write_book(tmp_path, STUDIES[:1])
    linked = {s for s, cell in arrows(book, tmp_path, "observations", "quote") if cell.hyperlink}
    assert linked == set(STUDIES[:1])
    bare = tmp_path / "bare"
    bare.mkdir()
    write_book(bare, [])
    layout = LAYOUTS["observations"](DISPLAY)
    assert StudyFiles(bare, bare / "book.xlsx").lay_out(layout) is layout


def test_links_to_pages_count_against_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Excel could hold ten links a sheet, no sheet has more, and rows keep their first."""
    monkeypatch.setattr(links, "MOST_LINKS", 10)
    book = write_book(tmp_path, STUDIES)
    for sheet in book.worksheets:
        assert sum(cell.hyperlink is not None for row in sheet for cell in row) <= 10
    assert sum(cell.hyperlink is not None for row in book["Observations"] for cell in row) == 10


def test_maps_and_pages_stand_side_by_side(tmp_path: Path) -> None:
    """In Legs both are there; the column of maps is the last of those in sight."""
    write_maps(tmp_path, [f"{STUDIES[0]}.svg"])
    (tmp_path / PAGES).mkdir()
    (tmp_path / place_file(PAGES, STUDIES[0])).write_text("page", encoding="utf-8")
    plain, legs = LAYOUTS["legs"](DISPLAY), lay_out(tmp_path, "legs")
    added = [column for column in legs.columns if column not in plain.columns]
    words = legs.columns[legs.columns.index(added[0]) - 1]
    assert [(c.name, c.arrow, c.head) for c in added] == [
        ("documents", True, ""),
        ("study", True, "Map"),
    ]
    assert (words.name, words.arrow) == ("documents", False)
    assert legs.columns[legs.frozen - 1] == added[1]
    assert (legs.frozen, legs.printed) == (plain.frozen + 2, plain.printed + 2)
    for table in set(LAYOUTS) - {"legs", "observations", "review"}:
        assert lay_out(tmp_path, table) == LAYOUTS[table](DISPLAY)


@pytest.mark.parametrize(
    ("folder", "way"),
    [
        ("my results", "maps"),
        ("my results/patients", f"{UP}/maps"),
        ("", "my%20results/maps"),
        ("elsewhere", f"{UP}/my%20results/maps"),
    ],
)
def test_the_way_to_a_map_is_relative(tmp_path: Path, folder: str, way: str) -> None:
    """From wherever the workbook lies, safe in a link, and there only with the map."""
    results = write_maps(tmp_path / "my results", ["abc.svg"])
    files = StudyFiles(results, tmp_path / folder / "x.xlsx")
    found = files.find("legs", "abc")
    assert found["study"] is not None
    assert found["study"].path == f"{way}/abc.svg"
    assert found["documents"] is None
    assert set(files.find("legs", "none").values()) == {None}
    assert "study" not in files.find("review", "abc")


@pytest.mark.parametrize("names", [[], [".DS_Store", "mine.txt"]])
def test_a_folder_without_maps_gives_no_column(tmp_path: Path, names: list[str]) -> None:
    """What an earlier run or another program left behind is no map."""
    layout = LAYOUTS["legs"](DISPLAY)
    assert lay_out(write_maps(tmp_path, names), "legs") == layout


def test_no_link_across_drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no relative path leads to the map there is no link, and no failure."""

    def fail(*_: object) -> str:
        raise ValueError

    write_maps(tmp_path, ["abc.svg"])
    monkeypatch.setattr("os.path.relpath", fail)
    files = StudyFiles(tmp_path, tmp_path / "x.xlsx")
    assert files.find("legs", "abc")["study"] is None

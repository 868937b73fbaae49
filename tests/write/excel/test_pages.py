"""The workbook leads to the evidence pages beside it, and to nothing that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from tests.write.excel.reading import DISPLAY, RESULTS, find_cell, sheet_of
from tests.write.studies import ABOUT, write_parts
from ultrasound.write.excel import links
from ultrasound.write.excel.pages import PageLinks
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.excel.workbook import write_workbook
from ultrasound.write.folders import PAGES, place_file

STUDIES = [result.study.key for result in RESULTS]


def write_book(folder: Path, studies: list[str]) -> Workbook:
    """A workbook beside the pages of some studies, read back."""
    parts = write_parts(folder / "parts", RESULTS)
    for study in studies:
        (folder / PAGES).mkdir(exist_ok=True)
        (folder / place_file(PAGES, study)).write_text("page", encoding="utf-8")
    write_workbook(parts, folder / "book.xlsx", ABOUT)
    return load_workbook(folder / "book.xlsx")


def arrows(book: Workbook, folder: Path, table: str, words: str) -> list[tuple[str, Cell]]:
    """The study of each row, and its arrow to a page."""
    layout = PageLinks(folder / "book.xlsx").lay_out(LAYOUTS[table](DISPLAY))
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
    layout = PageLinks(tmp_path / "book.xlsx").lay_out(LAYOUTS[table](DISPLAY))
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
    assert PageLinks(bare / "book.xlsx").lay_out(layout) is layout


def test_links_to_pages_count_against_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Excel could hold ten links a sheet, no sheet has more, and rows keep their first."""
    monkeypatch.setattr(links, "MOST_LINKS", 10)
    book = write_book(tmp_path, STUDIES)
    for sheet in book.worksheets:
        assert sum(cell.hyperlink is not None for row in sheet for cell in row) <= 10
    assert sum(cell.hyperlink is not None for row in book["Observations"] for cell in row) == 10

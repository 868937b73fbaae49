"""Links of the workbook: they land on the very fact, and their number stays within the limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.write.excel.reading import DISPLAY, RESULTS, find_cell, follow, read_rows, sheet_of
from tests.write.studies import write_all
from ultrasound.write.excel import links, stream
from ultrasound.write.excel.sheets import LAYOUTS


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of four studies."""
    return load_workbook(write_all(tmp_path_factory.mktemp("run"), RESULTS) / "evidence.xlsx")


@pytest.mark.parametrize(
    ("column", "arrow", "quote"),
    [
        ("gsv_max_reflux_ms", False, "R GSV proximal_thigh reflux_time >4000"),
        ("gsv_max_diameter_mm", False, "R GSV sfj diameter 8.1"),
        ("gsv_status", True, "R GSV sfj reflux_time 2900"),
        ("ssv_status", True, "R SSV - reflux absent"),
        ("thrombus_deep", True, "R DEEP - thrombus absent"),
        ("superficial_reflux", True, "R GSV sfj reflux_time 2900"),
    ],
)
def test_cell_of_a_leg_leads_to_its_source(
    book: Workbook, column: str, arrow: bool, quote: str
) -> None:
    """From a leg's cell, one click leads to the fact that it rests on."""
    layout = LAYOUTS["legs"](DISPLAY)
    sheet = sheet_of(book, "Legs")
    row = 6
    assert sheet.cell(row, 3).value == "P-897"
    cell = find_cell(sheet, layout, row, column, arrow)
    target = follow(book, cell)
    assert (target["quote"], target["study"]) == (quote, "study-003")
    told = cell.comment.text if cell.comment else str(cell.hyperlink and cell.hyperlink.tooltip)
    assert quote in told


@pytest.mark.parametrize(
    ("when", "study"), [("first", "study-001"), ("previous", "study-002"), ("last", "study-003")]
)
def test_value_of_a_trend_leads_to_its_exam(book: Workbook, when: str, study: str) -> None:
    """From each value of a trend, one click leads to the row of the leg in that exam."""
    layout = LAYOUTS["trends"](DISPLAY)
    cell = find_cell(sheet_of(book, "Trends"), layout, 2, f"{when}_value", arrow=True)
    target = follow(book, cell)
    assert (target["study"], target["leg"]) == (study, "right")


def test_every_place_leads_to_its_fact(book: Workbook) -> None:
    """From each row of Segments, the arrow and the numbers lead to a fact of that very place."""
    layout = LAYOUTS["segments"](DISPLAY)
    sheet = sheet_of(book, "Segments")
    for number, row in enumerate(read_rows(sheet, layout), 2):
        target = follow(book, find_cell(sheet, layout, number, "status", True))
        assert [target[key] for key in ("study", "leg", "vein")] == [
            row[key] for key in ("study", "leg", "vein")
        ]
        for column, prop in (("reflux_time_ms", "reflux_time"), ("diameter_mm", "diameter")):
            if row[column] is not None:
                target = follow(book, find_cell(sheet, layout, number, column, False))
                assert target["property"] == prop
                assert target["value_number"] == row[column]


def test_every_fact_leads_back_to_its_leg(book: Workbook) -> None:
    """From each fact, the arrow leads to the row of its leg."""
    layout = LAYOUTS["observations"](DISPLAY)
    sheet = sheet_of(book, "Observations")
    for number, row in enumerate(read_rows(sheet, layout), 2):
        target = follow(book, find_cell(sheet, layout, number, "leg", True))
        assert (target["study"], target["leg"]) == (row["study"], row["leg"])


def test_every_verdict_leads_to_its_fact(book: Workbook) -> None:
    """The arrow beside each verdict leads to a fact that the verdict rests on."""
    layout = LAYOUTS["criteria"](DISPLAY)
    sheet = sheet_of(book, "Criteria")
    rows = list(read_rows(sheet, layout))
    for number, row in enumerate(rows, layout.header_rows + 1):
        fact = follow(book, find_cell(sheet, layout, number, "verdict", True))
        assert str(fact["id"]) in str(row["observations"])
    assert {row["verdict"] for row in rows} == {"met", "not_met", "cannot_say"}


@pytest.mark.parametrize("leg", ["right", "left"])
def test_restless_legs_lead_to_leg_and_facts(book: Workbook, leg: str) -> None:
    """Beside a leg's evidence the arrow leads to its row in Legs, the ids to a fact of that leg."""
    layout = LAYOUTS["rls"](DISPLAY)
    sheet = sheet_of(book, "RLS")
    linked = 0
    for number, row in enumerate(read_rows(sheet, layout), 2):
        if row[f"{leg}_evidence"] is None:
            continue
        linked += 1
        target = follow(book, find_cell(sheet, layout, number, f"{leg}_evidence", True))
        assert (target["study"], target["leg"]) == (row["study"], leg)
        assert target["sentence"] == row[f"{leg}_evidence"]
        target = follow(book, find_cell(sheet, layout, number, f"{leg}_observations", False))
        assert (target["study"], target["leg"]) == (row["study"], leg)
    assert linked == len(RESULTS)


def test_number_of_links_stays_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Excel's limit leaves one link a row, each row has one; beyond it, none."""
    monkeypatch.setattr(links, "MOST_LINKS", 10)
    sheet = sheet_of(load_workbook(write_all(tmp_path, RESULTS) / "evidence.xlsx"), "Segments")
    linked = [[c.column for c in row if c.hyperlink] for row in sheet.iter_rows(min_row=2)]
    assert [len(row) for row in linked] == [1] * 10 + [0] * (len(linked) - 10)


def test_sheet_beyond_the_last_row_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with more rows than a sheet holds goes on in a second one, and links follow."""
    monkeypatch.setattr(stream, "MOST_ROWS", 12)
    monkeypatch.setattr(links, "MOST_ROWS", 12)
    book = load_workbook(write_all(tmp_path, RESULTS[:3]) / "evidence.xlsx")
    rows = sum(sheet_of(book, name).max_row - 1 for name in book.sheetnames if "Obs" in name)
    assert rows == sum(len(result.observations) for result in RESULTS[:3])
    assert sheet_of(book, "Observations 2").max_row == 12
    for cells in sheet_of(book, "Segments 2").iter_rows(min_row=2):
        for cell in cells:
            if cell.hyperlink and "Observations" in str(cell.hyperlink.location):
                name, place = str(cell.hyperlink.location).replace("'", "").split("!")
                assert 2 <= int(place[1:]) <= sheet_of(book, name).max_row

"""Everything that a run can write of one exam, side by side: the same words, and ways on."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.write.excel.reading import DISPLAY, read_rows, sheet_of
from ultrasound.batch.run import Job, run_batch
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.folders import SUFFIXES

REPORT = (
    "Patient: DOE, JANE\nMRN: P-11\nExam date: 2026-03-02\n"
    "VENOUS DUPLEX OF THE LOWER EXTREMITIES\n"
    "Right leg: Acute thrombus in the gastrocnemius veins.\n"
    "Chronic thrombus in the popliteal vein.\n"
    "The right GSV at the SFJ shows reflux of 2.8 s.\n"
)
SENTENCE = (
    "ACUTE thrombus in the gastrocnemius veins; chronic post-thrombotic change in the popliteal "
    "vein"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one report with all that can be asked for."""
    folder = tmp_path_factory.mktemp("together")
    (folder / "incoming").mkdir()
    (folder / "incoming" / "doe.txt").write_text(REPORT, encoding="utf-8")
    job = Job(
        (folder / "incoming",),
        folder / "out",
        maps=True,
        pages=True,
        formats=("docx", "md"),
        per_patient=True,
    )
    run_batch(job, lambda *_: None, lambda _: None)
    return job.out


def test_each_age_of_thrombus_has_its_veins_everywhere(out: Path) -> None:
    """The sentence of the leg is the same in the workbooks, on the page and in the report."""
    book = load_workbook(next((out / "patients").iterdir()))
    row = next(read_rows(sheet_of(book, "Legs"), LAYOUTS["legs"](DISPLAY)))
    sentence = str(row["sentence"])
    assert sentence.startswith(SENTENCE)
    assert sentence in [cell.value for cells in book["Report"] for cell in cells]
    (page,) = (out / "pages").iterdir()
    assert sentence in html.unescape(page.read_text("utf-8"))
    (text,) = (out / "reports").glob("*.md")
    assert sentence in text.read_text("utf-8")


def test_a_later_run_leaves_nothing_of_an_earlier_one(out: Path) -> None:
    """Files of studies and patients are found by their folder and name, and replaced."""
    assert {path.parent.name for path in out.glob("*/*")} == set(SUFFIXES)
    run_batch(Job((out.parent / "incoming",), out), lambda *_: None, lambda _: None)
    assert list(out.glob("*/*")) == []
    headers = {cell.value for cell in sheet_of(load_workbook(out / "evidence.xlsx"), "Legs")[2]}
    assert "Map" not in headers

"""Decisions in workbooks of some exams: those of a patient, of a month, and one asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.review.booking import OpenBook
from tests.review.reviewed import SAMPLES, WHEN, pick, review, rows
from ultrasound.batch.review import ReviewJob, review_workbook
from ultrasound.batch.run import Job, run_batch
from ultrasound.batch.workbook import make_workbook
from ultrasound.errors import UsageError
from ultrasound.write import outputs

FOLDERS = ("pipe_table", "prose_by_leg")


def run_books(home: Path, out: str, *, named: bool = False) -> Path:
    """A run with maps, pages and a workbook for each patient."""
    job = Job(
        (home / "in",), home / out, maps=True, pages=True, per_patient=True, patient_names=named
    )
    run_batch(job, lambda *_: None, lambda _: None)
    return home / out


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs of some patients, and a run of them."""
    place = tmp_path_factory.mktemp("some")
    for name in FOLDERS:
        shutil.copytree(SAMPLES / name, place / "in" / name)
    run_books(place, "out")
    return place


def decide(source: Path, target: Path) -> None:
    """Decide in the first row of Review."""
    with OpenBook(source, target) as book:
        book.write("Review", 2, Decision="accept", Initials="AB")


def correct(source: Path, target: Path) -> None:
    """Write over the first diameter of Segments."""
    with OpenBook(source, target) as book:
        row = book.find("Segments", lambda r: r["Diameter (mm)"] is not None)
        book.cell("Segments", row, "Diameter (mm)").value = 4.4


def books_of(out: Path) -> list[Path]:
    """The workbooks of patients with something to review."""
    found = sorted((out / "patients").iterdir())
    return [path for path in found if load_workbook(path)["Review"].max_row > 1]


def test_a_patients_workbook_is_read_back_where_it_lies(place: Path, tmp_path: Path) -> None:
    """Its results are found one folder above, and nothing is told of other exams."""
    results = tmp_path / "results"
    shutil.copytree(place / "out", results)
    book = books_of(results)[0]
    decide(book, book)
    correct(book, book)
    told: list[str] = []
    job = ReviewJob((book,), tmp_path / "new", inputs=(place / "in",), initials="CD", date=WHEN)
    review_workbook(job, lambda *_: None, told.append)
    trail = rows(tmp_path / "new", "corrections")
    assert {row["state"] for row in trail} == {"in_force"}
    assert {row["workbook"] for row in trail} == {book.name}
    study = str(pick(trail, decision="correct")["study"])
    assert 4.4 in [row["diameter_mm"] for row in rows(tmp_path / "new", "segments")]
    assert len(trail) == 2
    assert told == ["2 decisions taken in, 0 of earlier reviews kept"]
    again = {path.name for path in (tmp_path / "new" / "patients").iterdir()}
    assert again == {path.name for path in (results / "patients").iterdir()}
    renewed = load_workbook(tmp_path / "new" / "patients" / f"{study}.xlsx")
    assert "Corrections" in renewed.sheetnames
    listed = [row[0] for row in renewed["Report"].iter_rows(values_only=True)]
    items = [row for row in rows(tmp_path / "new", "review") if row["study"] == study]
    undecided = [row for row in items if row["decision"] is None]
    assert listed.count("To review") == len(undecided) < len(items)


def test_workbooks_of_several_patients_are_read_together(place: Path, tmp_path: Path) -> None:
    """Each has decisions of its own; both are in the results."""
    one, two = books_of(place / "out")[:2]
    decide(one, tmp_path / "one.xlsx")
    decide(two, tmp_path / "two.xlsx")
    review((tmp_path / "one.xlsx", tmp_path / "two.xlsx"), tmp_path / "new", place / "out")
    trail = rows(tmp_path / "new", "corrections")
    assert {row["workbook"] for row in trail} == {"one.xlsx", "two.xlsx"}
    assert len({row["study"] for row in trail}) == 2


def test_a_workbook_that_was_asked_for_is_read_back(place: Path, tmp_path: Path) -> None:
    """It knows its run; values in Segments are taken in, since it has them from that run."""
    study = books_of(place / "out")[0].stem
    make_workbook(place / "out", tmp_path / "asked.xlsx", study=study)
    correct(tmp_path / "asked.xlsx", tmp_path / "asked.xlsx")
    told = review(tmp_path / "asked.xlsx", tmp_path / "new", place / "out")
    assert len(told) == 1
    assert {row["study"] for row in rows(tmp_path / "new", "corrections")} == {study}


def test_a_months_workbook_needs_no_sheet_that_it_never_had(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Legs, Review, Files and About are all that there is; without Review there is an error."""
    (tmp_path / "in").symlink_to(place / "in")
    with monkeypatch.context() as limits:
        limits.setattr(outputs, "MOST_STUDIES", 1)
        out = run_books(tmp_path, "out", named=True)
    assert not (out / "evidence.xlsx").exists()
    months = [b for b in sorted(out.glob("*.xlsx")) if load_workbook(b)["Review"].max_row > 1]
    decide(months[0], months[0])
    told: list[str] = []
    job = ReviewJob((months[0],), tmp_path / "new", date=WHEN)
    review_workbook(job, lambda *_: None, told.append)
    assert told == ["1 decisions taken in, 0 of earlier reviews kept"]
    names = [{path.name for path in (o / "patients").iterdir()} for o in (out, tmp_path / "new")]
    assert names[0] == names[1]
    with OpenBook(months[0], tmp_path / "b.xlsx") as book:
        book.sheet("Review").title = "Mine"
    with pytest.raises(UsageError, match="no sheet Review"):
        review(tmp_path / "b.xlsx", tmp_path / "newer", out)


def test_what_is_gone_from_a_patients_workbook_is_told(place: Path, tmp_path: Path) -> None:
    """A deleted row of an exam that it holds, and a renamed sheet, are noticed."""
    source = books_of(place / "out")[0]
    with OpenBook(source, tmp_path / "b.xlsx") as book:
        book.write("Review", 2, Decision="accept", Initials="AB")
        book.sheet("Observations").delete_rows(3)
    told = review(tmp_path / "b.xlsx", tmp_path / "new", place / "out")
    assert any("Observations: a row was deleted" in text and "(1 in all)" in text for text in told)
    with OpenBook(source, tmp_path / "c.xlsx") as book:
        book.write("Review", 2, Decision="accept", Initials="AB")
        book.sheet("Segments").title = "Mine"
    with pytest.raises(UsageError, match="no sheet Segments"):
        review(tmp_path / "c.xlsx", tmp_path / "new", place / "out")

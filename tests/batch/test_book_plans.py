"""Which exams stand in one workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.write.studies import make_decided, make_result, make_review, write_parts
from ultrasound.batch.books import find_month, plan_months, plan_patients
from ultrasound.batch.selection import WHOLE, copy_studies
from ultrasound.trends import patients
from ultrasound.write.columns import PART_TABLES
from ultrasound.write.parquet import read_table

Study = dict[str, object]


def exam(
    key: str, number: str | None = "P-1", date: str | None = "2026-03-02", **told: str
) -> Study:
    """Whose exam a study is."""
    empty = {"patient_issuer": None, "birth_date": None, "document": f"{key}.txt", "batch": 7}
    return {**empty, "study": key, "patient_id": number, "exam_date": date, **told}


@pytest.mark.parametrize(
    ("studies", "books"),
    [
        ([exam("a"), exam("b", date="2026-04-02")], [("a", "b")]),
        ([exam("a"), exam("b")], [("a", "b")]),
        ([exam("b", date="2026-04-02"), exam("a"), exam("c", date=None)], [("c", "a", "b")]),
        ([exam("a"), exam("b", "p 1")], [("a", "b")]),
        ([exam("a"), exam("b", "P-2")], [("a",), ("b",)]),
        ([exam("a", None), exam("b", None)], [("a",), ("b",)]),
        ([exam("a", patient_issuer="X"), exam("b", patient_issuer="Y")], [("a",), ("b",)]),
        (
            [exam("a", birth_date="1961-04-02"), exam("b", birth_date="1984-09-30")],
            [("a",), ("b",)],
        ),
        ([exam("a", birth_date="1961-04-02"), exam("b")], [("a", "b")]),
    ],
)
def test_patients(studies: list[Study], books: list[tuple[str, ...]]) -> None:
    """One number of one issuer is one patient, unless its exams cannot be one person's."""
    planned = list(plan_patients(studies))
    assert [book.studies for book in planned] == books
    assert [book.name for book in planned] == [keys[0] for keys in books]
    assert {book.batches for book in planned} == {(7,)}
    assert sorted(book.studies for book in plan_patients(studies[::-1])) == sorted(books)


def test_a_number_on_too_many_exams_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive made anonymous under one number has a workbook for each exam."""
    monkeypatch.setattr(patients, "_MOST_EXAMS", 2)
    studies = [exam(key) for key in "abc"]
    assert [book.studies for book in plan_patients(studies)] == [("a",), ("b",), ("c",)]
    assert [book.studies for book in plan_patients(studies[:2])] == [("a", "b")]


@pytest.mark.parametrize(
    ("date", "month"),
    [("2026-03-02", "2026-03"), (None, "undated"), ("03/02/2026", "undated"), ("x", "undated")],
)
def test_month(date: str | None, month: str) -> None:
    """Only a date that can be read in one way has a month."""
    assert find_month(exam("a", date=date)) == month


@pytest.mark.parametrize("others", [True, False])
def test_months(others: bool) -> None:
    """Every study is in one month, and files of no exam are with the undated."""
    studies = [exam("a"), exam("b", date="2025-12-31"), exam("c", date="2026-03-30")]
    planned = {book.name: book.studies for book in plan_months(studies, others=others)}
    expected: dict[str, tuple[str | None, ...]] = {"2025-12": ("b",), "2026-03": ("a", "c")}
    assert planned == {**expected, **({"undated": (None,)} if others else {})}


@pytest.mark.parametrize("batches", [None, [0]])
def test_a_copy_holds_the_rows_of_its_studies_and_no_other(
    tmp_path: Path, batches: list[int] | None
) -> None:
    """Every table of the copy has the rows of the studies asked for, whole and in order."""
    reviews = [make_result(n, review=[make_review("conflict")]) for n in (1, 2, 3)]
    results = [make_decided(result) for result in reviews]
    parts = write_parts(tmp_path / "parts", results)
    copy_studies(parts, ["study-002", "study-001"], tmp_path / "some", batches=batches)
    for table in WHOLE:
        if table in {"files", "trends"}:
            continue
        rows = [r for r in read_table(parts, table) if r["study"] in {"study-001", "study-002"}]
        copied = list(read_table(tmp_path / "some", table))
        assert rows
        assert copied == rows, table
    assert [r["path"] for r in read_table(tmp_path / "some", "files")] == ["site/a.txt"]
    assert len(list(read_table(tmp_path / "some", "trends"))) == 1
    assert set(PART_TABLES) - set(WHOLE) == {"context", "_lines"}


@pytest.mark.parametrize("study", ["study-001", "study-002", "study-003"])
def test_a_trend_goes_with_each_of_its_exams(tmp_path: Path, study: str) -> None:
    """What became of a place stands in the workbook of the first exam, the last, and between."""
    parts = write_parts(tmp_path / "parts", [make_result(n) for n in (1, 2, 3)])
    copy_studies(parts, [study], tmp_path / "one")
    assert len(list(read_table(tmp_path / "one", "trends"))) == 1
    copy_studies(parts, ["study-004"], tmp_path / "none")
    assert list(read_table(tmp_path / "none", "trends")) == []


def test_more_studies_than_one_part_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Studies go into parts of a few, and none is lost between two."""
    monkeypatch.setattr("ultrasound.batch.selection.STUDIES_PER_PART", 2)
    parts = write_parts(tmp_path / "parts", [make_result(n) for n in (1, 2, 3)])
    keys = ["study-001", "study-002", "study-003"]
    copy_studies(parts, [*keys, None], tmp_path / "some")
    assert [r["study"] for r in read_table(tmp_path / "some", "_studies")] == keys
    assert {r["path"] for r in read_table(tmp_path / "some", "files")} == {
        "site/a.txt",
        "site/b.dcm",
    }

"""Whose exams belong together: by number and issuer, and never by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trends.exams import follow, make_exam, read_rows
from ultrasound.trends import patients

FACTS = "R GSV sfj reflux_time 900"


@pytest.mark.parametrize(
    ("identities", "exams"),
    [
        ([{}, {}], [2]),
        ([{"patient_id": "P-1"}, {"patient_id": "p 1"}], [2]),
        ([{"patient_id": "P-1"}, {"patient_id": "P-2"}], []),
        ([{"patient_id": None}, {"patient_id": None}], []),
        ([{"patient_id": "-"}, {"patient_id": "-"}], []),
        ([{"patient_issuer": "A"}, {"patient_issuer": "B"}], []),
        ([{"patient_issuer": "A"}, {"patient_issuer": "B"}] * 2, [2, 2]),
        ([{"patient_issuer": "A"}, {}], [2]),
        ([{"patient_issuer": "A"}, {}, {"patient_issuer": "B"}, {}], [2]),
        ([{"patient_name": "Doe^Jane"}, {"patient_name": "Roe^Mary"}], [2]),
    ],
)
def test_patients(
    identities: list[dict[str, str | None]], exams: list[int], tmp_path: Path
) -> None:
    """The same number of two issuers is two patients; without a number there is no patient."""
    written = [
        make_exam(n, f"2024-{n:02}-01", FACTS, "", **told) for n, told in enumerate(identities, 1)
    ]
    assert follow(tmp_path, written).patients == len(exams)
    rows = [row for row in read_rows(tmp_path, "trends") if row["property"] == "reflux_time"]
    assert [row["exams"] for row in rows] == exams
    assert read_rows(tmp_path, "review") == []


def test_two_issuers_keep_their_own_values(tmp_path: Path) -> None:
    """No value of one issuer's patient gets into the row of the other's."""
    times = {"A": (600, 700), "B": (2000, 3000)}
    exams = [
        make_exam(
            n * 2 + later, f"2024-0{n * 2 + later}-01", f"R GSV sfj reflux_time {time}",
            patient_issuer=issuer,
        )
        for n, (issuer, both) in enumerate(times.items(), 1)
        for later, time in enumerate(both)
    ]  # fmt: skip
    follow(tmp_path, exams[::-1])
    rows = [row for row in read_rows(tmp_path, "trends") if row["property"] == "reflux_time"]
    assert [(r["patient_issuer"], r["first_value"], r["last_value"]) for r in rows] == [
        ("A", "600", "700"),
        ("B", "2000", "3000"),
    ]


@pytest.mark.parametrize("date", [None, "03/04/2024", "2023-01-01"])
def test_an_exam_that_is_on_no_other_day(date: str | None, tmp_path: Path) -> None:
    """An exam without a date, or with one of two readings, stands on no line of time."""
    exams = [make_exam(1, "2023-01-01", FACTS), make_exam(2, date, FACTS)]
    assert follow(tmp_path, exams).patients == 0
    assert read_rows(tmp_path, "trends") == []


def test_one_number_with_two_birth_dates(tmp_path: Path) -> None:
    """Exams that cannot be one person's are not compared, and the last of them says so."""
    exams = [
        make_exam(1, "2024-01-01", FACTS, birth_date="1961-04-02"),
        make_exam(2, "2025-01-01", FACTS, birth_date="1984-09-30"),
    ]
    assert follow(tmp_path, exams).review_items == 1
    assert read_rows(tmp_path, "trends") == []
    (item,) = read_rows(tmp_path, "review")
    assert (item["study"], item["code"]) == ("study-002", "identity_mismatch")
    assert "birth dates" in str(item["message"])


def test_a_number_on_too_many_exams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that an archive puts on everybody is that of nobody."""
    monkeypatch.setattr(patients, "_MOST_EXAMS", 3)
    exams = [make_exam(n, f"2024-0{n}-01", FACTS) for n in range(1, 5)]
    follow(tmp_path / "three", exams[:3])
    assert len(read_rows(tmp_path / "three", "trends")) == 2
    follow(tmp_path / "four", exams)
    assert read_rows(tmp_path / "four", "trends") == []
    assert [row["study"] for row in read_rows(tmp_path / "four", "review")] == ["study-004"]

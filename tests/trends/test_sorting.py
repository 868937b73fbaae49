"""Rows come patient by patient, whatever part they lie in, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

from tests.trends.exams import make_exam, write_exams
from ultrasound.trends.sorting import read_by_patient


def test_one_patient_after_the_other(tmp_path: Path) -> None:
    """Each patient has all of its rows, others are passed over, and the database goes."""
    exams = [make_exam(n, "2024-01-01", f"R GSV sfj reflux_time {n}00") for n in range(1, 7)]
    write_exams(tmp_path, exams)
    numbers = {"study-001": 7, "study-004": 7, "study-003": 2, "study-006": 2}
    columns = {"segments": ("study", "reflux_time_ms"), "context": ("study",)}
    before = sorted(tmp_path.iterdir())
    found = [(n, rows) for n, rows in read_by_patient(tmp_path, numbers, columns)]
    times = {
        n: [(row["study"], row["reflux_time_ms"]) for row in rows["segments"]] for n, rows in found
    }
    assert list(times) == [2, 7]
    assert times[2] == [("study-003", 300), ("study-006", 600)]
    assert times[7] == [("study-001", 100), ("study-004", 400)]
    assert [rows["context"] for _, rows in found] == [[], []]
    assert sorted(tmp_path.iterdir()) == before


def test_the_database_goes_when_the_reader_stops(tmp_path: Path) -> None:
    """A run that ends early leaves no copy of the rows."""
    write_exams(tmp_path, [make_exam(1, "2024-01-01", "R GSV sfj reflux_time 900")])
    reading = read_by_patient(tmp_path, {"study-001": 0}, {"segments": ("study",)})
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.glob("*.sqlite"))

"""Three exams of one patient through a whole run: only what the reports say decides the trend."""

from __future__ import annotations

import csv
from itertools import permutations
from pathlib import Path

import pytest

from ultrasound.batch.run import Job, run_batch

OLDEST = """MRN: P-1001   Exam date: 2023-03-01
VENOUS REFLUX DUPLEX, BOTH LEGS
Right leg:
GSV at the SFJ: reflux time 2.4 s, diameter 7.4 mm.
Left leg:
SSV competent.
"""
MIDDLE = """MRN: P-1001   Exam date: 2024-05-02
VENOUS REFLUX DUPLEX, BOTH LEGS
Comparison: duplex of 2023-03-01.
Right leg:
GSV at the SFJ: reflux time 2.9 s (previously 2.4 s), diameter 8.1 mm (previously 7.0 mm).
Left leg:
SSV competent.
"""
LATEST = """MRN: P1001   Exam date: 2025-06-09
VENOUS REFLUX DUPLEX, BOTH LEGS
Right leg:
GSV ablated and closed. GSV diameter 3 mm at the SFJ.
Left leg:
SSV reflux 1.2 s at the SPJ.
"""
NAMES = ("a.txt", "b.txt", "c.txt")


def read_csv(out: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (out / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def run(folder: Path, texts: tuple[str, ...], workers: int = 1) -> Path:
    """Read the reports, named in the order given, and return the folder of the results."""
    source = folder / "in"
    source.mkdir(parents=True)
    for name, text in zip(NAMES, texts, strict=True):
        (source / name).write_text(text, encoding="utf-8")
    summary = run_batch(Job((source,), folder / "out", workers), lambda *_: None, lambda _: None)
    assert summary.counts["review_items"] == len(read_csv(folder / "out", "review"))
    assert summary.counts["patients_followed"] == 1
    return folder / "out"


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results with the oldest exam first."""
    return run(tmp_path_factory.mktemp("usual"), (OLDEST, MIDDLE, LATEST))


@pytest.mark.parametrize("order", list(permutations((OLDEST, MIDDLE, LATEST)))[1:])
def test_the_oldest_may_come_last(usual: Path, order: tuple[str, ...], tmp_path: Path) -> None:
    """The trend is the same in whatever order the exams are read."""
    rows = read_csv(run(tmp_path, order), "trends")
    assert rows == read_csv(usual, "trends")


def test_the_number_of_workers_changes_no_byte(usual: Path, tmp_path: Path) -> None:
    """Every output is the same with two processes."""
    out = run(tmp_path, (OLDEST, MIDDLE, LATEST), workers=2)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {
        p.name: p.read_bytes() for p in usual.iterdir()
    }


def test_what_became_of_the_legs(usual: Path) -> None:
    """Each value from the first to the last exam that states it."""
    rows = {
        (r["leg"], r["vein"], r["segment"], r["property"]): r for r in read_csv(usual, "trends")
    }
    diameter = rows["right", "GSV", "sfj", "diameter"]
    assert (diameter["first_value"], diameter["previous_value"], diameter["last_value"]) == (
        "7.4",
        "8.1",
        "3",
    )
    assert (diameter["difference"], diameter["difference_since_previous"]) == ("-4.4", "-5.1")
    status = rows["right", "GSV", "sfj", "status"]
    assert (status["first_value"], status["last_value"]) == ("refluxing", "treated_closed")
    assert rows["right", "GSV", "sfj", "reflux_time"]["last_date"] == "2024-05-02"
    assert rows["left", "SSV", "spj", "status"]["last_value"] == "refluxing"


def test_the_value_that_is_repeated_wrongly(usual: Path) -> None:
    """2.4 s was right and is nothing; 7.0 mm was 7.4 mm and is asked for, on the later exam."""
    (item,) = [row for row in read_csv(usual, "review") if row["code"] == "conflict"]
    assert (item["document"], item["leg"], item["vein"]) == ("b.txt", "right", "GSV")
    assert "7 mm" in item["message"]
    assert "7.4 mm" in item["message"]
    legs = {(r["exam_date"], r["leg"]): r for r in read_csv(usual, "legs")}
    assert legs["2024-05-02", "right"]["review_items"] == "1"
    assert legs["2024-05-02", "left"]["review_items"] == "0"
    lines = (usual / "observations.jsonl").read_text("utf-8").splitlines()
    assert sum('"code":"conflict"' in line for line in lines) == 1

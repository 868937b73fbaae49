"""Decisions on what came up beside another exam of the patient: known by the facts, kept alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.test_over_time import LATEST, MIDDLE, OLDEST
from tests.review.booking import OpenBook
from tests.review.reviewed import Row, bytes_of, pick, review, rows, run
from ultrasound.knowledge import load_knowledge
from ultrasound.review.trail import read_trail

OF_ANOTHER = "compared over time"


def write_inputs(folder: Path, *texts: str) -> Path:
    """Reports in a folder, named in the order given."""
    folder.mkdir(parents=True)
    for name, text in zip("abc", texts, strict=False):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def decide(folder: Path, kind: str, decision: str, value: str | None = None) -> Row:
    """Decide on the only item of a kind, in the results in ``out``; that item after the review."""
    with OpenBook(folder / "out" / "evidence.xlsx", folder / "b.xlsx") as book:
        row = book.find("Review", lambda r: r["Kind"] == kind)
        book.write("Review", row, Decision=decision, Corrected_value=value, Initials="AB")
    before = pick(rows(folder / "out", "review"), code=kind.replace(" ", "_"))
    told = review(folder / "b.xlsx", folder / "reviewed", folder / "out")
    assert ["decisions taken in, 0 of earlier" in note for note in told] == [True]
    return before


def count_items(out: Path) -> int:
    """How many items the legs still have."""
    return sum(int(str(row["review_items"])) for row in rows(out, "legs"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run of three exams, of which the second repeats a diameter of the first wrongly."""
    run(tmp_path / "out", write_inputs(tmp_path / "in", OLDEST, MIDDLE, LATEST))
    return tmp_path


def test_an_accepted_item_stays_decided(folder: Path) -> None:
    """The same item, wherever the files lie and in whatever order they are read."""
    before = decide(folder, "conflict", "accept")
    assert count_items(folder / "out") == 1
    kept = read_trail(folder / "reviewed" / "corrections.csv", load_knowledge())
    assert run(folder / "later", folder / "in", kept).counts["review_items"] == 0
    assert bytes_of(folder / "later") == bytes_of(folder / "reviewed")
    moved = write_inputs(folder / "moved" / "in", LATEST, OLDEST, MIDDLE)
    run(folder / "moved" / "out", moved, kept)
    for out in (folder / "reviewed", folder / "moved" / "out"):
        item = pick(rows(out, "review"), code="conflict")
        assert (item["id"], item["decision"], item["initials"]) == (before["id"], "accept", "AB")
        assert count_items(out) == 0
        trail = rows(out, "corrections")
        assert sorted(str(row["value_from"]) for row in trail) == ["7 mm", "7.4 mm"]
        assert {row["state"] for row in trail} == {"in_force"}


def test_a_corrected_item_is_settled(folder: Path) -> None:
    """The value takes the place of the repeated one, agrees with its exam, and nothing is asked."""
    decide(folder, "conflict", "correct", "7.4 mm")
    trail = rows(folder / "reviewed", "corrections")
    told = {(str(row["decision"]), str(row["value_from"])): row["value_to"] for row in trail}
    assert told == {("correct", "7 mm"): "7.4 mm", ("accept", "7.4 mm"): None}
    assert rows(folder / "reviewed", "review") == []
    assert rows(folder / "reviewed", "trends") == rows(folder / "out", "trends")


def test_the_earlier_exam_may_be_wrong(folder: Path) -> None:
    """Its own value is corrected, and so is what became of it over time."""
    decide(folder, "conflict", "correct", "7 mm")
    assert rows(folder / "reviewed", "review") == []
    trend = pick(rows(folder / "reviewed", "trends"), property="diameter")
    assert (trend["first_value"], trend["difference"]) == ("7", -4.0)


def test_neither_may_be_right(folder: Path) -> None:
    """Both exams are given the value, not one of them alone."""
    decide(folder, "conflict", "correct", "7.2 mm")
    trail = rows(folder / "reviewed", "corrections")
    assert [row["decision"] for row in trail] == ["correct", "correct"]
    assert rows(folder / "reviewed", "review") == []
    trend = pick(rows(folder / "reviewed", "trends"), property="diameter")
    assert trend["first_value"] == "7.2"


def test_an_item_without_facts_stays_decided(tmp_path: Path) -> None:
    """A doubt about whose exams they are: settled, and no longer urgent, in every later run."""
    born = [f"DOB: 19{year}-01-01\n{text}" for year, text in ((50, OLDEST), (60, LATEST))]
    run(tmp_path / "out", write_inputs(tmp_path / "in", *born))
    before = decide(tmp_path, "identity mismatch", "accept")
    assert OF_ANOTHER in str(before["message"])
    assert before["observations"] is None
    item = pick(rows(tmp_path / "reviewed", "review"), code="identity_mismatch")
    assert (item["id"], item["decision"]) == (before["id"], "accept")
    (trail,) = rows(tmp_path / "reviewed", "corrections")
    assert (trail["study"], trail["state"]) == (item["study"], "in_force")
    for out, urgent in ((tmp_path / "out", True), (tmp_path / "reviewed", False)):
        told = [str(row["attention"]) for row in rows(out, "legs") if row["study"] == item["study"]]
        assert {"identity_mismatch" in words for words in told} == {urgent}
    kept = read_trail(tmp_path / "reviewed" / "corrections.csv", load_knowledge())
    run(tmp_path / "later", tmp_path / "in", kept)
    assert bytes_of(tmp_path / "later") == bytes_of(tmp_path / "reviewed")

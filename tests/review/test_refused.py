"""What a review refuses, with the cell, line or option to mend."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.review.booking import OpenBook
from tests.review.reviewed import HOSTILE, review
from ultrasound.errors import UsageError
from ultrasound.knowledge import load_knowledge
from ultrasound.review.trail import read_trail


def test_unclear_cells_are_named(home: Path, tmp_path: Path) -> None:
    """Every cell that cannot be taken in is named with its sheet, and nothing is written."""
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        wrong = [
            {"Decision": "perhaps", "Initials": "AB"},
            {"Decision": "correct", "Corrected_value": "-3", "Initials": "AB"},
            {"Decision": "accept", "Initials": HOSTILE},
            {"Decision": "accept", "Corrected_value": "3 mm", "Initials": "AB"},
        ]
        for row, entries in enumerate(wrong, 2):
            book.write("Review", row, **entries)
        last = book.sheet("Review").max_row + 1
        fact = "left GSV reflux absent"
        book.write("Review", last, Decision="add", Corrected_value=fact, Study="none", Initials="A")
        row = book.find("Segments", lambda r: r["Diameter (mm)"] == 7.4)
        book.write("Segments", row, Vein="SSV", Anatomy=HOSTILE)
        book.cell("Segments", row + 1, "Flow").value = HOSTILE
    with pytest.raises(UsageError) as caught:
        review(tmp_path / "b.xlsx", tmp_path / "out", home / "out", initials=None)
    told = str(caught.value)
    cells = [line.partition(":")[0] for line in told.splitlines()]
    names = [cell.partition("!")[0] for cell in cells]
    assert (names.count("Review"), names.count("Segments")) == (5, 2)
    assert len(set(cells)) == len(cells)
    assert HOSTILE not in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("b.xlsx", b"no workbook"), ("b.xlsx", b"PK\x03\x04"), ("b.txt", b""), ("none.xlsx", None)],
)
def test_what_is_no_workbook(home: Path, tmp_path: Path, name: str, content: bytes | None) -> None:
    """A file that cannot be read is one error that says so."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read as a workbook"):
        review(tmp_path / name, tmp_path / "out", home / "out")


def test_what_is_missing(home: Path, tmp_path: Path) -> None:
    """No record, no inputs, no decision, no date: each is one error that says what to do."""
    book = home / "out" / "evidence.xlsx"
    with pytest.raises(UsageError, match="--results"):
        review(book, tmp_path / "out", tmp_path)
    with pytest.raises(UsageError, match="no decision"):
        review(book, tmp_path / "out", home / "out")
    with pytest.raises(UsageError, match="--date"):
        review(book, tmp_path / "out", home / "out", date=None)
    with pytest.raises(UsageError, match="not a date"):
        review(book, tmp_path / "out", home / "out", date="yesterday")
    shutil.copytree(home / "out", tmp_path / "far" / "out")
    with pytest.raises(UsageError, match="--input"):
        review(home / "decided.xlsx", tmp_path / "new", tmp_path / "far" / "out")


def test_record_names_the_inputs(home: Path) -> None:
    """The record says where the inputs lie, seen from the results."""
    assert json.loads((home / "out" / "run.json").read_text("utf-8"))["given"] == [
        (Path("..") / "in").as_posix()
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("1900 ms", "soon"), (",correct,", ",perhaps,"), ("id,study", "x,study"), (",AB,", ",,")],
)
def test_a_damaged_trail_is_refused(home: Path, tmp_path: Path, old: str, new: str) -> None:
    """A trail that was edited into nonsense is an error that names the file."""
    text = (home / "reviewed" / "corrections.csv").read_text("utf-8")
    assert old in text
    (tmp_path / "corrections.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError, match=r"corrections\.csv"):
        read_trail(tmp_path / "corrections.csv", load_knowledge())

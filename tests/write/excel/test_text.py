"""Texts, dates and names that Excel can hold."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultrasound.write.excel.text import (
    LONGEST_CELL,
    clean_text,
    looks_like_formula,
    name_sheet,
    read_date,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("bell\x07", "bell␇"),
        ("null\x00", "null␀"),
        ("old line\r\nend", "old line\nend"),
        ("return\rhere", "return␍here"),
        ("lone \ud800 half", "lone � half"),
        ("not a character \uffff", "not a character �"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x41_", "_x41_"),
        ("emoji 🦵 and \u202eright to left", "emoji 🦵 and \u202eright to left"),
    ],
)
def test_clean(text: str, shown: str) -> None:
    """What Excel cannot hold is shown by a picture; everything else stays."""
    assert clean_text(text) == shown


@pytest.mark.parametrize("letter", ["a", "é", "🦵"])
def test_longest(letter: str) -> None:
    """A text at the limit stays, one beyond it ends with a mark within the limit."""
    units = len(letter.encode("utf-16-le")) // 2
    whole = letter * (LONGEST_CELL // units)
    assert clean_text(whole) == whole
    cut = clean_text(whole + letter * 2)
    assert cut.endswith("… [cut here; whole in the Parquet table]")
    assert cut.startswith(letter * 1000)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL


@given(st.text(max_size=60))
def test_no_text_is_refused(text: str) -> None:
    """Any text becomes one that is written as XML and is within the limit."""
    shown = clean_text(text, 40)
    assert len(shown.encode("utf-16-le")) // 2 <= 40
    assert not any(ord(letter) < 0x20 and letter not in "\t\n" for letter in shown)


@pytest.mark.parametrize(
    ("text", "formula"),
    [("=1", True), ("+1", True), ("-1", True), ("@a", True), ("1=1", False), ("", False)],
)
def test_formula(text: str, formula: bool) -> None:
    """A text that starts like a formula is known."""
    assert looks_like_formula(text) is formula


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-02", datetime.date(2026, 3, 2)),
        ("20260302", datetime.date(2026, 3, 2)),
        ("2026-02-30", None),
        ("1900-03-01", datetime.date(1900, 3, 1)),
        ("1899-12-31", None),
        ("03/02/2026", None),
        ("", None),
    ],
)
def test_date(text: str, date: datetime.date | None) -> None:
    """Only a date that is written year first is a date."""
    assert read_date(text) == date


def test_sheet_name() -> None:
    """A sheet name never has more than 31 characters, its number included."""
    assert name_sheet("Observations") == "Observations"
    assert name_sheet("Observations", 2) == "Observations 2"
    assert name_sheet("n" * 40, 12) == "n" * 28 + " 12"

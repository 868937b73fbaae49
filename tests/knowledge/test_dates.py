"""Dates as they are written, with every way to read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultrasound.knowledge.dates import read_date
from ultrasound.knowledge.schema_identity import load_identity

MONTHS = load_identity().table.dates.months


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", ["2024-03-05"]),
        ("2024/3/5 09:30", ["2024-03-05"]),
        ("20240305", ["2024-03-05"]),
        ("03/04/2024", ["2024-03-04", "2024-04-03"]),
        ("13/04/2024", ["2024-04-13"]),
        ("04/13/2024", ["2024-04-13"]),
        ("04/04/2024", ["2024-04-04"]),
        ("3.4.2024", ["2024-03-04", "2024-04-03"]),
        ("14 March 2024", ["2024-03-14"]),
        ("March 14, 2024", ["2024-03-14"]),
        ("Thursday, March 14th, 2024", ["2024-03-14"]),
        ("14-Mar-2024", ["2024-03-14"]),
        ("14MAR2024", ["2024-03-14"]),
        ("14th of March 2024", ["2024-03-14"]),
        ("14 Mar 24", ["1924-03-14", "2024-03-14"]),
        ("24-03-14", ["1914-03-24", "1924-03-14", "2014-03-24", "2024-03-14"]),
        ("31/02/2024", []),
    ],
)
def test_a_date_has_all_its_readings(text: str, expected: list[str]) -> None:
    """Nothing is chosen that the words do not choose, and no impossible day is read."""
    written = read_date(text, MONTHS)
    assert written is not None
    assert [reading.iso for reading in written.readings] == expected


@pytest.mark.parametrize("text", ["", "unknown", "12 Lead 2024", "58 y/o", "2024", "1/2", "VL-20"])
def test_what_is_no_date_has_no_readings(text: str) -> None:
    """Ages, numbers and words are no dates."""
    assert read_date(text, MONTHS) is None


def test_the_order_is_kept_where_it_was_chosen() -> None:
    """Only a reading that rests on an order of day and month names it."""
    written = read_date("03/04/2024", MONTHS)
    assert written is not None
    assert [(r.iso, r.order) for r in written.readings] == [
        ("2024-03-04", "mdy"),
        ("2024-04-03", "dmy"),
    ]


@given(st.dates())
def test_an_iso_date_is_itself(day: object) -> None:
    """A date in the standard's form has one reading: that day."""
    text = str(day)
    written = read_date(text, MONTHS)
    assert written is not None
    assert [reading.iso for reading in written.readings] == [text]


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    """Whatever follows a label is a date or is none."""
    written = read_date(text, MONTHS)
    assert written is None or 0 < written.end <= len(text)

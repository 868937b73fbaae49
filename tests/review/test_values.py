"""What a reviewer may write, and what is refused with a word on what to write instead."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultrasound.domain import COMPARATORS, Leg, Quantity
from ultrasound.knowledge import load_knowledge
from ultrasound.review.values import (
    CODES,
    UNITS,
    ValueUnclearError,
    check_place,
    parse_statement,
    parse_value,
)
from ultrasound.write.review_rows import write_value

KNOWLEDGE = load_knowledge()
CONTRACT = Path(__file__).parents[2] / "docs" / "contract.md"


@pytest.mark.parametrize(
    ("prop", "text", "expected"),
    [
        ("reflux_time", "2.3 s", "2300 ms"),
        ("reflux_time", "2,3 s", "2300 ms"),
        ("reflux_time", ">4000", "> 4000 ms"),
        ("reflux_time", "≥ 0.5 SEC", ">= 500 ms"),
        ("diameter", "0.7 cm", "7 mm"),
        ("diameter", "4-6 mm", "4 to 6 mm"),
        ("diameter", "4 – 6", "4 to 6 mm"),
        ("velocity", "30 cm/s", "30 cm/s"),
        ("reflux", "ABSENT", "absent"),
        ("anatomy", "Not visualized", "not_visualized"),
        ("treatment_result", "ehit 2", "ehit_2"),
    ],
)
def test_value(prop: str, text: str, expected: str) -> None:
    """A value in the ways in which people write it."""
    assert write_value(parse_value(prop, text, KNOWLEDGE)) == expected


@pytest.mark.parametrize(
    ("prop", "text"),
    [
        ("reflux_time", "2.3"),  # seconds, most likely
        ("reflux_time", "2,300 ms"),  # a thousand or a decimal
        ("reflux_time", "7 mm"),
        ("diameter", "6-4 mm"),
        ("diameter", "-4 mm"),
        ("diameter", "٤ mm"),
        ("diameter", "1" * 41),
        ("diameter", "=4+3"),
        ("diameter", '=HYPERLINK("http://x")'),
        ("diameter", "wide"),
        ("diameter", ""),
        ("reflux", "yes"),
        ("reflux", "acute"),
        ("thrombus", "\u202eabsent"),
    ],
)
def test_unclear_value(prop: str, text: str) -> None:
    """What does not parse is an error that does not repeat it."""
    with pytest.raises(ValueUnclearError) as caught:
        parse_value(prop, text, KNOWLEDGE)
    assert not text or text not in str(caught.value)


@given(
    st.sampled_from(sorted(UNITS)),
    st.decimals(0, 99999, places=3),
    st.sampled_from(COMPARATORS),
    st.none() | st.decimals(0, 999, places=2),
)
def test_a_written_value_is_read_back_exactly(
    prop: str, value: Decimal, comparator: str, more: Decimal | None
) -> None:
    """The trail holds values in a form that gives them back."""
    upper = None if more is None else value + more
    quantity = Quantity(value, UNITS[prop], comparator, upper)
    assert parse_value(prop, write_value(quantity) or "", KNOWLEDGE) == quantity


@given(st.sampled_from([*UNITS, *CODES]), st.text())
def test_no_text_breaks_the_parser(prop: str, text: str) -> None:
    """Any text is a value or an unclear one."""
    try:
        parse_value(prop, text, KNOWLEDGE)
        parse_statement(text, KNOWLEDGE)
    except ValueUnclearError:
        pass


def test_codes_are_those_of_the_contract() -> None:
    """Each property has the values that docs/contract.md lists."""
    section = (
        CONTRACT.read_text(encoding="utf-8").partition("## Properties")[2].partition("\n## ")[0]
    )
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|$", section, flags=re.MULTILINE)
    listed = {name: re.findall(r"`(\w+)`", values) for name, values, _ in rows}
    assert {name: codes.split() for name, codes in CODES.items()} == {
        name: values for name, values in listed.items() if name in CODES
    }
    assert {name: unit.strip() for name, _, unit in rows if unit.strip()} == UNITS


def test_statement() -> None:
    """A fact with its place, or without the parts that its row names."""
    whole = parse_statement("Right gsv Knee reflux_time 900 ms", KNOWLEDGE)
    assert (whole.leg, whole.vein, whole.segment) == (Leg.RIGHT, "GSV", "knee")
    assert write_value(whole.value) == "900 ms"
    assert parse_statement("reflux absent", KNOWLEDGE).vein is None
    for text in ("", "reflux", "right GSV 900 ms", "right GSV knee calf reflux absent"):
        with pytest.raises(ValueUnclearError):
            parse_statement(text, KNOWLEDGE)


def test_place() -> None:
    """A fact needs a leg, a vein and a level that the vein has."""
    assert check_place(Leg.LEFT, "CPV", "mid_calf", KNOWLEDGE) == "CPV"
    assert check_place(None, "IVC", None, KNOWLEDGE) == "IVC"
    wrong = [(None, "GSV", None), (Leg.LEFT, None, None), (Leg.LEFT, "XYZ", None)]
    for leg, vein, segment in [*wrong, (Leg.LEFT, "SSV", "sfj")]:
        with pytest.raises(ValueUnclearError):
            check_place(leg, vein, segment, KNOWLEDGE)

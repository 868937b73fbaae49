"""Many wordings of one finding, each alone, behind a vein, in a list and under a heading."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.extract.marked import facts_of, read_text
from ultrasound.domain import Temporality
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
TABLE = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))["wording"]
CARRIERS = (
    "Right GSV{}.",
    "The right GSV{}.",
    "RIGHT LEG\nGSV{}\nSSV: 3 mm",
    "RIGHT LEG\n- GSV{}.\n- SSV: 3 mm.",
)
CASES = [
    (row["property"], row["value"], words)
    for row in TABLE
    for words in (*row["spoken"], *(f": {answer}" for answer in row["listed"]))
]


@pytest.mark.parametrize(
    ("name", "value", "words"), CASES, ids=[f"{n} {v} {w}" for n, v, w in CASES]
)
def test_wording_is_read_alike_wherever_it_stands(name: str, value: str, words: str) -> None:
    """The vein gets this value of the property, and no other value of it."""
    for carrier in CARRIERS:
        text = carrier.format(words if words.startswith(":") else f" {words}")
        facts = facts_of(read_text(text, KNOWLEDGE), Temporality.CURRENT)
        values = {fact[4] for fact in facts if fact[:2] == ("R", "GSV") and fact[3] == name}
        assert values == {value}, text

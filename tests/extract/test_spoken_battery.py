"""Statements of speech, with and without commas: each is read as what it says, of its own vein."""

from __future__ import annotations

import pytest

from tests.extract.marked import facts_of, read_text
from tests.extract.spoken_battery import Fact, Spoken, draw_denials, draw_spoken
from ultrasound.domain import Temporality
from ultrasound.knowledge import Knowledge, load_knowledge

CASES = 3000
# of one vein without a comma some stay open: at most so many of all
OPEN = 0.001


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


def read(text: str, knowledge: Knowledge) -> frozenset[Fact]:
    """The facts of a text, without the presence of a reflux that has its time."""
    cells = frozenset(f[:5] for f in facts_of(read_text(text, knowledge), Temporality.CURRENT))
    timed = {f[:3] for f in cells if f[3] == "reflux_time"}
    return frozenset(f for f in cells if f[:3] not in timed or f[3:] != ("reflux", "present"))


def expect(facts: frozenset[Fact]) -> frozenset[Fact]:
    """What is due, in the same form."""
    timed = {f[:3] for f in facts if f[3] == "reflux_time"}
    return frozenset(f for f in facts if f[:3] not in timed or f[3:] != ("reflux", "present"))


def test_statements_of_speech_are_read(knowledge: Knowledge) -> None:
    """Two statements side by side, in every punctuation, keep their polarity, vein and leg."""
    wrong = []
    for number in range(CASES):
        case = draw_spoken(number)
        if read(case.text, knowledge) != expect(case.facts):
            wrong.append(case.text)
    assert len(wrong) <= OPEN * CASES, wrong


@pytest.mark.parametrize("case", draw_denials(), ids=lambda case: case.text)
def test_denial_is_read(case: Spoken, knowledge: Knowledge) -> None:
    """A denial denies with any of its verbs, its apostrophe written or not."""
    assert read(case.text, knowledge) == case.facts


def test_planted_wrong_polarity_is_seen(knowledge: Knowledge) -> None:
    """A case with its polarity turned is not what is read."""
    case = draw_spoken(3)
    turned = frozenset((*f[:4], "turned") for f in case.facts)
    assert read(case.text, knowledge) != turned

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
    """A statement without its denial, or of the other leg, is not read as what the case states."""
    for case in draw_denials():
        denial, word = case.text.removeprefix("The right POPV ").rsplit(maxsplit=1)
        verb = "is " if denial.split()[0] not in ("does", "did", "do", "will", "would") else ""
        assert read(f"The right POPV {verb}{word}", knowledge) != case.facts, case.text
        assert read(case.text.replace("right", "left"), knowledge) != case.facts, case.text

"""Every rule of the contract on sentences with all that they say, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.marked import Case, facts_of, load_cases, read_fact, read_kept, read_text
from ultrasound.domain import Temporality
from ultrasound.knowledge import Knowledge, load_knowledge

HERE = Path(__file__).parent
FILES = (
    "sentences.toml",
    "tables.toml",
    "worksheets.toml",
    "centre_tables.toml",
    "earlier.toml",
    "untested.toml",
    "letters_and_sheets.toml",
    "ranges.toml",
    "values_and_places.toml",
    "thrombosis.toml",
    "perforators_and_forms.toml",
    "contradictions.toml",
    "told_apart.toml",
    "turns.toml",
    "laid_out.toml",
    "labelled.toml",
    "courses.toml",
    "clots_and_closures.toml",
    "grids.toml",
    "numbers.toml",
    "states.toml",
    "both_legs.toml",
)
CASES = [case for name in FILES for case in load_cases(HERE / name)]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_sentence_says_exactly_its_facts(case: Case, knowledge: Knowledge) -> None:
    """A sentence gives all facts that are marked, and no other."""
    found = read_kept(case.text, knowledge)
    assert facts_of(found, Temporality.CURRENT) == case.facts
    assert facts_of(found, Temporality.PRIOR) == case.prior


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_sentence_asks_exactly_what_is_due(case: Case, knowledge: Knowledge) -> None:
    """A sentence asks a person where it is marked so, and nowhere else."""
    found = read_kept(case.text, knowledge)
    assert {item.code for item in found.review if item.code != "misspelt"} == case.review


def test_planted_wrong_marks_are_seen(knowledge: Knowledge) -> None:
    """A mark with another leg, number or polarity is not equal to what is read."""
    found = facts_of(
        read_text("The right SFJ is competent, 4.1 mm.", knowledge), Temporality.CURRENT
    )
    assert found == {
        read_fact("R GSV sfj reflux absent"),
        read_fact("R GSV sfj diameter 4.1"),
    }
    for wrong in ("L GSV sfj diameter 4.1", "R GSV sfj diameter 4.2", "R GSV sfj reflux present"):
        assert read_fact(wrong) not in found


@pytest.mark.parametrize("line", ["R GSV sfj reflux", "R GSV sfj reflux present = - more"])
def test_marks_are_read_strictly(line: str) -> None:
    """A mark with too few or too many cells is refused."""
    with pytest.raises(ValueError, match="cells"):
        read_fact(line)

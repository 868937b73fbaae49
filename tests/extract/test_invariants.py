"""What holds for every report: no text raises, sides are symmetric, white space changes nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.marked import Fact, facts_of, read_text
from ultrasound.domain import Temporality
from ultrasound.knowledge import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge()
VEINS = ("GSV", "SSV", "AASV", "popliteal vein", "CFV", "great saphenous vein", "Dodd perforator")
SAID = (
    "is competent",
    "is incompetent",
    "measures 5.4 mm",
    "refluxes for 1.2 s",
    "shows no reflux",
    "is fully compressible",
    "is patent and incompetent, 3.1 mm, reflux 0.8 s",
    "was not assessed",
)
LEVELS = ("", " at the knee", " in the proximal thigh", " in the mid calf")

sentences = st.builds(
    lambda leg, vein, level, said: f"{leg} {vein}{level} {said}.",
    st.sampled_from(("Right", "Left", "Bilateral")),
    st.sampled_from(VEINS),
    st.sampled_from(LEVELS),
    st.sampled_from(SAID),
)
reports = st.lists(sentences, min_size=1, max_size=6).map(" ".join)


def current(text: str, knowledge: Knowledge = KNOWLEDGE) -> frozenset[Fact]:
    """The facts that a report gives of this exam."""
    return facts_of(read_text(text, knowledge), Temporality.CURRENT)


def swap_words(text: str) -> str:
    """The report with its sides exchanged."""
    swapped = {"Right": "Left", "Left": "Right"}
    return re.sub("Right|Left", lambda match: swapped[match.group()], text)


def swap_facts(facts: frozenset[Fact]) -> frozenset[Fact]:
    """The facts with their legs exchanged."""
    swapped = {"R": "L", "L": "R", "-": "-"}
    return frozenset((swapped[fact[0]], *fact[1:]) for fact in facts)


@given(reports)
def test_swapping_sides_swaps_legs(text: str) -> None:
    """Left and right exchanged in a report exchange the legs, and change nothing else."""
    assert current(swap_words(text)) == swap_facts(current(text))


@given(st.lists(sentences, min_size=1, max_size=6), st.sampled_from(VEINS))
def test_sentences_left_out_change_nothing_else(told: list[str], vein: str) -> None:
    """Without the sentences about one vein a report says the same of all others, and no more."""
    left = [sentence for sentence in told if vein not in sentence]
    others = {fact for sentence in left for fact in current(sentence)}
    assert current(" ".join(left)) == frozenset(others) <= current(" ".join(told))


@given(reports, st.sampled_from(("  ", "\n", " \n ")))
def test_white_space_changes_only_offsets(text: str, blank: str) -> None:
    """Line breaks and double blanks within a sentence leave the facts as they are.

    From three blanks on a gap parts the cells of a table, and is no white space of a sentence.
    """
    wider = re.sub(r"(?<=[a-z]) (?=[a-z])", blank, text)
    assert current(wider) == current(text)


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    """Any text gives a result."""
    read_text(text, KNOWLEDGE)


WORDS = (
    *("right", "left", "GSV", "SFJ", "knee", "calf", "both", "DVT", "competent", "incompetent"),
    *("no", "reflux", "1.2", "s", "mm", "5", "from", "to", "except", "none", "respectively", "and"),
    *(":", ";", ",", ".", "(", ")", "-", "/", "|", "=", "[", "]", "?", "\n", "\t", "....", "*"),
)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_no_mix_of_report_words_raises(text: str) -> None:
    """Words of reports in any order give a result."""
    read_text(text, KNOWLEDGE)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "....", "|||\n|||", "\x00", "R:\nL:"])
def test_almost_empty_texts_say_nothing(text: str) -> None:
    """A text without words of ours gives no fact."""
    assert current(text) == frozenset()


def test_a_paragraph_about_the_other_leg_changes_nothing_for_this_one() -> None:
    """A heading of its own keeps a paragraph's facts to its leg."""
    right = "RIGHT LEG:\nGSV 5.1 mm at mid thigh, reflux 1.2 s. SSV competent.\n"
    left = "\nLEFT LEG:\nGSV 7.3 mm at the knee, reflux 2.4 s. SSV incompetent.\n"
    assert {f for f in current(right + left) if f[0] == "R"} == current(right)

"""Facts written as a report are read back exactly, whatever its layout and its manner.

Generator and reader have one author: this proves that they are consistent, not that reports of
somebody else are read correctly.
"""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.extract.marked import read_text
from tests.generator.reading import KNOWLEDGE, compare, draw, explain, read_facts, without_offsets
from tools.generator import LAYOUTS, Facts, Noise, swap_cells, write_report
from tools.generator.facts import OTHER

# For each layout 20 reports every day (300 in all), and 400 in `make prove` (6,000 in all).
few = settings(max_examples=settings().max_examples // 5, phases=[Phase.explicit, Phase.generate])
some = settings(max_examples=settings().max_examples // 2, phases=[Phase.explicit, Phase.generate])
seeds = st.integers(min_value=0, max_value=2**32 - 1)
layouts = st.sampled_from(sorted(LAYOUTS))


@pytest.mark.parametrize("layout", LAYOUTS)
@few
@given(seed=seeds)
def test_what_was_written_is_read_back(layout: str, seed: int) -> None:
    """A report gives the facts that it was written from, no more and no less."""
    failure = explain(layout, seed)
    assert not failure, failure


@some
@given(seed=seeds, layout=layouts)
def test_swapping_legs_in_the_facts_swaps_them_in_the_result(seed: int, layout: str) -> None:
    """The same facts about the other leg, written alike, give the same result there."""
    facts, noise = draw(seed)
    text = write_report(facts, layout, noise, Random(seed)).text
    mirrored = write_report(facts.swapped(), layout, noise, Random(seed)).text
    assert compare(swap_cells(read_facts(text)), read_facts(mirrored)) == []


@some
@given(seed=seeds, layout=layouts, gap=st.sampled_from(("\n\n\n", "\n \n", "\n\n\n\n\n", "  \n\n")))
def test_white_space_between_paragraphs_changes_offsets_only(
    seed: int, layout: str, gap: str
) -> None:
    """More blank lines, or blanks on them, leave all that is read as it is, but for its place."""
    facts, noise = draw(seed)
    text = write_report(facts, layout, noise, Random(seed)).text
    wider = re.sub("\n\n", gap, text)
    assert without_offsets(read_text(wider, KNOWLEDGE)) == without_offsets(
        read_text(text, KNOWLEDGE)
    )


@some
@given(seed=seeds, layout=layouts)
def test_a_paragraph_about_the_other_leg_changes_nothing_for_this_one(
    seed: int, layout: str
) -> None:
    """Findings of the other leg under a heading of their own stay there."""
    facts, noise = draw(seed)
    leg = facts.legs[0]
    one = write_report(facts.of(leg), layout, replace(noise, closing=False), Random(seed)).text
    other = Facts(draw(seed + 1)[0].sites).of(OTHER[leg])
    if not other.sites:
        other = facts.of(leg).swapped()
    block = write_report(other, "leg_blocks", Noise(), Random(seed)).text.split("\n\n", 1)[1]
    letter = OTHER[leg][0].upper()
    both = {fact for fact in read_facts(f"{one}\n{block}") if fact[0] != letter}
    assert compare(read_facts(one), frozenset(both)) == []

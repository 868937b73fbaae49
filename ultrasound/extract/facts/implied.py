"""Ranges whose start is only implied, behind what was told of their junction.

As in "SFJ competent. GSV incompetent to the ankle", "SFJ and GSV incompetent to the knee, 2.1 and
1.6 s respectively": such a range begins below the junction.
"""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.facts.fact import Fact


def leave_implied(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those at a junction of which something else was said before."""
    return [f for f in facts if not (f.implied and any(_settles(told, f) for told in facts))]


def _settles(told: Fact, fact: Fact) -> bool:
    """Whether a fact is told of the junction itself, in the same part of the report."""
    same = (told.leg, told.vein, told.segment, told.property, told.section, told.prior) == (
        fact.leg,
        fact.vein,
        fact.segment,
        fact.property,
        fact.section,
        fact.prior,
    )
    own = not (told.implied or told.expanded) and told.item == fact.item
    return same and own and told.value != fact.value and told.cue[0] <= fact.cue[0]

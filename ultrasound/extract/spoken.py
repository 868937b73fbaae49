"""What a sentence leaves in force: what it spoke of last, and its leg."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import NO_TRUNKS, Fact, Outcome
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State
from ultrasound.extract.treated import site_of, treats_trunk

_UNDONE: Final = ("plan", "question")


def quotes_method(chunks: Sequence[Chunk]) -> bool:
    """Whether findings of another method follow: one that is only recommended found nothing."""
    named = [chunk for chunk in chunks if "other_method" in chunk.kinds]
    done = [chunk for chunk in named if chunk.dismissed not in _UNDONE]
    told = any(chunk.predicates or chunk.groups for chunk in named)
    return bool(done) and (told or len(done) == len(named))  # "MRV or CTV advised": neither


def take_focus(
    state: State, focus: tuple[Site, ...], mentioned: tuple[Site, ...], said: Sequence[Outcome]
) -> None:
    """Carry on what a sentence spoke of last; its leg stays until another is named.

    A leg of which a sentence only says that it was not examined is no subject.
    """
    named = tuple(dict.fromkeys(leg for s in mentioned for leg in s.legs))
    state.both = (Site(legs=named, leg_at=mentioned[0].leg_at),) if named[1:] else ()
    facts = [outcome for outcome in said if isinstance(outcome, Fact)]
    state.treated += tuple(site_of(fact) for fact in facts if treats_trunk(fact))
    left_out = all(fact.value == "not_assessed" for fact in facts)
    if left_out and {fact.vein for fact in facts} == {"DEEP", "SUPERFICIAL"}:
        _leave_unexamined(state, {fact.leg for fact in facts})
        return
    # "the right leg is normal throughout", "both were scanned from the groin to the ankle"
    state.focus = focus = tuple(
        s.without_spot() if s.vein is None and (s.until or s.spot.zone == "whole") else s
        for s in focus
    )
    trunks = tuple(s for s in mentioned if s.vein and s.vein not in NO_TRUNKS)
    spoken = any(site.vein and site.vein not in NO_TRUNKS for site in focus)
    state.trunk = focus if spoken else trunks[-1:] or state.trunk
    one = [s for s in focus if len(s.legs) == 1]
    if not (facts or state.legs):
        one = [s for s in mentioned if len(s.legs) == 1][:1] or one
    if one and not state.legs:
        opens = state.opened == one[-1].legs and (bool(facts) or state.announced)
        past = state.past or (state.section == "history" and one[-1].vein is not None)
        state.sticky.take(one[-1], past=past, opens=opens, found=bool(facts))
        state.led = () if opens else state.led
    if one and state.turned:
        state.legs, state.leg_at = one[-1].legs, one[-1].leg_at


def _leave_unexamined(state: State, legs: set[Leg | None]) -> None:
    """Speak of the other leg, where both should have been examined and one was not."""
    others = tuple(leg for leg in state.title_legs if leg not in legs)
    if len(state.title_legs) == len(Leg) and len(others) == 1 and not state.legs:
        state.title_legs = others
        state.sticky.leave()

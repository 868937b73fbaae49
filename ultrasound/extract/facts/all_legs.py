"""Statements about a system that speak of every leg that was examined (rule 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.extract.facts.fact import GROUPS, Fact, Outcome
from ultrasound.extract.places.sites import Span

_COMPARED: Final = "CFV"  # looked at on the other leg too, for comparison
_PERFORATORS: Final = ("PERF", "TPV", "CPV")
_SYSTEMS: Final = frozenset({"DEEP", "SUPERFICIAL"})
_NO_CLOT: Final = ("thrombus", "absent")
_NEAR: Final = 12  # tokens from a leg to what is denied of it
_FEWEST: Final = 2  # veins of a leg that was examined
_PRESENT: Final = ("present", "acute", "subacute", "chronic", "indeterminate")


def complete_legs(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, with "No DVT" said of each leg where only a vein before it named one.

    A leg of which one vein was looked at for comparison is not meant.
    """
    facts = [o for o in outcomes if isinstance(o, Fact) and not o.prior]
    general = [
        f
        for f in facts
        if f.passing_leg and f.leg is not None and (f.property, f.value) == _NO_CLOT
    ]
    added: list[Outcome] = []
    examined = {leg: _examined_at([f for f in facts if f.leg is leg]) for leg in Leg}
    compared = [f for f in general if f.leg and examined[f.leg] is None and any(examined.values())]
    for leg in Leg if general else ():
        own = [f for f in facts if f.leg is leg]
        at = examined[leg]
        if at is None or any(f.property == "thrombus" and f.value in _PRESENT for f in own):
            continue
        said = {f.vein for f in own if f.property == "thrombus"}
        for fact in general:
            if fact.vein not in said:
                said.add(fact.vein)
                added.append(_say_of(fact, leg, at))
    added += _leave_untested(facts)
    unmeant = [*compared, *_of_unexamined(facts)]
    return [*(o for o in outcomes if o not in unmeant), *added]


def _of_unexamined(facts: Sequence[Fact]) -> list[Fact]:
    """What is denied of the systems of a leg that was not examined, by no word of its own.

    As in "Left leg: not examined. Assessment: right popliteal reflux. Negative for DVT".
    """
    found: list[Fact] = []
    for leg in Leg:
        own = [f for f in facts if f.leg is leg and f.property != "treatment"]
        untested = {f.vein for f in own if f.value == "not_assessed"}
        denied = [f for f in own if f.vein in GROUPS and (f.property, f.value) == _NO_CLOT]
        rest = [f for f in own if f not in denied and f.value != "not_assessed"]
        if untested >= _SYSTEMS and not rest:
            found += [f for f in denied if _leg_words(f)[0] < f.cue[0] - _NEAR]
    return found


def _leave_untested(facts: Sequence[Fact]) -> list[Fact]:
    """The same of perforators that nobody looked at, for the other leg that was examined.

    As in "Right SFJ incompetent. Left SSV incompetent. Perforators not examined".
    """
    said = {f.leg for f in facts if f.vein in _PERFORATORS and not f.passing_leg}
    untested = (f for f in facts if f.passing_leg and f.leg and f.vein == _PERFORATORS[0])
    fact = next((f for f in untested if f.value == "not_assessed"), None)
    if fact is None:
        return []
    open_legs = [leg for leg in Leg if leg is not fact.leg and leg not in said]
    found = [f for f in facts if f.leg in open_legs and _is_examined(f)]
    return [_say_of(fact, f.leg, _leg_words(f)) for f in found[:1] if f.leg]


def _is_examined(fact: Fact) -> bool:
    """Whether a fact is of a vein that was looked at for reflux."""
    return fact.property in ("reflux", "reflux_time") and fact.value != "not_assessed"


def leave_legs(outcomes: list[Outcome], title_at: Span | None) -> list[Outcome]:
    """The outcomes of a sentence, with no leg where one of its numbers has none.

    A number is not that of both legs by the title alone, and what is found beside it of the same
    vein is no more so: "GSV incompetent at mid thigh, 1.2 s" under the title "both legs".
    """
    facts = [o for o in outcomes if isinstance(o, Fact)]
    open_veins = {f.vein for f in facts if f.leg is None and isinstance(f.value, Quantity)}
    if not open_veins or title_at is None:
        return outcomes
    kept: list[Outcome] = []
    for outcome in outcomes:
        said = outcome
        if isinstance(said, Fact) and said.vein in open_veins and ("leg", title_at) in said.support:
            said = replace(said, leg=None)
        if said not in kept:
            kept.append(said)
    return kept


def _examined_at(own: Sequence[Fact]) -> Span | None:
    """Words about a leg that was examined, None where it was not."""
    single = [
        f
        for f in own
        if f.vein not in (*GROUPS, _COMPARED)
        and f.property != "treatment"
        and f.value != "not_assessed"
    ]
    if len({f.vein for f in single}) < _FEWEST:
        return None
    return next((span for f in single for role, span in f.support if role == "leg"), single[0].cue)


def _leg_words(fact: Fact) -> Span:
    return next((span for role, span in fact.support if role == "leg"), fact.cue)


def _say_of(fact: Fact, leg: Leg, at: Span) -> Fact:
    support = [(role, span) for role, span in fact.support if role != "leg"]
    return replace(fact, leg=leg, support=(("leg", at), *support))

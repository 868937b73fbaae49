"""Groups, perforators and tributaries that are only named, and told of elsewhere in the report.

As in "DEEP NETWORK", "deep veins supine", "incompetence of the GSV with the Boyd perforator". A
trunk that is only named stays a doubt: what is said of it could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS, Doubt, Fact, Outcome, Pass

_SYSTEMS: Final = ("DEEP", "SUPERFICIAL")  # of which each report on leg veins tells


def settle_names(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, with the doubts about what is told elsewhere dismissed."""
    told = {
        (leg, _kind_of(fact.vein))
        for fact in outcomes
        if isinstance(fact, Fact) and not fact.prior
        for leg in (fact.leg, None)
    }
    return [
        Pass("unspecific", o.span)
        if isinstance(o, Doubt)
        and o.code == "unread"
        and o.named
        and o.vein is not None
        and _is_told(o, o.vein, told)
        else o
        for o in outcomes
    ]


def _is_told(doubt: Doubt, vein: str, told: Set[tuple[Leg | None, str]]) -> bool:
    """Whether the report tells of the same perforators or tributaries, or of any vein at all."""
    if vein in _SYSTEMS:
        return bool(told)
    return vein in COUNTED and (doubt.leg, _kind_of(vein)) in told


def _kind_of(vein: str) -> str:
    """One name for perforators of all levels."""
    return "PERF" if vein in PERFORATORS else vein

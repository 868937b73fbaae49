"""Treatments that were told of: which trunk later sentences call "the treated vein"."""

from __future__ import annotations

from ultrasound.extract.facts.fact import SAPHENOUS, Fact
from ultrasound.extract.places.sites import Site


def treats_trunk(fact: Fact) -> bool:
    """Whether a fact is the treatment of a saphenous trunk of a leg that is known."""
    return fact.property == "treatment" and fact.vein in SAPHENOUS and fact.leg is not None


def site_of(fact: Fact) -> Site:
    """The vein that a fact is about, with the words that name it."""
    at = dict(fact.support)
    legs = (fact.leg,) if fact.leg is not None else ()
    words = (at.get("leg", fact.cue), at.get("vein", fact.cue))
    return Site(legs=legs, vein=fact.vein, leg_at=words[0], vein_at=words[1])

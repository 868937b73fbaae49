"""Findings that say nothing of a vein: the shape of a system of veins; no sound perforators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.extract.facts.fact import GROUPS, PERFORATORS, Doubt, Outcome, Pass
from ultrasound.extract.facts.placing import name_leg
from ultrasound.extract.links.assignment import Assignment
from ultrasound.knowledge.schema_text import Finding

_SHAPES: Final = ("tortuous", "hypoplastic", "duplicated", "aneurysmal", "varicose")


def doubt_shape(a: Assignment, finding: Finding) -> Iterator[Outcome]:
    """A doubt where only a system was named: "Deep veins patent. A tortuous channel at the groin".

    Nothing where the clause itself names it: "tortuous superficial veins". Perforators of which
    none is sound are passed over.
    """
    if _counts_sound(a, finding):
        yield Pass("unspecific", (a.predicate.first, a.predicate.last))
        return
    systems = bool(a.sites) and all(site.vein in GROUPS for site in a.sites)
    named = [at for site in a.sites if (at := site.vein_at) is not None]
    here = any(a.chunk.first <= at[0] <= a.chunk.last for at in named)
    if finding.property == "anatomy" and finding.value in _SHAPES and systems and not here:
        yield Doubt("unread", (a.predicate.first, a.predicate.last), name_leg(a.sites))


def _counts_sound(a: Assignment, finding: Finding) -> bool:
    """Whether there are no sound perforators: "competent perforators: none"."""
    at, first = a.predicate.negated, a.predicate.first
    veins = [s.vein_at[0] for s in a.sites if s.vein in PERFORATORS and s.vein_at is not None]
    if finding.value != "absent" or at is None or not veins or min(veins) < first:
        return False
    return not first <= at[0] < min(veins)  # "competent except one at the calf"

"""The shape of a vessel that is not named, behind a system of veins, which has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.extract.facts.fact import GROUPS, Doubt, Outcome
from ultrasound.extract.facts.placing import name_leg
from ultrasound.extract.links.assignment import Assignment
from ultrasound.knowledge.schema_text import Finding

_SHAPES: Final = ("tortuous", "hypoplastic", "duplicated", "aneurysmal", "varicose")


def doubt_shape(a: Assignment, finding: Finding) -> Iterator[Outcome]:
    """A doubt where only a system was named: "Deep veins patent. A tortuous channel at the groin".

    Nothing where the clause itself names it: "tortuous superficial veins".
    """
    systems = bool(a.sites) and all(site.vein in GROUPS for site in a.sites)
    named = [at for site in a.sites if (at := site.vein_at) is not None]
    here = any(a.chunk.first <= at[0] <= a.chunk.last for at in named)
    if finding.property == "anatomy" and finding.value in _SHAPES and systems and not here:
        yield Doubt("unread", (a.predicate.first, a.predicate.last), name_leg(a.sites))

"""Two veins of one leg or one of each: "both peroneal veins", "the SSVs are 2 mm each"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site

# veins that run in pairs, or together as "both"
_PAIRED: Final = ("PTV", "PRV", "ATV", "GAV", "SOV", "TPT")


def says_each(a: Assignment) -> bool:
    """Whether "each" of a trunk means that of each leg: "the SSVs measure 2.5 mm each"."""
    one = len({site.vein for site in a.sites}) == 1
    several = a.sites[0].vein in (*COUNTED, *_PAIRED) if one else True
    return not several and any(cue.first == cue.last for cue in a.chunk.cues("same_places"))


def is_pair(site: Site, other: Site) -> bool:
    """Whether "both" means the two veins of a pair, or of one beside it, in one leg.

    As in "both peroneal veins", "the TPT and both peroneal veins", "one of the PTVs and both
    peroneals".
    """
    at, vein = other.leg_at, other.vein_at
    if at is None or vein is None or site.leg_at != at or at[0] != at[1]:
        return False
    before, behind = at[0] == vein[0] - 1, at[0] == vein[1] + 2
    paired = other.vein in _PAIRED and site.vein in _PAIRED
    return paired and (before or (behind and other.vein == "TPT"))

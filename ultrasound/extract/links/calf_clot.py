"""Clots of the calf behind words on a deep vein above it: "POPV patent. Thrombus in the calf".

No deep vein of the thigh has a level by that name, and the part of the popliteal vein below the
knee is not called so: the deep veins of the calf are meant, as in "no popliteal or calf DVT".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site

_DEEP: Final = ("IVC", "CIV", "EIV", "CFV", "FV", "DFV", "POPV", "DEEP")
_CALF: Final = "calf"
_CALVES: Final = "CALF"


def place_in_calf(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases of a clause that tells of clots only, with the calf as a place of its own."""
    found = [p.finding for p in chunk.predicates if p.finding is not None]
    clots = [f for f in found if (f.property, f.kind) == ("thrombus", "noun")]
    if not clots or len(clots) < len(chunk.predicates):
        return phrases
    return [
        (group, tuple(_mean_calf(thread, group, site) for site in sites))
        for group, sites in phrases
    ]


def _mean_calf(thread: Thread, group: PlaceGroup, site: Site) -> Site:
    """The deep veins of the calf for a deep vein that has no such level."""
    at = site.spot_at[-1] if site.spot_at else None
    alone = site.until is None and not site.spot.level and site.spot.zone == _CALF
    if not alone or at is None or site.vein not in _DEEP:
        return site
    named = site.vein_at is not None and group.first <= site.vein_at[0] <= group.last
    listed = named and sum(part.vein == site.vein for part in group.parts) > 1
    word = [t.norm for t in thread.marks.tokens[at[0] : at[1] + 1]] == [_CALF]
    if not word or (named and not listed):
        return site
    return replace(site.without_spot(), vein=_CALVES, vein_at=at, flags=())

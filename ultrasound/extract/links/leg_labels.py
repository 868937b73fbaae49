"""Labels of the other leg, behind which all of it is spoken of: "Right: FV clot. Left: no clot".

The vein before is one of the leg before. It is not meant where a clot is denied behind the label,
or where the words say that all veins are, or are so throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.calf_label import mean_calf
from ultrasound.extract.links.clot import is_headed, leave_vein
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.whole_limb import of_limb
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site

_ALL: Final = frozenset({"all", "vein"})
_WHOLE: Final = "whole"
_CLOT: Final = ("thrombus", "absent")


def settle_label(
    thread: Thread, index: int, groups: Sequence[PlaceGroup], sites: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The sites of places that stand alone, which may label what follows."""
    sites = mean_calf(thread, index, groups, sites)
    follower = thread.follower(index)
    labels = index == 0 and follower is not None and follower.separator == ":"
    if follower is None or not labels or not all(map(is_only_leg, groups)):
        return sites
    legs = {leg for site in sites for leg in site.legs}
    before = {leg for site in thread.opened for leg in site.legs}
    other = bool(before) and legs.isdisjoint(before) and not is_headed(thread)
    if not other:
        return sites
    return leave_vein(sites) if _speaks_of_all(follower) else of_limb(thread, groups, sites)


def _speaks_of_all(chunk: Chunk) -> bool:
    """Whether a clause that names no vein says what holds for all of them."""
    if any(group.has_vein or group.has_leg for group in chunk.groups):
        return False
    throughout = [part.spot.zone == _WHOLE for group in chunk.groups for part in group.parts]
    if throughout:
        return all(throughout)
    told = [(p.finding.property, p.value) for p in chunk.predicates if p.finding is not None]
    return chunk.norms >= _ALL or (bool(told) and all(said == _CLOT for said in told))

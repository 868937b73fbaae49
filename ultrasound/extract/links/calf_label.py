"""The calf as a label of its own behind those of deep veins: "Popliteal: patent. Calf: patent".

No deep vein of the thigh or knee has a level by that name: the deep veins of the calf are meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site

_DEEP: Final = ("CIV", "EIV", "CFV", "FV", "DFV", "POPV", "DEEP")
_CALF: Final = "calf"


def mean_calf(
    thread: Thread, index: int, groups: Sequence[PlaceGroup], sites: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The sites of such a label, others as they are."""
    follower = thread.follower(index)
    labels = index == 0 and follower is not None and follower.separator == ":"
    if not labels or len(groups) != 1 or not is_only_level(groups[0]) or not _opens(thread):
        return sites
    part = groups[0].parts[0]
    alone = part.until is None and not part.spot.level and part.spot.zone == _CALF
    if not alone or not all(site.vein in _DEEP for site in sites):
        return sites
    return tuple(
        replace(s.without_spot(), vein="CALF", vein_at=s.spot_at[-1] if s.spot_at else s.vein_at)
        for s in sites
    )


def _opens(thread: Thread) -> bool:
    """Whether the label holds no other word."""
    chunk: Chunk = thread.chunks[0]
    return len(chunk.elements) == 1

"""One of several branches that were just told of: "Calf tributaries, the largest branch 5 mm"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site

_LARGER: Final = frozenset({"larger", "bigger", "wider", "smaller", "dominant", "smallest"})


def mean_largest(
    thread: Thread, group: PlaceGroup, focus: tuple[Site, ...], sites: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The branches in focus for the one of them that a word without a place compares."""
    if group.has_leg or group.has_spot or not _is_compared(thread, group):
        return sites
    placed = any(site.has_spot for site in focus)
    before = () if placed or thread.mentioned else tuple(s for p in thread.earlier for s in p)
    told = before or focus  # of the sentence before with their places
    several = bool(told) and all(site.vein in COUNTED for site in (*sites, *told))
    alike = {_is_perforator(site) for site in (*sites, *told)}
    return told if several and len(alike) == 1 else sites


def _is_compared(thread: Thread, group: PlaceGroup) -> bool:
    if group.first == 0:
        return False
    before = thread.marks.mention_over(group.first - 1)
    told = before is not None and before.cue("maximum")
    return told or thread.marks.tokens[group.first - 1].norm in _LARGER


def _is_perforator(site: Site) -> bool:
    return site.vein in PERFORATORS

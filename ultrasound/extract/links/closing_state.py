"""A state at the end of a list of measured veins, which holds for all of it.

As in "GSV 4 mm and SSV 3 mm, no reflux", "the GSV (7 mm) and AASV (5 mm) are incompetent", "a 3 mm
perforator at 10 cm and a 4 mm one at 18 cm are incompetent", and of the levels of one vein, "the
GSV at the knee (5 mm) and upper calf (4 mm) is incompetent".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import NO_TRUNKS, OF_ALL, PERFORATORS
from ultrasound.extract.links.assignment import Assignment, is_time
from ultrasound.extract.links.several_perforators import is_size
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import is_only_level
from ultrasound.extract.places.sites import Site, compose

_LISTING: Final = ("start", ":", "-", ",", ";", "and", "&", "+", "(")
_CLOSING: Final = (",", "with", "without")
_BEHIND: Final = (")", ",")
_SET_OFF: Final = ("(", ",")
_AND: Final = ("and", "&")
_OF_SEVERAL: Final = frozenset({"are", "were", "both", "all", "each"})
_OF_ONE: Final = frozenset({"latter", "former", "second", "first"})
_STATES: Final = ("reflux", "patency", "compressibility", "thrombus")


def share_closing_state(thread: Thread) -> None:
    """Say what closes a list of measured veins, or of perforators, of each of them."""
    sizes = [a for a in thread.result if _is_size(a)]
    found = [
        a for a in thread.result if a.predicate.finding and a.predicate.finding.kind != "label"
    ]
    if len(sizes) <= 1 or not all(a.chunk.separator in _LISTING for a in sizes):
        return
    if any(a.predicate.first < sizes[-1].predicate.last for a in found):
        return
    listed = [site for a in sizes for site in a.sites]
    if all(site.vein in PERFORATORS for site in listed):
        told = [a for a in found if _is_state(a) and not _OF_SEVERAL.isdisjoint(a.chunk.norms)]
        _share(thread, told, sizes[:-1])
    elif _are_trunks(sizes):
        _share(thread, [a for a in found if _is_of_trunks(thread, a, found, sizes)], sizes[:-1])
    elif _are_levels(thread, sizes):
        told = [a for a in found if _is_state(a) and _follows_bracket(a)]
        _share(thread, told, sizes[:-1])


def _is_of_trunks(
    thread: Thread, a: Assignment, found: Sequence[Assignment], sizes: Sequence[Assignment]
) -> bool:
    """Whether a state behind a list of trunks is of all of it."""
    if not _is_state(a):
        return False
    veins = {site.vein for size in sizes for site in size.sites}
    if {site.vein for site in a.sites} <= veins and _OF_ONE.isdisjoint(a.chunk.norms):
        if not _OF_SEVERAL.isdisjoint(a.chunk.norms):
            behind = [g for g in a.chunk.groups if g.first > sizes[-1].predicate.last]
            return all(map(is_only_level, behind))  # not "…, the valves are incompetent in the SSV"
        bare = _follows_bracket(a) and a.predicate.first == a.chunk.first
        if bare and _ends_list(thread, sizes):
            return True
    # "GSV 5 mm at mid thigh; AASV at the same level 3 mm, competent": each is told by itself
    apart = any(b.chunk.separator == ";" and b.sites[0].has_spot for b in sizes)
    timed = any(is_time(b) for b in thread.result)
    closes = found[0].chunk.separator in _CLOSING and not (apart or timed)
    return closes and _denies(a)


def _follows_bracket(a: Assignment) -> bool:
    """Whether a clause of no place stands behind the bracket or commas of a size."""
    return a.chunk.separator in _BEHIND and not a.chunk.groups and _OF_ONE.isdisjoint(a.chunk.norms)


def _ends_list(thread: Thread, sizes: Sequence[Assignment]) -> bool:
    """Whether each size is set off, and an "and" stands before the last item of the list."""
    apart = all(a.chunk.separator in _SET_OFF and not a.chunk.groups for a in sizes)
    last = thread.chunks[thread.position_of(sizes[-1].chunk) - 1]
    return apart and last.separator in _AND


def _share(thread: Thread, told: Sequence[Assignment], sizes: Sequence[Assignment]) -> None:
    """Say it at each size too, so that each perforator has its own."""
    for a in told:
        places = {(site.legs, site.vein, site.spot) for site in a.sites}
        for size in sizes if len(places) == 1 else ():
            sites = _sites_of(size, a)
            at = thread.result.index(size) + 1
            thread.result.insert(at, replace(a, sites=sites))


def _sites_of(size: Assignment, a: Assignment) -> tuple[Site, ...]:
    """Where a state of all holds of one item: at the level that it names, else at its own."""
    levels = [g for g in a.chunk.groups if is_only_level(g) and g.first > size.predicate.last]
    if levels and size.sites[0].vein not in PERFORATORS:
        return compose(levels[-1], (size.sites[0].without_spot(),))
    return size.sites if a.sites[0].has_spot else (size.sites[0].without_spot(),)


def _are_levels(thread: Thread, sizes: Sequence[Assignment]) -> bool:
    """Whether they are set off behind several levels of one trunk, and behind nothing else."""
    listed = [site for a in sizes for site in a.sites]
    places = {(site.vein, site.legs) for site in listed}
    spots = {(site.spot, site.until) for site in listed}
    trunk = len(places) == 1 and listed[0].vein not in NO_TRUNKS
    apart = all(site.has_spot for site in listed) and len(spots) == len(listed)
    return trunk and apart and _ends_list(thread, sizes)


def _is_size(a: Assignment) -> bool:
    """Whether it is the size of one vein today, and no height."""
    single = len(a.sites) == 1 and a.sites[0].vein is not None
    return single and not a.chunk.prior and is_size(a)


def _is_found(a: Assignment) -> bool:
    """Whether it is a finding, and no word that only names what is measured."""
    return a.predicate.finding is not None and a.predicate.finding.kind != "label"


def _is_state(a: Assignment) -> bool:
    """Whether a clause finds one vein, the last of a list, in some state."""
    finding = a.predicate.finding
    return finding is not None and finding.property in _STATES and not (a.dropped or a.exception)


def _denies(a: Assignment) -> bool:
    """Whether a clause of no vein finds it normal, as would be told of a whole list."""
    general = not a.chunk.groups and _OF_ONE.isdisjoint(a.chunk.norms)
    return a.predicate.value in OF_ALL and general


def _are_trunks(sizes: Sequence[Assignment]) -> bool:
    """Whether they are of different trunks, or of one in both legs, with no break between them."""
    listed = [site for a in sizes for site in a.sites]
    apart = len({(site.vein, site.legs) for site in listed}) == len(listed)
    joined = all(a.chunk.separator != ";" for a in sizes)
    return apart and joined and not any(site.vein in NO_TRUNKS for site in listed)

"""One level for the numbers of both legs: "5 mm on the right and 3 mm on the left at mid thigh"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site

_JOINTS: Final = ("and", "&", ",", "versus", "while", "whereas", "but", ";")
_LEADING: Final = ("at", "in")


def share_level_of_legs(thread: Thread) -> None:
    """Give the other leg's number the level that opens the sentence, or ends it."""
    measured = [a for a in thread.result if _is_measured(a)]
    for before, after in pairwise(measured):
        joined = before.chunk is after.chunk or after.chunk.separator in _JOINTS
        if not joined or not _are_of_both_legs(before, after):
            continue
        one, other = before.sites[0], after.sites[0]
        if _ends_with_level(after, other) and not _has_own_level(before, one):
            before.sites = (_at(one, other),)
        elif _opens_with_level(thread, before, one) and not other.has_spot:
            after.sites = (_at(other, one),)


def _is_measured(a: Assignment) -> bool:
    """Whether it is a number with its unit, of one vein of one leg."""
    unit = a.number is not None and a.number.unit is not None
    return unit and len(a.sites) == 1 and len(a.sites[0].legs) == 1 and bool(a.sites[0].vein)


def _are_of_both_legs(before: Assignment, after: Assignment) -> bool:
    """Whether two numbers measure the same of a vein in each leg, and nothing else is said."""
    one, other = before.sites[0], after.sites[0]
    if one.vein != other.vein or one.legs == other.legs:
        return False
    kinds = {a.number.unit.kind for a in (before, after) if a.number and a.number.unit}
    told = [p for a in (before, after) for p in a.chunk.predicates]
    said = {p.first for p in told if p.finding is None or p.finding.kind != "label"}
    alone = said == {before.predicate.first, after.predicate.first}
    return len(kinds) == 1 and alone


def _ends_with_level(a: Assignment, site: Site) -> bool:
    last = a.predicate.last
    return bool(site.spot) and bool(site.spot_at) and all(at[0] > last for at in site.spot_at)


def _has_own_level(a: Assignment, site: Site) -> bool:
    """Whether a level is told in the clause of a number, and not of the pair before it."""
    return site.has_spot and (not site.spot_at or site.spot_at[-1][0] >= a.chunk.first)


def _opens_with_level(thread: Thread, a: Assignment, site: Site) -> bool:
    """Whether a level leads the sentence, before the vein: "At mid thigh the right GSV …"."""
    first = thread.chunks[0].first
    led = thread.marks.tokens[first].norm in _LEADING
    named = _starts(site.vein_at, site.leg_at)
    level = min((at[0] for at in site.spot_at), default=None)
    if not led or level is None or not site.spot or site.until is not None:
        return False
    return a.chunk is thread.chunks[0] and all(level < start for start in named)


def _starts(*spans: tuple[int, int] | None) -> Sequence[int]:
    return [span[0] for span in spans if span is not None]


def _at(site: Site, level: Site) -> Site:
    """A site at the level of another."""
    return replace(site, spot=level.spot, until=level.until, spot_at=level.spot_at)

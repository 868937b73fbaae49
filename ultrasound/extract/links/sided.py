"""Two values about a slash under two legs about one: "CFV R/L: 0.3 s / 1.2 s"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.ranged import part_range
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import is_only_leg
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.sides import sides_of

_SLASH: Final = "/"
_LIST: Final = (",", "and", "&")
_TAPERING: Final = ("to",)  # along a range: "7.5 mm to 4.4 mm"
_PAIR: Final = 2


def part_sides(marks: Marks, assignments: Sequence[Assignment]) -> None:
    """Give each of two values of one kind the leg in its place."""
    for one, other in pairwise(assignments):
        if one.sites != other.sites or not _are_pair(marks, one, other):
            continue
        if all(_is_sided(marks, site) for site in one.sites):
            one.sites, other.sites = _of_leg(one.sites, 0), _of_leg(other.sites, 1)


def part_list(thread: Thread) -> None:
    """Give as many numbers as there are places one each: "FV and POPV, 1.8 s and 2.2 s".

    The leg may stand behind them: "GSV and SSV: 1.2 s and 0.9 s on the right". Legs that are named
    one after the other are places too: "CFV reflux on the right and left: 1.2 s and 1.4 s".
    """
    index = 0
    while index < len(thread.result):
        run = _run_at(thread.marks, thread.result, index)
        places = [site for place in thread.split(run[-1].sites) for site in place]
        if len(run) == len(places) > 1 and _are_apart(places):
            for a, place in zip(run, places, strict=True):
                a.sites = (place,)
        elif len(run) > 1 and all(site.until is not None for site in run[0].sites):
            _part_over_range(run)
        index += len(run)


def _part_over_range(run: Sequence[Assignment]) -> None:
    """Give each number its place along a range; else none is of all of it, and each is unread."""
    parts = part_range(run[0].sites, len(run))
    for index, a in enumerate(run):
        a.sites, a.about = (parts[index], ()) if parts else ((), a.sites)


def _run_at(marks: Marks, assignments: Sequence[Assignment], index: int) -> list[Assignment]:
    """The numbers of one kind and of the same places that stand in a list from an index on."""
    run = [assignments[index]]
    for a in assignments[index + 1 :]:
        last = run[-1]
        units = [x.number.unit.kind for x in (last, a) if x.number and x.number.unit]
        if len(units) < _PAIR or units[0] != units[1] or _has_leg_behind(last):
            break
        sided = _has_leg_behind(a) and not _names_leg(last) and _bare(a.sites) == _bare(last.sites)
        if not sided and a.sites != last.sites:
            break
        between = [t.norm for t in marks.tokens[last.predicate.last + 1 : a.predicate.first]]
        ranged = all(site.until is not None for site in a.sites)
        listing = (*_LIST, *_TAPERING) if ranged else _LIST
        if not between or any(text not in listing for text in between):
            break
        run.append(a)
    return run


def _has_leg_behind(a: Assignment) -> bool:
    """Whether a leg alone stands behind a number: "0.9 s on the right"."""
    groups = a.chunk.groups
    return len(groups) == 1 and is_only_leg(groups[0]) and groups[0].first > a.predicate.last


def _names_leg(a: Assignment) -> bool:
    """Whether the clause of a number names a leg."""
    return any(group.has_leg for group in a.chunk.groups)


def _bare(sites: Sequence[Site]) -> list[tuple[object, ...]]:
    """The places with no leg."""
    return list(dict.fromkeys((site.vein, site.spot, site.until) for site in sites))


def _are_apart(places: Sequence[Site]) -> bool:
    """Whether places are each another vein or level of one leg, or one of each leg; no range."""
    legs = {site.legs for site in places}
    named = {(site.vein, site.spot) for site in places}
    ranged = any(site.until is not None for site in places)
    sides = len(legs) == len(places) and len(named) == 1
    return (sides or (len(legs) == 1 and len(named) == len(places))) and not ranged


def _are_pair(marks: Marks, one: Assignment, other: Assignment) -> bool:
    """Whether two values stand about a slash, and are not a size and a time."""
    between = other.predicate.first - 1
    if between != one.predicate.last + 1 or marks.tokens[between].text != _SLASH:
        return False
    kinds = {a.number.unit.kind for a in (one, other) if a.number and a.number.unit}
    return len(kinds) <= 1


def _is_sided(marks: Marks, site: Site) -> bool:
    """Whether the legs of a place are named about a slash."""
    named = marks.mention_at(site.leg_at[0]) if site.leg_at is not None else None
    return named is not None and sides_of(marks, named) == site.legs


def _of_leg(sites: tuple[Site, ...], index: int) -> tuple[Site, ...]:
    return tuple(replace(site, legs=(site.legs[index],)) for site in sites)

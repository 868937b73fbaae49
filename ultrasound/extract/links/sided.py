"""Two values about a slash under two legs about one: "CFV R/L: 0.3 s / 1.2 s"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.sides import sides_of

_SLASH: Final = "/"


def part_sides(marks: Marks, assignments: Sequence[Assignment]) -> None:
    """Give each of two values of one kind the leg in its place."""
    for one, other in pairwise(assignments):
        if one.sites != other.sites or not _are_pair(marks, one, other):
            continue
        if all(_is_sided(marks, site) for site in one.sites):
            one.sites, other.sites = _of_leg(one.sites, 0), _of_leg(other.sites, 1)


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

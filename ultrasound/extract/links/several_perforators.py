"""Several perforators of which one statement speaks, each measured at a place of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.distances import is_distance, is_long_length
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site, compose

_NAMED: Final = 2  # the branches, and where they were seen


def complete_perforators(thread: Thread) -> None:
    """Say that each of several perforators refluxes at the place at which it is measured.

    As in "two incompetent perforators, one of 4 mm at 12 cm and one of 3 mm in the upper calf", and
    in "incompetent perforators in the mid thigh, 4.2 mm, and in the distal calf, 3.8 mm".
    """
    for told in [a for a in thread.result if _speaks_of_several(thread, a, placed=True)]:
        names = {site.vein_at for site in told.sites}
        later = [a for a in thread.result if a.number and a.predicate.first > told.predicate.last]
        own = [a for a in later if a.sites and {site.vein_at for site in a.sites} <= names]
        zones = {(s.legs, s.spot) for a in own for s in a.sites}
        told_at = any(site.has_spot for site in told.sites)
        if len(zones) == 1 and _is_only_zoned(own[0].sites) and not told_at:
            told.sites = own[0].sites  # "insufficient perforators: calf at 12 and at 21 cm"
        placed = [a for a in own if all(_is_placed(site) for site in a.sites)]
        said = {s for a in thread.result if _says_same(a, told) for s in a.sites}
        for a in placed:
            if said.isdisjoint(a.sites) and not a.chunk.cues("maximum"):  # "the largest 4.6 mm"
                said.update(a.sites)
                thread.result.append(replace(told, sites=a.sites, chunk=a.chunk))


def repeat_for_sizes(thread: Thread) -> None:
    """Say of each of several perforators that is measured that it refluxes, where all lie there.

    As in "two incompetent perforators: 12 cm (3.5 mm) and 18 cm (4.1 mm)", "two incompetent
    perforators in the lower calf, 3.5 mm and 4 mm".
    """
    several = [a for a in thread.result if _speaks_of_several(thread, a, placed=True)]
    for told in several:
        sizes = [
            a
            for a in thread.result
            if a.sites == told.sites and a.predicate.first > told.predicate.last and is_size(a)
        ]
        found = [a for a in thread.result if a is not told and _says_same(a, told)]
        found = [a for a in found if not _names_time(a)]
        for size in sizes[1:] if not found else ():
            thread.result.insert(thread.result.index(size), replace(told, chunk=size.chunk))


def _names_time(a: Assignment) -> bool:
    """Whether a noun only says what its numbers are: "with reflux of 0.8 and 1.1 s"."""
    finding, numbers = a.predicate.finding, [n for p in a.chunk.predicates for n in p.numbers]
    timed = any(n.unit is not None and n.unit.kind == "time" for n in numbers)
    noun = finding is not None and finding.kind == "noun" and a.predicate.negated is None
    return noun and timed


def is_size(a: Assignment) -> bool:
    """Whether it is a size and no height."""
    number = a.number
    if number is None or number.unit is None or number.unit.kind != "length":
        return False
    return not (is_long_length(number) or is_distance(a.chunk, number))


def share_closing_place(thread: Thread) -> None:
    """Give all sizes of branches the place at which they were seen, at the end of a sentence.

    As in "Two perforators with diameters of 3.5 mm and 4 mm were seen in the left calf".
    """
    groups = [group for chunk in thread.chunks for group in chunk.groups]
    own = thread.chunks[-1] if thread.chunks else None
    if own is None or len(groups) < _NAMED or own.groups[-1:] != groups[-1:]:
        return
    *branches, place = groups
    sizes = [p.last for p in own.predicates if p.numbers]
    seen = [c for c in own.cues("affirmation_after") if c.first > max(sizes, default=own.first - 1)]
    if not seen or seen[-1].last > place.first or place.has_vein or len(place.parts) > 1:
        return
    parts = [part for group in branches for part in group.parts]
    if any(p.vein not in COUNTED or p.has_spot or p.legs or p.vein_at is None for p in parts):
        return
    named = [(p.vein_at.first, p.vein_at.last) for p in parts if p.vein_at is not None]
    for a in thread.result:
        if a.sites and all(site.vein_at in named for site in a.sites):
            a.sites = compose(place, tuple(site.without_spot() for site in a.sites))


def _speaks_of_several(thread: Thread, a: Assignment, *, placed: bool = False) -> bool:
    """Whether several perforators are said to reflux; those with a level only where ``placed``."""
    finding = a.predicate.finding
    if finding is None or finding.property != "reflux" or finding.kind != "word":
        return False
    found = a.predicate.value == "present" and not a.dropped and not a.spread
    named = [
        site.vein_at
        for site in a.sites
        if site.vein in PERFORATORS and (placed or not _is_placed(site))
    ]
    several = [at for at in named if at and thread.marks.tokens[at[1]].text.endswith("s")]
    return found and bool(several) and len(several) == len(a.sites)


def _is_only_zoned(sites: Sequence[Site]) -> bool:
    """Whether places are zones without a level: "in the calf"."""
    return all(site.spot.zone and not _is_placed(site) for site in sites)


def _is_placed(site: Site) -> bool:
    """Whether a perforator has a level, and not only its zone."""
    return site.spot.level is not None or site.spot.code is not None


def _says_same(a: Assignment, told: Assignment) -> bool:
    """Whether a statement says what another says, of a place of its own."""
    one, other = a.predicate.finding, told.predicate.finding
    same = one is not None and other is not None and one.property == other.property
    return same and not a.dropped

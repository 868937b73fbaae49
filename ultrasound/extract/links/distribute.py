"""Numbers given to places: one to all of its sites, a list over a list of the same length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.ranged import part_range
from ultrasound.extract.links.these import mean_these
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.links.trunks import TRUNK
from ultrasound.extract.places.groups import Inset
from ultrasound.extract.places.merged import unite_groups
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose

_OPENING: Final = 2  # words: "the trunks measure"


def assign(
    thread: Thread, predicate: Predicate, sites: tuple[Site, ...], chunk: Chunk, *, explicit: bool
) -> None:
    """Bind a statement to its sites."""
    sites = mean_these(thread, sites)
    if len(predicate.numbers) > 1:
        _distribute(thread, predicate, sites, chunk)
        return
    number = predicate.numbers[0] if predicate.numbers else None
    if number is not None and number.attained:  # of some place in it: "to the knee for up to 3 s"
        sites = tuple(dict.fromkeys(s.without_spot() if s.until else s for s in sites))
    thread.result.append(Assignment(predicate, sites, chunk, explicit, number))


def assign_inset(thread: Thread, inset: Inset, chunk: Chunk, phrases: Sequence[Phrase]) -> None:
    """Bind a number in brackets inside a range to the range's first place.

    Its leg and vein are those of the range: "the right GSV leaks from the SFJ (2 s) to the knee".
    """
    number, group = inset.number, inset.group
    part = replace(group.parts[0], until=None, open_start=False)
    own = [s.without_spot() for g, sites in phrases if g.last == group.last for s in sites]
    sites = compose(PlaceGroup(group.first, group.last, (part,)), tuple(own) or thread.focus)
    predicate = Predicate(number.first, number.last, numbers=(number,))
    thread.result.append(Assignment(predicate, sites, chunk, True, number))


def _distribute(
    thread: Thread, predicate: Predicate, sites: tuple[Site, ...], chunk: Chunk
) -> None:
    """Hand out a list of numbers over the list of places of the same length."""
    targets = _find_targets(thread, len(predicate.numbers), sites, chunk)
    if targets:
        _place_verb(thread, targets, chunk)
    for index, number in enumerate(predicate.numbers):
        place = targets[index] if targets else ()
        a = Assignment(predicate, place, chunk, bool(targets), number, about=sites)
        thread.result.append(a)


def _place_verb(thread: Thread, targets: Sequence[tuple[Site, ...]], chunk: Chunk) -> None:
    """Say a verb or word of its numbers' places: "refluxing for 3.1 and 2.2 s respectively"."""
    at = thread.position_of(chunk)
    own = [chunk, *thread.chunks[at - 1 : at]] if chunk.separator == "with" else [chunk]
    sites = tuple(site for place in targets for site in place)
    for said in thread.result:
        finding = said.predicate.finding
        word = finding is not None and finding.kind == "word" and finding.property == "reflux"
        here = any(said.chunk is c and not c.groups for c in own)
        loose = not any(site.has_spot for site in said.sites)
        same = {s.vein for s in said.sites} == {s.vein for s in sites}
        if word and here and loose and same and all(site.has_spot for site in sites):
            said.sites = sites


def _find_targets(
    thread: Thread, count: int, sites: tuple[Site, ...], chunk: Chunk
) -> Sequence[tuple[Site, ...]]:
    """The nearest list of as many places as there are numbers."""
    respectively = any("respectively" in c.kinds for c in thread.chunks if c.clause == chunk.clause)
    in_order = respectively and len(thread.several) <= 1
    recent = tuple(thread.mentioned[-count:]) if in_order else ()
    several = tuple(site for place in thread.several for site in place)
    own = sites if len(sites) == 1 and sites[0].vein and not sites[0].has_spot else thread.focus
    ahead, stated = _list_ahead(thread, chunk, count, own)
    again = respectively and not thread.mentioned  # "Reflux times 1.2 and 0.9 s respectively"
    before = tuple(site for place in thread.earlier for site in place) if again else ()
    if respectively and _counts_branches(sites, chunk):
        return [sites] * count
    candidates = (sites, thread.focus, several, ahead, recent, before)
    legs = {leg for group in chunk.groups for part in group.parts for leg in part.legs}
    for candidate in (ahead, *candidates) if respectively and not stated else candidates:
        split = thread.split(candidate)
        named = {leg for site in candidate for leg in site.legs}
        if len(split) == count and not (legs and named - legs):
            return split if candidate in (sites, ahead) else _place_own(split, chunk)
    if sites and all(site.vein in COUNTED for site in sites):
        return [sites] * count
    return part_range(sites, count)


def _place_own(places: list[tuple[Site, ...]], chunk: Chunk) -> list[tuple[Site, ...]]:
    """Places named before, at the level or of the vein that the clause of the numbers names.

    As in "1.2 s on the right and 2.4 s on the left; the trunks measure 5.5 and 7.9 mm
    respectively in mid thigh".
    """
    if TRUNK in chunk.words[:_OPENING]:
        places = [tuple(site.without_spot() for site in place) for place in places]
    groups = unite_groups(chunk.groups)
    legs = {site.legs for place in places for site in place}
    if any(group.has_vein for group in groups) and len(legs) != len(places):
        return []  # "right CFV and FV 5 and 6 mm, the GSV 5.5 and 7.9 mm"
    placed = len(groups) == 1 and not groups[0].has_leg
    return [compose(groups[0], place) for place in places] if placed else places


def _counts_branches(sites: tuple[Site, ...], chunk: Chunk) -> bool:
    """Whether several at one place are counted: "two in the calf measuring 3.7 and 4.0 mm"."""
    counted = [cue for cue in chunk.cues("count") for g in chunk.groups if cue.last < g.first]
    alone = len(chunk.groups) == 1 and len(chunk.groups[0].parts) == 1
    return bool(counted) and alone and all(site.vein in COUNTED for site in sites)


def _list_ahead(
    thread: Thread, chunk: Chunk, count: int, own: tuple[Site, ...]
) -> tuple[tuple[Site, ...], bool]:
    """The first list of that many places after a clause, and whether it has its own finding.

    Levels are of its ``own`` vein: "GSV 7.4 and 6.8 mm, reflux 3.0 and 2.9 s at the SFJ and knee".
    """
    for later in thread.chunks[thread.position_of(chunk) + 1 :]:
        if later.separator == ";":
            break
        for group in later.groups:
            if len(group.parts) == count:
                stated = any(p.finding is not None for p in later.predicates)
                return compose(group, own), stated
        if later.groups and any(group.has_vein for group in later.groups):
            break
    return (), False

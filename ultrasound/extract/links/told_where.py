"""Places that stand alone: whether they tell where something was found, or open what follows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.exam_dates import YEAR
from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.bracketed import names_each
from ultrasound.extract.links.junctions import may_lead
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.topic import note_subject
from ultrasound.extract.places.places import PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import make_site

_WHOLE: Final = "whole"


def tells_which(thread: Thread, chunk: Chunk) -> bool:
    """Whether a level tells which perforator is meant: "incompetent perforator, mid calf: 4 mm".

    Or a range how far a reflux goes: "incompetent, from the junction to mid calf and 5 mm wide".
    """
    said = thread.result[-1]
    if _tells_how_far(thread, said, chunk) or _tells_in_bracket(thread, said, chunk):
        return True
    branches = [site for site in said.sites if site.vein in PERFORATORS and not site.has_spot]
    several = bool(branches) and len(branches) == len(said.sites)
    level = any(part.has_spot for group in chunk.groups for part in group.parts)
    return chunk.separator == "," and level and several and not said.number


def _tells_how_far(thread: Thread, said: Assignment, chunk: Chunk) -> bool:
    found = said.predicate.finding
    noun = found is not None and found.kind == "noun" and not said.chunk.predicates[1:]
    word = found is not None and (found.kind == "word" or (noun and said.predicate.negated is None))
    refluxes = found is not None and found.property == "reflux" and word
    parts = [part for group in chunk.groups for part in group.parts]
    whole = all(part.spot.zone == _WHOLE for part in parts)  # ", all the way from groin to ankle"
    ranged = all(part.until is not None for part in parts)
    ranged = ranged and ("from" in chunk.kinds or _ranges_alone(thread, chunk))
    open_sites = bool(said.sites) and not any(site.has_spot for site in said.sites)
    return chunk.separator == "," and refluxes and (whole or ranged) and open_sites


def _ranges_alone(thread: Thread, chunk: Chunk) -> bool:
    """Whether a range is the only place behind its finding, before sizes of all of it.

    As in "GSV reflux, proximal thigh to mid calf, diameters 5-7 mm".
    """
    said = thread.result[-1]
    *before, _ = thread.chunks[: thread.position_of(chunk) + 1]
    behind = thread.chunks[thread.position_of(chunk) + 1 :]
    straight = bool(before) and before[-1] is said.chunk and not said.predicate.numbers
    found = any(p.finding and p.finding.kind != "label" for c in behind for p in c.predicates)
    alone = not found and not any(c.groups or c.separator != "," for c in behind)
    told = straight and said.predicate.value == "present"
    ends = all(part.spot and not part.extends for group in chunk.groups for part in group.parts)
    return told and alone and ends and len(chunk.elements) == 1


def _tells_in_bracket(thread: Thread, said: Assignment, chunk: Chunk) -> bool:
    """Whether a bracket tells where reflux is, and its number: "incompetent (SFJ to knee, 6 mm)".

    Or in which leg: "(left, 6 mm)". One with several levels has a number for each.
    """
    found = said.predicate.finding
    refluxes = found is not None and (found.property, said.predicate.value) == ("reflux", "present")
    at = thread.position_of(chunk)
    inside = list(takewhile(lambda c: c.depth >= chunk.depth, thread.chunks[at + 1 :]))
    parts = [part for group in chunk.groups for part in group.parts]
    own = {None, *(site.vein for site in said.sites)}
    one_leg = any(len(site.legs) == 1 for site in said.sites)
    single = len(parts) == 1 and parts[0].vein in own
    single = single and (not one_leg if parts[0].legs else parts[0].has_spot)
    alone = single and not any(c.groups or c.separator == "(" for c in inside)
    bare = bool(said.sites) and not any(site.has_spot for site in said.sites)
    straight = said.chunk.last + 2 == chunk.first and not any(
        p.numbers for p in said.chunk.predicates
    )
    return chunk.separator == "(" and refluxes and alone and bare and straight


def leave_measured(thread: Thread, chunk: Chunk) -> None:
    """Let "measured" before a place say no more than where: "6 mm, measured 3 cm below the SFJ".

    Whatever stretch was spoken of before, the size is of that place.
    """
    only = [p for p in chunk.predicates if p.finding and p.finding.kind == "label"]
    opens = bool(only) and len(only) == len(chunk.predicates) and only[0].first == chunk.first
    placed = bool(chunk.groups) and all(map(is_only_level, chunk.groups))
    if not (chunk.separator == "," and opens and placed):
        return
    chunk.predicates = []
    before = thread.chunks[max(0, thread.position_of(chunk) - 1)]
    for a in thread.result:
        if a.chunk is before and a.number is not None and not a.explicit:
            a.sites = tuple(dict.fromkeys(site.without_spot() for site in a.sites))


def opens_next(thread: Thread, index: int, chunk: Chunk) -> bool:
    """Whether places belong to what follows them, as before a colon."""
    follower = thread.follower(index)
    if follower is not None and follower.separator == "which" and not follower.predicates:
        follower = thread.follower(index + 1) or follower  # "the SSV, which is wide, refluxes"
    bracket = chunk.separator in ("(", "[")
    if chunk.separator == "-" and index and names_each(thread, index, chunk.groups):
        return False  # "9.1 mm - SFJ, 7.2 mm - mid thigh"
    if follower is None or (follower.depth < chunk.depth and not bracket):
        return False
    if bracket and _tells_year(follower):
        return False  # "left EVLT (GSV, Feb 2024)"
    if bracket and any(p.numbers for p in follower.predicates) and not follower.groups:
        before = thread.chunks[index - 1].predicates if index else ()
        thread.prefixed = thread.prefixed or not any(p.numbers for p in before)
    if follower.clause != chunk.clause or (bracket and not thread.prefixed):
        return False
    measured = bool(follower.predicates) and "distance" not in follower.kinds
    if follower.separator == ":" or (measured and not follower.groups):
        return True
    return measured and follower.separator == "with" and _is_one_of_both(thread, chunk)


def _is_one_of_both(thread: Thread, chunk: Chunk) -> bool:
    """Whether one leg is taken up of two: "both GSVs reflux …, the right with 2 s at the SFJ"."""
    said = thread.result[-1:]
    both = bool(said) and any(len(site.legs) > 1 for site in said[0].sites)
    return both and all(is_only_leg(group) for group in chunk.groups)


def _tells_year(chunk: Chunk) -> bool:
    """Whether a clause only tells a year."""
    numbers = [n for p in chunk.predicates for n in p.numbers]
    found = any(p.finding is not None for p in chunk.predicates)
    years = [n for n in numbers if n.unit is None and YEAR.fullmatch(n.low)]
    return bool(years) and len(years) == len(numbers) and not found


def note_level(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Keep a level that leads the sentence, and what a part behind a semicolon is about."""
    parts = [part for group in groups for part in group.parts]
    if index == 0 and len(parts) == 1 and parts[0].spot and may_lead(thread, groups[0]):
        thread.level = make_site(parts[0])
    if chunk.separator == ";":
        note_subject(thread, chunk, groups)

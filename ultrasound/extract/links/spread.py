"""Findings that are said once for a list of places behind a colon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.clot import OBSTRUCTED
from ultrasound.extract.links.narrow import is_bare
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_UNDONE: Final = "not_assessed"
_LISTING: Final = (",", "(", "-", ":")


def start_spread(thread: Thread, index: int, chunk: Chunk, *, placed: bool) -> None:
    """Keep the findings that hold at each place of a list.

    As in "… shows reflux at several levels: A (1.2 s), B (0.9 s)". ``placed``: the clause names
    a place of its own; without one only what was not assessed is spread.
    """
    follower = thread.follower(index)
    if follower is None or not (follower.separator == ":" or _lists(thread, chunk, follower)):
        return
    thread.spread = []
    _leave_omission(thread, chunk, follower)
    if not _opens_with_place(follower):
        return
    if not placed:
        for a in thread.result:
            if a.chunk is chunk and index == 0:
                # of the leg above, but for "Incompetent: right GSV, right SSV"
                a.sites = tuple(dict.fromkeys(site.only_leg() for site in a.sites))
    thread.spread = [a for a in thread.result if _is_spread(a, chunk)]


def _leave_omission(thread: Thread, chunk: Chunk, follower: Chunk) -> None:
    """What was left out of a report, and is told behind the colon, was not left undone.

    As in "Omitted from the body: an incompetent perforator in the left calf".
    """
    told = any(p.finding and p.finding.value != _UNDONE for p in follower.predicates)
    for a in thread.result if told and any(g.has_vein for g in follower.groups) else ():
        if a.chunk is chunk and a.predicate.value == _UNDONE and not chunk.groups:
            a.predicate = replace(a.predicate, repeated=True)


def _lists(thread: Thread, chunk: Chunk, follower: Chunk) -> bool:
    """Whether a clause says where several perforators lie: "two incompetent, one at mid calf"."""
    if follower.separator not in _LISTING or not follower.groups or not follower.predicates:
        return False
    parts = [part for group in follower.groups for part in group.parts]
    placed = all(p.has_spot and p.vein in (None, *PERFORATORS) for p in parts)
    said = [site for a in thread.result if _is_spread(a, chunk) for site in a.sites]
    return placed and bool(said) and all(site.vein in PERFORATORS for site in said)


def _is_spread(a: Assignment, chunk: Chunk) -> bool:
    """Whether a statement of a clause is a finding that names no level."""
    finding = a.predicate.finding
    stated = finding is not None and finding.kind in ("word", "noun")
    return (
        a.chunk is chunk
        and stated
        and not a.predicate.repeated
        and not any(site.has_spot for site in a.sites)
    )


def _opens_with_place(chunk: Chunk) -> bool:
    """Whether a clause begins with a place: "medial mid calf", "one in the distal calf"."""
    for element in chunk.elements:
        if isinstance(element, PlaceGroup):
            return True
        if isinstance(element, Mention):
            if not element.cue("location"):
                return False
        elif not isinstance(element, Token) or element.norm not in FILLERS:
            return False
    return False


def spread_over(
    thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup], phrases: Sequence[Phrase]
) -> None:
    """Say the findings that were kept of the places of a clause, until it has one of its own."""
    if not thread.spread or not groups or _list_veins(thread, chunk, groups, phrases):
        return
    veins = {part.vein for group in groups for part in group.parts} - {None}
    own = {site.vein for a in thread.spread for site in a.sites} - {None}
    own |= set(PERFORATORS) if "PERF" in own else set()
    veins |= {site.vein for _, sites in phrases for site in sites} - {None}
    if own and not (veins <= own and all(group.has_spot for group in groups)):
        return
    if any(p.finding is not None and p.finding.kind != "label" for p in chunk.predicates):
        thread.spread = []
        return
    for a in [a for a in thread.spread if not (a.predicate.heads and _is_noun(a))]:
        if _is_noun(a) and _is_timed(chunk) and "affirmation_after" not in a.chunk.kinds:
            # "Reflux of the SSV: SPJ 0 s, mid calf 1.5 s": the noun of the numbers
            a.predicate = replace(a.predicate, repeated=True)
            continue
        a.dropped = True
        for _, sites in phrases:
            thread.result.append(replace(a, sites=sites, dropped=False, spread=True))


def _list_veins(
    thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup], phrases: Sequence[Phrase]
) -> bool:
    """Say what stands before a colon of veins that are only named behind it; False where none is.

    As in "Superficial reflux: right GSV; left SSV".
    """
    follower = thread.follower(thread.position_of(chunk))
    answered = follower is not None and (
        follower.separator in (":", "-", "(")
        or bool(follower.predicates and not (follower.groups or _goes_with_clot(follower)))
    )
    bare = not chunk.predicates and is_bare(chunk) and all(group.has_vein for group in groups)
    asked = [a for a in thread.spread if _is_noun(a) and (a.predicate.heads or a.listed)]
    if answered or not bare or len(asked) != len(thread.spread):
        return False
    sites = tuple(site for _, sites in phrases for site in sites)
    for a in asked:
        said = replace(a, predicate=replace(a.predicate, heads=False), sites=sites, listed=True)
        a.dropped = a.dropped or not a.listed
        thread.result.append(said)
    thread.spread = thread.result[-len(asked) :]
    return True


def _goes_with_clot(chunk: Chunk) -> bool:
    """Whether a clause adds what a clot does to its veins: "DVT: POPV, PTV, all incompressible"."""
    said = [(p.finding.property if p.finding else None, p.value) for p in chunk.predicates]
    return all(found in OBSTRUCTED for found in said)


def _is_timed(chunk: Chunk) -> bool:
    """Whether a clause gives the time of a reflux."""
    numbers = (n for p in chunk.predicates for n in p.numbers)
    return any(n.unit is not None and n.unit.kind == "time" for n in numbers)


def _is_noun(a: Assignment) -> bool:
    """Whether a statement only names what is found: "Thrombosis:"."""
    return a.predicate.finding is not None and a.predicate.finding.kind == "noun"

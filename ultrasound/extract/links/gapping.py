"""Places that go on with a finding said before: a list behind a bracket, the other leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.places.sites import compose
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.tokens import Token

_LISTING: Final = (",", "and")
_STATES: Final = ("word", "noun")
_ONWARD: Final = (*_LISTING, "but", "whereas", "while", ";")
_WORDS: Final = frozenset({*FILLERS, "also", "only", "over", "just", "from"})


def say_again(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say a finding of the other leg at a level of its own.

    As in "refluxes in the thigh on the right, in the calf on the left"; "incompetent at the knee on
    the right but only at the mid calf on the left".
    """
    if chunk.separator not in _ONWARD or len(groups) != 1 or not _is_plain(chunk):
        return False
    group = groups[0]
    said = _find_said(thread, chunk)
    if not said or group.has_vein or not (group.has_leg and group.has_spot):
        return False
    before = {leg for site in said[-1].sites for leg in site.legs}
    own = {leg for part in group.parts for leg in part.legs}
    if not own or not before or own & before:
        return False
    for a in said:
        base = tuple(dict.fromkeys(site.without_spot() for site in a.sites))
        thread.result.append(replace(a, sites=compose(group, base), chunk=chunk, explicit=True))
    return True


def _find_said(thread: Thread, chunk: Chunk) -> list[Assignment]:
    """What the clause before found, of which a place was named."""
    found = [
        a
        for a in thread.result
        if a.chunk.depth == chunk.depth
        and not a.dropped
        and (a.predicate.anatomy or (a.predicate.finding and a.predicate.finding.kind in _STATES))
    ]
    return [a for a in found if a.chunk is found[-1].chunk]


def go_on_listing(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say the finding of a list that a bracket interrupts of the places behind it.

    As in "competent in the mid calf (2.7 mm) and distal calf (2.2 mm)".
    """
    listed = chunk.separator in _LISTING and thread.chunks[index - 1].depth > chunk.depth
    stated = _is_stated(thread, index)
    found = [
        a
        for a in thread.result
        if a.chunk.depth == chunk.depth
        and a.chunk.clause == chunk.clause
        and a.predicate.finding is not None
        and a.predicate.finding.kind in ("word", "noun")
        and not a.dropped
    ]
    if not listed or stated or not found or not _is_plain(chunk):
        return False
    if not _is_of_list(found[-1], groups):
        return False
    sites = tuple(site for group in groups for site in compose(group, found[-1].sites))
    said = [a for a in found if a.chunk is found[-1].chunk]
    for a in said:
        thread.result.append(replace(a, sites=sites, chunk=chunk, explicit=True))
    return True


def _is_of_list(said: Assignment, groups: Sequence[PlaceGroup]) -> bool:
    """Whether places are levels of the vein, or veins as those behind the finding."""
    leads = all(said.predicate.first < g.first for g in said.chunk.groups if g.has_vein)
    return leads or not any(group.has_vein for group in groups)


def _is_stated(thread: Thread, index: int) -> bool:
    """Whether something is found of places behind them; a bracket may measure them before."""
    chunk = thread.chunks[index]
    for follower in thread.chunks[index + 1 :]:
        measured = bool(follower.predicates) and all(p.finding is None for p in follower.predicates)
        if follower.depth > chunk.depth and measured:
            continue
        found = follower.depth > chunk.depth or any(p.finding for p in follower.predicates)
        behind = found or follower is thread.follower(index)
        return behind and follower.clause == chunk.clause and not follower.groups
    return False


def _is_plain(chunk: Chunk) -> bool:
    """Whether a clause holds nothing but places."""
    return all(isinstance(e, PlaceGroup) or _is_filler(e) for e in chunk.elements)


def _is_filler(element: Element | PlaceGroup) -> bool:
    if isinstance(element, Mention):
        return element.cue("location", "from")
    return isinstance(element, Token) and element.norm in _WORDS

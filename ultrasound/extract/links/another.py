"""Branches of which a further one is told, with no level yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.places.sites import Site, compose

_ONE: Final = "one"
_MORE: Final = "more"
_ANOTHER: Final = frozenset({"another", "second", "third", "fourth", "further", "additional"})
_KEPT: Final = frozenset({_ONE} | _ANOTHER)
_OF_ANOTHER: Final = frozenset({_ONE, _MORE, "and", "also", "such", "other", ",", "."} | _ANOTHER)
_GOING_ON: Final = (",", "and", "&", "with", ";")
_TELLING: Final = ("negation", "none", "negative", "denial_after", "prior", "uncertain")
_OPENING: Final = 2  # words at the start of a clause
_FIRST: Final = "first"


def begin_another(thread: Thread, chunk: Chunk) -> None:
    """Speak of a further perforator, with no level yet: "two more at 20 cm", "another, 3 mm".

    One that is placed by its height is another one too: "one at mid calf, and one 9 cm above MM".
    """
    words = chunk.words[:_OPENING]
    counted = "count" in chunk.kinds and words[:1] == [_MORE]
    if not (
        _is_next_one(thread, chunk, words)
        or counted
        or words == [_ONE, _MORE]
        or not _ANOTHER.isdisjoint(words)
    ):
        return
    if chunk.cues("count") or not _is_listed(thread, chunk):
        _leave_level(thread, chunk)


def say_of_another(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say what was found of a branch of a further one, of which the place alone is told.

    As in "an incompetent perforator in the left mid calf, and another in the right distal thigh".
    """
    words = [word for word in chunk.words if word not in FILLERS or word in _KEPT]
    counted = words[-1:] == [_ONE] or words[-1:] == [_MORE] or not _ANOTHER.isdisjoint(words)
    if not counted or not _OF_ANOTHER.issuperset(words) or chunk.predicates or len(groups) != 1:
        return False
    placed = groups[0].has_spot and not groups[0].has_vein and not _is_told(thread, chunk)
    said = [a for a in thread.result if not a.dropped and a.predicate.finding is not None]
    said = [a for a in said if a.chunk is said[-1].chunk]
    found = bool(said) and all(_is_of_branch(a) for a in said)
    if not placed or not found or not chunk.kinds.isdisjoint(_TELLING):
        return False
    _leave_level(thread, chunk)
    sites = compose(groups[0], thread.focus)
    thread.result += [replace(a, sites=sites, chunk=chunk, explicit=True) for a in said]
    thread.focus = sites
    thread.mention(sites)
    return True


def _is_told(thread: Thread, chunk: Chunk) -> bool:
    """Whether a place is set against the one before, or what it is like is told behind it."""
    own: list[Predicate] = []
    for later in thread.chunks[thread.position_of(chunk) + 1 :]:
        if later.groups or later.clause != chunk.clause:
            break
        own += later.predicates
    found = any(predicate.finding is not None for predicate in own)
    return found or chunk.separator not in _GOING_ON or (chunk.separator == ";" and bool(own))


def _is_of_branch(a: Assignment) -> bool:
    """Whether a word finds something of branches, and denies nothing."""
    kind = a.predicate.finding.kind if a.predicate.finding is not None else ""
    branches = bool(a.sites) and all(site.vein in COUNTED for site in a.sites)
    return branches and kind in ("word", "noun") and a.predicate.negated is None


def _is_next_one(thread: Thread, chunk: Chunk, words: Sequence[str]) -> bool:
    """Whether "one" has its height, and the level in force is that of the one before."""
    if words[:1] != [_ONE] or chunk.groups or not chunk.cues("distance"):
        return False
    tokens = thread.marks.tokens[thread.chunks[0].first : chunk.first]
    before = max((token.index for token in tokens if token.norm == _ONE), default=None)
    levels = [at[0] for site in thread.focus for at in site.spot_at]
    return before is not None and any(at > before for at in levels)


def _is_listed(thread: Thread, chunk: Chunk) -> bool:
    """Whether it is the second of those that were counted: "the first is 4 mm, the second 3"."""
    before = thread.chunks[: thread.position_of(chunk)]
    first = any(_FIRST in c.words for c in before)
    return first and thread.marks.tokens[chunk.first].norm == "the"


def _leave_level(thread: Thread, chunk: Chunk) -> None:
    """Speak of a branch whose level is not known yet."""
    if chunk.depth == 0 and all(site.vein in COUNTED for site in thread.focus):
        thread.focus = tuple(map(leave_level, thread.focus))


def leave_level(site: Site) -> Site:
    """A branch whose level is not known: a perforator of the calf may be any."""
    vein = "PERF" if site.vein in PERFORATORS else site.vein
    return replace(site.without_spot(), vein=vein)

"""Branches of which a further one is told, with no level yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.distances import is_distance
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.focus import are_perforators
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.words.quantities import Number

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
    if _is_next_height(thread, chunk):
        _say_of_next(thread, chunk)
        return
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


def _is_next_height(thread: Thread, chunk: Chunk) -> bool:
    """Whether a height, with a size behind it, stands behind the size of a perforator with a level.

    As in "mid thigh 4.5 mm, 14 cm above the malleolus 3.9 mm". Behind a level alone it tells only
    more of it: "at mid thigh, 14 cm above the knee, 3.9 mm". A level told with the perforators is
    that of all of them: "two calf perforators: 8 cm above the heel 3 mm, 14 cm above it 4 mm".
    """
    branches = are_perforators(thread.focus)
    if chunk.groups or not branches or not chunk.cues("distance"):
        return False
    own = [n for p in chunk.predicates for n in p.numbers]
    height = next((n for n in own if is_distance(chunk, n)), None)
    if height is None or not all(_is_of_item(thread, chunk, site) for site in thread.focus):
        return False
    said = [a for a in thread.result if a.number is not None and a.sites == thread.focus]
    sized = {kind_of(a.number) for a in said if a.number and not is_distance(a.chunk, a.number)}
    return not sized.isdisjoint(kinds_behind(thread, chunk, height))


def _is_of_item(thread: Thread, chunk: Chunk, site: Site) -> bool:
    """Whether a clause names the level alone, of a perforator that one before it names.

    No height was told of it: "Perforators: medial calf, 8 cm above the heel 3 mm, 14 cm …".
    """
    levels = [at[0] for at in site.spot_at]
    named = site.vein_at[0] if site.vein_at else -1
    if not levels or not any(named < c.first <= levels[0] <= c.last for c in thread.chunks):
        return False
    since = [c for c in thread.chunks if levels[0] <= c.last < chunk.first]
    return not any(c.cues("distance") for c in since)


def kinds_behind(thread: Thread, chunk: Chunk, height: Number) -> set[str | None]:
    """What the numbers behind a height measure, up to the next place or height."""
    kinds = {kind_of(n) for p in chunk.predicates for n in p.numbers if n.first > height.last}
    later = thread.chunks[thread.position_of(chunk) + 1 :]
    own = takewhile(
        lambda c: not c.groups and not c.cues("distance") and c.clause == chunk.clause, later
    )
    return kinds | {kind_of(n) for c in own for p in c.predicates for n in p.numbers}


def kind_of(number: Number) -> str | None:
    """What a number's unit measures."""
    return number.unit.kind if number.unit is not None else None


def _say_of_next(thread: Thread, chunk: Chunk) -> None:
    """Go on with a perforator that has only its height, and what was found of the one before."""
    before = thread.focus
    thread.focus = tuple(dict.fromkeys(map(leave_level, before)))
    thread.mention(thread.focus)
    said = [a for a in thread.result if a.sites == before and not a.dropped and _is_of_branch(a)]
    if chunk.separator in (",", "and", "&") and not _is_told(thread, chunk):
        thread.result += [replace(a, sites=thread.focus, chunk=chunk) for a in said]


def _is_listed(thread: Thread, chunk: Chunk) -> bool:
    """Whether it is the second of those that were counted: "the first is 4 mm, the second 3"."""
    before = thread.chunks[: thread.position_of(chunk)]
    first = any(_FIRST in c.words for c in before)
    if any(c.words[:1] == [_ONE] and not c.groups for c in before) and not chunk.groups:
        return True  # "in the lower calf, one medially (4 mm) and another laterally (3 mm)"
    return first and thread.marks.tokens[chunk.first].norm == "the"


def _leave_level(thread: Thread, chunk: Chunk) -> None:
    """Speak of a branch whose level is not known yet."""
    if chunk.depth == 0 and all(site.vein in COUNTED for site in thread.focus):
        thread.focus = tuple(map(leave_level, thread.focus))


def leave_level(site: Site) -> Site:
    """A branch whose level is not known: a perforator of the calf may be any."""
    vein = "PERF" if site.vein in PERFORATORS else site.vein
    return replace(site.without_spot(), vein=vein)

"""Ranges that go on from where the words before them ended.

As in "incompetent in the distal thigh. Reflux continues to the mid calf", "competent to the knee.
It is then incompetent to the ankle", "varices feed the GSV at the upper thigh. It is then
incompetent to the knee". Where nothing says that they go on, they begin at the trunk's junction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.focus import is_branch
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.places.spots import LONG_ZONES, lies_below

_THEN: Final = "then"
_ONWARD: Final = frozenset({"continue", "extend", "persist", "remain", "stay"})
_OF_REFLUX: Final = ("reflux", "reflux_time", "diameter", "velocity", "*")
_JOINED: Final = ("and", "&", ";")
_OPENING: Final = 2  # clauses of "The GSV is then incompetent to"


def take_judged(assignments: Sequence[Assignment]) -> Assignment | None:
    """What a sentence has said last of the reflux of a trunk at a level, for the next one."""
    for a in reversed(assignments):
        finding = a.predicate.finding
        if finding is not None and finding.property == "reflux" and not a.dropped:
            placed = all(s.has_spot and s.vein not in (None, *COUNTED, *GROUPS) for s in a.sites)
            return a if placed and not a.chunk.prior else None
    return None


def begin_onward(thread: Thread, chunk: Chunk, group: PlaceGroup) -> PlaceGroup:
    """A range with no start of its own, begun where the sentence before ended."""
    if any(p.finding and p.finding.property not in _OF_REFLUX for p in chunk.predicates):
        return group  # "GSV reflux at mid thigh. Thrombus extends to the knee"
    if not _is_opening(thread, chunk):
        return _begin_met(thread, chunk, group)
    then = chunk.separator == _THEN or _THEN in chunk.norms
    judged = thread.judged if then or _goes_on(chunk, group) else None
    other = judged is not None and _denies(judged.predicate) != _denies_reflux(thread, chunk)
    found = _of_vein(thread, chunk, judged.sites) if judged and (then or not other) else []
    if then and not found:
        found = _left_at(thread, chunk)
    spots = {site.until or site.spot for site in found}
    if len(spots) != 1 or any(site.extends for site in found):
        return group
    (spot,) = spots
    if any(part.until == spot for part in group.parts):
        return group  # "at the knee. It remains incompetent to the knee"
    ended = other or any(site.until is not None or site.ended for site in found)
    beyond = then and ended and (spot.zone not in LONG_ZONES or spot.level is not None)
    parts = tuple(replace(p, spot=spot, open_start=False, beyond=beyond) for p in group.parts)
    return replace(group, parts=parts)


def _begin_met(thread: Thread, chunk: Chunk, group: PlaceGroup) -> PlaceGroup:
    """The range of a trunk from where a branch meets it in the clause before.

    As in "a tributary joins at the knee and the GSV is incompetent to the ankle".
    """
    at = thread.position_of(chunk)
    before = thread.chunks[at - 1] if at > 0 else chunk
    named = [g for g in chunk.groups if g.has_vein]
    trunk = len(named) == 1 and not named[0].has_spot and named[0].first <= chunk.first + 1
    branches = is_branch(thread.focus) and before.cues("joins") and not before.predicates
    spots = {site.spot for site in thread.focus if site.has_spot and site.until is None}
    if chunk.separator not in _JOINED or not (trunk and branches) or len(spots) != 1:
        return group
    (spot,) = spots
    if not all(p.until and lies_below(p.until, spot) for p in group.parts):
        return group
    parts = tuple(replace(p, spot=spot, open_start=False) for p in group.parts)
    return replace(group, parts=parts)


def _denies(predicate: Predicate) -> bool:
    return predicate.value == "absent" or predicate.negated is not None


def _denies_reflux(thread: Thread, chunk: Chunk) -> bool:
    """Whether the clause of a range, or the one before it in its sentence, finds no reflux."""
    at = thread.position_of(chunk)
    return any(_denies(p) for c in thread.chunks[: at + 1] for p in c.predicates)


def take_met(chunks: Sequence[Chunk], focus: Sequence[Site]) -> tuple[Site, ...]:
    """The trunks of a sentence at the levels at which others meet them: "joins the GSV at …"."""
    passing = [group for chunk in chunks for group in chunk.passing if group.has_spot]
    sites = [site for group in passing for site in compose(group, focus)]
    return tuple(s for s in sites if s.vein not in (None, *COUNTED, *GROUPS) and s.until is None)


def find_met(thread: Thread, chunk: Chunk) -> list[Site]:
    """Where the sentence before said that the vein of a clause is met."""
    return _of_vein(thread, chunk, thread.met) if not thread.result else []


def _is_opening(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause begins its sentence, or only its vein and noun stand before it."""
    at = thread.position_of(chunk)
    before = thread.chunks[: max(at, 0)]
    placed = any(group.has_spot for c in before for group in c.groups)
    told = any(p.numbers for c in before for p in c.predicates)
    return 0 <= at < _OPENING and not placed and not told and "from" not in chunk.kinds


def _goes_on(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a clause says that something goes on: "reflux continues to", "remains …"."""
    return any(part.extends for part in group.parts) or not _ONWARD.isdisjoint(chunk.norms)


def _of_vein(thread: Thread, chunk: Chunk, sites: Sequence[Site]) -> list[Site]:
    """The places of the vein of which a clause speaks, where they are of it alone."""
    groups = (group for group in chunk.groups if group not in chunk.passing)
    named: list[str | None] = [part.vein for group in groups for part in group.parts if part.vein]
    named += [s.vein for s in thread.mentioned if s.vein]
    spoken: set[str | None] = set(named) or {site.vein for site in thread.opened}
    sided = {part.legs for group in chunk.groups for part in group.parts if part.legs}
    legs = sided or {site.legs for site in thread.focus}
    same = {site.vein for site in sites} == spoken and {site.legs for site in sites} == legs
    return list(sites) if same else []


def _left_at(thread: Thread, chunk: Chunk) -> list[Site]:
    """The level of the trunk as it was left, or of the branch that meets it, of the same leg."""
    if found := _of_vein(thread, chunk, [site for site in thread.opened if site.has_spot]):
        return found
    if met := find_met(thread, chunk):
        return met
    legs = {site.legs for site in thread.focus}
    last = [site for place in thread.earlier[-1:] for site in place]
    if last and all(site.until for site in last) and (ranged := _of_vein(thread, chunk, last)):
        return ranged  # "The GSV was stripped to the knee. It is then incompetent to the ankle"
    same = all(site.vein in COUNTED and site.has_spot and {site.legs} == legs for site in last)
    return last if same else []

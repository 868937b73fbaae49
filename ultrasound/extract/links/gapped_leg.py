"""Sentences that only tell how far something reaches in the other leg.

As in "R: GSV refluxes to the knee. L: to mid calf".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.places.spots import NOWHERE
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_CUES: Final = ("range", "location", "from")
_STATES: Final = ("word", "noun")
_ONLY: Final = ("only", "just")


def say_of_other_leg(
    said: Sequence[Assignment], chunks: Sequence[Chunk], focus: Sequence[Site]
) -> tuple[Site, ...]:
    """Say a finding again of the other leg; what the sentence speaks of, nothing where it is none.

    Args:
        said: What the sentence before says.
        chunks: The clauses of the sentence; the one with the range is given the finding.
        focus: What is spoken of before it.
    """
    found = [a for a in said if _is_finding(a)]
    found = [a for a in found if a.chunk is found[-1].chunk]
    groups = [group for chunk in chunks for group in chunk.groups]
    places = [part for group in groups for part in group.parts]
    if not found or not all(_is_plain(chunk) for chunk in chunks) or not places:
        return ()
    own = {part.legs for part in places if part.legs} or {site.legs for site in focus}
    before = {site.legs for a in found for site in a.sites}
    levels = [part for part in places if part.has_spot]
    if len(levels) != 1 or not _are_opposite(own, before) or any(p.vein for p in places):
        return ()
    chunk = next(c for c in chunks if any(group.has_spot for group in c.groups))
    if not _is_range(chunk):
        return ()
    _give(chunk, found)
    legs, at = own.pop(), next((site.leg_at for site in focus if site.leg_at), None)
    veins = (replace(s.without_spot(), legs=legs, leg_at=at) for a in found for s in a.sites)
    return tuple(dict.fromkeys(veins))


def _is_finding(a: Assignment) -> bool:
    """Whether a finding is told of a range of a vein."""
    kind = a.predicate.finding.kind if a.predicate.finding is not None else ""
    ranged = bool(a.sites) and all(site.vein and site.until for site in a.sites)
    return ranged and kind in _STATES and not a.dropped and a.chunk.prior is None


def _is_plain(chunk: Chunk) -> bool:
    """Whether a clause holds a leg and levels, or the size there: "only to mid calf, 4 mm"."""
    if chunk.dismissed or chunk.prior or chunk.uncertain:
        return False
    if chunk.predicates and (chunk.groups or any(p.finding for p in chunk.predicates)):
        return False
    return all(
        isinstance(e, PlaceGroup | Number)
        or (isinstance(e, Mention) and e.cue(*_CUES))
        or (isinstance(e, Token) and (e.norm in (*FILLERS, *_ONLY) or e.kind == "sign"))
        for e in chunk.elements
    )


def _are_opposite(own: set[tuple[Leg, ...]], before: set[tuple[Leg, ...]]) -> bool:
    """Whether each names one leg, and these are two."""
    legs = [next(iter(side)) for side in (own, before) if len(side) == 1]
    return len(legs) == len(own | before) and all(len(leg) == 1 for leg in legs)


def _is_range(chunk: Chunk) -> bool:
    """Whether the level of a clause is one that something reaches."""
    parts = [part for group in chunk.groups for part in group.parts if part.has_spot]
    return all(part.until for part in parts) or "range" in chunk.kinds


def _give(chunk: Chunk, found: Sequence[Assignment]) -> None:
    """Give a clause what was found, and its level as the end of a range from the junction."""
    chunk.predicates = [replace(a.predicate) for a in found]
    groups = [_reach(group) for group in chunk.groups]
    reaching = dict(zip(map(id, chunk.groups), groups, strict=True))
    chunk.elements = [reaching.get(id(e), e) for e in chunk.elements]
    chunk.groups = groups


def _reach(group: PlaceGroup) -> PlaceGroup:
    parts = tuple(
        replace(part, spot=NOWHERE, until=part.spot, open_start=True)
        if part.spot and part.until is None
        else part
        for part in group.parts
    )
    return replace(group, parts=parts)

"""What is said of systems of veins behind statements of each leg.

As in "Right GSV reflux. Left SSV reflux. No deep reflux". It is of both legs where sentences told
of each, and of its leg alone where the first leg had such a statement of its own. In a report of
one leg it is of that leg, though the other one's common femoral vein was looked at before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COMPARED, GROUPS
from ultrasound.extract.lines.begins import points_to_side
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, make_site
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_TOLD: Final = frozenset({*GROUPS, "PERF"})
_ILL: Final = ("present", "occluded", "none", "partial")  # of one leg, where nothing says more
_FEWEST: Final = 3  # clauses: one of each leg, and that of the system
_JOINTS: Final = (",", "and", "&", ";")


def speak_of_both(
    state: State,
    marks: Marks,
    chunks: Sequence[Chunk],
    groups: Sequence[PlaceGroup],
    *,
    continued: bool,
) -> tuple[Site, ...]:
    """The legs of a sentence about systems that names none; nothing where it is of the last one."""
    led = _lead_of(chunks[0]) if chunks else None
    before = state.told_of if continued else ()
    state.told_of = (*before, led) if led else before
    if not chunks or not _is_of_systems(chunks, groups):
        return ()
    if points_to_side(marks.tokens[chunks[0].first : chunks[-1].last + 1]):
        return tuple(site.only_leg() for site in state.focus[-1:] if len(site.legs) == 1)
    if len(state.title_legs) == 1 and _is_compared(state):
        return (Site(legs=state.title_legs, leg_at=state.title_at),)
    legs = tuple(dict.fromkeys(leg for site in state.told_of for leg in site.legs))
    if len(legs) > 1 and not state.legs and not state.vein:
        state.sticky.hold(legs, state.told_of[-1].leg_at)
        return (Site(legs=legs, leg_at=state.told_of[-1].leg_at),)
    state.told_of = ()  # each leg has its own: "Right GSV reflux. No DVT. Left GSV reflux. No DVT"
    return ()


def _lead_of(chunk: Chunk) -> Site | None:
    """The leg with which a sentence begins, straight before its vein; None where it has another."""
    group = chunk.groups[0] if chunk.groups else None
    first = chunk.first + (chunk.words[:1] == ["the"])
    if group is None or group.first != first or not group.has_vein:
        return None
    part = group.parts[0]
    leads = len(part.legs) == 1 and part.leg_at is not None and part.leg_at.first == first
    return make_site(part).only_leg() if leads else None


def _is_of_systems(chunks: Sequence[Chunk], groups: Sequence[PlaceGroup]) -> bool:
    """Whether a sentence finds something of systems only, and names no leg."""
    parts = [part for group in groups for part in group.parts]
    said = [p for chunk in chunks for p in chunk.predicates]
    found = [p.finding for p in said if p.finding is not None]
    if not found or any(p.numbers or p.value in _ILL for p in said):
        return False
    if any(part.legs or part.vein not in _TOLD or part.has_spot for part in parts):
        return False
    return bool(parts) or any(finding.vein in _TOLD for finding in found)


def _is_compared(state: State) -> bool:
    """Whether only a vein of the other leg was looked at last, for comparison, or its varices."""
    legs = {leg for site in state.focus for leg in site.legs}
    veins = {site.vein for site in state.focus}
    return bool(legs) and legs.isdisjoint(state.title_legs) and veins <= {*COMPARED, "NSV"}


def share_with_both(thread: Thread) -> None:
    """Give a system that ends a sentence both legs: "Right GSV reflux, left SSV reflux, no DVT"."""
    if len(thread.chunks) < _FEWEST:
        return
    *before, last = thread.chunks
    if last.separator not in _JOINTS or not _is_of_systems([last], last.groups):
        return
    led = [site for chunk in before if (site := _lead_of(chunk)) is not None]
    legs = tuple(dict.fromkeys(leg for site in led for leg in site.legs))
    if len(led) < len(before) or len(legs) < len(("right", "left")):
        return
    for a in thread.result:
        if a.chunk is last:
            a.sites = tuple(dict.fromkeys(_of_legs(site, legs, led[-1]) for site in a.sites))


def _of_legs(site: Site, legs: tuple[Leg, ...], at: Site) -> Site:
    """A system of some legs, or these alone where a single vein was spoken of."""
    if site.vein in _TOLD:
        return replace(site, legs=legs, leg_at=at.leg_at)
    return Site(legs=legs, leg_at=at.leg_at)

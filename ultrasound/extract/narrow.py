"""Phrases that complete the statements before them (rule 3), and varicose veins as findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.assignment import Assignment
from ultrasound.extract.chunks import Chunk
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.predicates import Predicate
from ultrasound.extract.sites import Site, compose
from ultrasound.extract.thread import Thread

_HOLDERS: Final = {"DEEP", "SUPERFICIAL", "PERF"}  # a phrase may name the vein that is meant


def narrow_before(thread: Thread, chunk: Chunk, group: PlaceGroup) -> None:
    """Complete the statements of an earlier clause by a phrase that stands alone."""
    last_sites = thread.result[-1].sites
    for a in thread.result:
        if not a.dropped and _is_meant(a, chunk, group, last_sites) and _fits(a, group):
            a.sites = compose(group, a.sites)


def _is_meant(a: Assignment, chunk: Chunk, group: PlaceGroup, last_sites: tuple[Site, ...]) -> bool:
    """Whether a phrase reaches a statement: of its clause, or of its list."""
    if a.chunk is chunk:
        return True
    if a.chunk.clause != chunk.clause:
        return False
    if group.has_vein and not any(site.vein for site in a.sites):
        return True  # "severe reflux (2750 ms) in the right GSV"
    groups = a.chunk.groups
    if chunk.separator == "/" and not groups[1:] and a.sites == last_sites:
        return True
    return (
        a.predicate.finding is not None
        and _is_only_leg(group)
        and not any(g.has_leg for g in groups)
    )


def _fits(a: Assignment, group: PlaceGroup) -> bool:
    """Whether a phrase can complete a statement: no second level, no other vein."""
    if group.has_spot and any(site.has_spot for site in a.sites):
        return False
    legs = {leg for part in group.parts for leg in part.legs}
    said = {leg for g in a.chunk.groups for part in g.parts for leg in part.legs}
    if said and not legs <= said:
        return False  # "reflux right 0.4 s, left" keeps its right
    veins = {part.vein for part in group.parts if part.vein}
    own = {site.vein for site in a.sites}
    return not veins or not own - {None} or veins <= own or own <= _HOLDERS


def _is_only_leg(group: PlaceGroup) -> bool:
    return group.has_leg and not group.has_vein and not group.has_spot


def share_trailing_leg(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give the leg at the end to the whole list: "Patent and compressible bilaterally"."""
    if chunk.separator not in ("and", "+", ",", "&") or len(groups) != 1:
        return
    group = groups[0]
    if not _is_only_leg(group) or group.first < min(p.last for p in chunk.predicates):
        return
    own = {site.vein for a in thread.result if a.chunk is chunk for site in a.sites}
    for a in thread.result:
        if (
            a.chunk.clause == chunk.clause
            and a.chunk is not chunk
            and a.predicate.finding is not None
            and {s.vein for s in a.sites} == own
            and not any(g.has_leg for g in a.chunk.groups)
        ):
            a.sites = compose(group, a.sites)


def note_varicosities(thread: Thread, chunk: Chunk, sites: Sequence[Site]) -> None:
    """Varicose veins that a clause names are a finding of anatomy (rule 11)."""
    named = [site for site in sites if site.anatomy is not None and site.vein_at is not None]
    if not named or chunk.cues("negation", "weak_negation"):
        return
    own = {(m.vein_at.first, m.vein_at.last) for g in chunk.groups for m in g.parts if m.vein_at}
    for site in named:
        if site.vein_at is not None and site.vein_at in own:
            predicate = Predicate(*site.vein_at, anatomy=site.anatomy)
            thread.result.append(Assignment(predicate, (site,), chunk, True))


def place_varicosities(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give varicosities the level after their colon: "Varicosities: lateral calf"."""
    if chunk.separator != ":" or not groups or groups[0].has_vein or not groups[0].has_spot:
        return
    for a in thread.result[-1:]:
        if a.predicate.anatomy is not None and not any(site.has_spot for site in a.sites):
            a.sites = compose(groups[0], a.sites)

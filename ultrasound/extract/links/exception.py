"""Exceptions: they take their place out of the statement that they limit (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import HOLDERS, OF_ALL, PERFORATORS
from ultrasound.extract.links.adjuncts import leave_foreign
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.denied_things import denies_thing
from ultrasound.extract.links.distribute import assign
from ultrasound.extract.links.focus import opens_with_denial
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.varicose import note_varicosities
from ultrasound.extract.places.places import PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import Site, compose

_NOT: Final = "not"
_ONE: Final = "one"
_EVERY: Final = frozenset({"all", "every", "each"})
_RELATIVE: Final = ("which", "where")


def link_exception(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Take the exception's places out of the statement before, and give them the opposite."""
    previous = [a for a in thread.result if a.predicate.finding is not None and not a.dropped]
    sites = compose(groups[-1], thread.focus) if groups else thread.focus
    denied = (
        groups
        and previous
        and previous[-1].predicate.value not in OF_ALL
        and is_only_leg(groups[-1])
    )
    if denied and all(site.until for site in sites):
        sites = leave_foreign(thread, sites)  # "refluxes from … to …, but not on the right"
    if previous:
        unnamed = _names_none(previous[-1])
        _name_vein(previous[-1], sites)
        _leave_same(previous, sites)
        exclude(thread, previous[-1], sites, chunk)
        if unnamed and chunk.separator == "except" and not all(map(is_only_leg, groups)):
            previous[-1].dropped = True  # "no reflux except in the GSV": of what, nothing says
    thread.focus = sites
    note_varicosities(thread, chunk, sites)
    for predicate in chunk.predicates:
        assign(thread, predicate, sites, chunk, explicit=True)


def opens_exception(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a clause excepts its places: "… except X", "… but not X"; not "but no SPJ"."""
    denial = chunk.separator == "but" and opens_with_denial(chunk)
    denial = denial and not denies_thing(thread, chunk, groups)
    return bool(groups) and (denial or chunk.separator == "except")


def excepts_one(thread: Thread, chunk: Chunk) -> bool:
    """Whether an exception is one of the branches spoken of: "no …, apart from one 14 cm up"."""
    if chunk.separator != "except" or chunk.groups or not thread.focus:
        return False
    said = [a for a in thread.result if a.predicate.finding is not None and not a.dropped]
    finding = said[-1].predicate.finding if said else None
    counted = chunk.words[:1] == [_ONE] or bool(chunk.cues("count"))
    refluxes = finding is not None and finding.property == "reflux"
    return counted and refluxes and all(site.vein in PERFORATORS for site in thread.focus)


def _names_none(limited: Assignment) -> bool:
    """Whether a statement names no vein, nor the system of a disease as "SVT" does."""
    finding = limited.predicate.finding
    system = finding is not None and finding.vein is not None
    every = not _EVERY.isdisjoint(limited.chunk.norms)  # "all veins compress except the distal FV"
    return not (system or every or any(site.vein for site in limited.sites))


def _leave_same(previous: Sequence[Assignment], sites: tuple[Site, ...]) -> None:
    """Take places out of what says the same before: "were compressed; all are full save …"."""
    limited, said = previous[-1], previous[-1].predicate.finding
    for a in previous[:-1]:
        found = a.predicate.finding
        alike = found and said and (found.property, found.value) == (said.property, said.value)
        denied = (a.predicate.negated is None) == (limited.predicate.negated is None)
        if alike and denied and set(a.sites) == set(limited.sites):
            a.sites = _subtract(a.sites, sites)
            a.dropped = not a.sites


def _name_vein(limited: Assignment, sites: tuple[Site, ...]) -> None:
    """Give a statement the vein of its exception: "reflux in the right but not the left GSV"."""
    if not any(site.vein for site in limited.sites):
        named = sites[0]
        limited.sites = tuple(
            replace(s, vein=named.vein, vein_at=named.vein_at) for s in limited.sites
        )


def exclude(thread: Thread, limited: Assignment, sites: tuple[Site, ...], chunk: Chunk) -> None:
    """Take places out of a statement, and give them the opposite unless it is told already."""
    kept = _subtract(limited.sites, sites)
    own = [p.finding.property for p in chunk.predicates if p.finding]
    said = limited.predicate.finding is not None and limited.predicate.finding.property in own
    said = said or _is_physiological(thread, chunk) or _says_how(thread, limited, chunk)
    if has_opposite(limited.predicate) and not said and not _is_told(thread, limited, sites):
        oppose(thread, limited, _place_next(thread, chunk, limited, sites), chunk)
    limited.sites = kept
    limited.dropped, limited.limited, limited.without = not kept, True, sites


def _says_how(thread: Thread, limited: Assignment, chunk: Chunk) -> bool:
    """Whether what follows an exception to compression tells of it: "…, which was not seen"."""
    follower = thread.follower(thread.position_of(chunk))
    finding = limited.predicate.finding
    compressed = finding is not None and finding.property == "compressibility"
    told = follower is not None and follower.separator in _RELATIVE
    return compressed and (told or bool(chunk.predicates))


def _place_next(
    thread: Thread, chunk: Chunk, limited: Assignment, sites: tuple[Site, ...]
) -> tuple[Site, ...]:
    """An exception at the level of what the clause behind it finds there.

    As in "all are competent except the right femoral vein, which refluxes in its mid portion".
    """
    follower = thread.follower(thread.position_of(chunk))
    if follower is None or follower.separator not in _RELATIVE or limited.predicate.finding is None:
        return sites
    name = limited.predicate.finding.property
    found = [p.finding for p in follower.predicates if p.finding is not None]
    placed = len(follower.groups) == 1 and is_only_level(follower.groups[0])
    if not placed or not any(f.property == name and f.kind == "word" for f in found):
        return sites
    return compose(follower.groups[0], sites)


def _is_physiological(thread: Thread, chunk: Chunk) -> bool:
    """Whether an exception is only a time, and called physiological, which is no reflux.

    As in "no reflux except a short 0.6 s in the left CFV, physiological".
    """
    follower = thread.follower(thread.position_of(chunk))
    timed = any(p.numbers and p.finding is None for p in chunk.predicates)
    behind = follower is not None and not follower.groups and not follower.predicates
    aside = follower if behind and follower is not None else chunk
    cues = [*chunk.cues("physiological"), *aside.cues("physiological")]
    before = [thread.marks.tokens[cue.first - 1].norm if cue.first else "" for cue in cues]
    return timed and any(word != _NOT for word in before)


def oppose(thread: Thread, said: Assignment, sites: tuple[Site, ...], chunk: Chunk) -> None:
    """Say the opposite of a finding of other places."""
    opposite = _invert(said.predicate)
    own = chunk if chunk.separator != "except" else said.chunk
    thread.result.append(
        replace(said, sites=sites, exception=True, predicate=opposite, chunk=own, dropped=False)
    )


def _is_told(thread: Thread, limited: Assignment, sites: Sequence[Site]) -> bool:
    """Whether the same property of an excepted place was stated before."""
    finding = limited.predicate.finding
    places = {(site.vein, site.legs, site.spot) for site in sites}
    whole = {(site.vein, site.legs) for site in sites if not site.has_spot}
    return finding is not None and any(
        a.predicate.finding is not None
        and a.predicate.finding.property == finding.property
        and any((s.vein, s.legs, s.spot) in places or (s.vein, s.legs) in whole for s in a.sites)
        for a in thread.result
        if a is not limited
    )


def has_opposite(predicate: Predicate) -> bool:
    """Whether the exception to a finding says its opposite: of reflux, thrombus, compression."""
    finding = predicate.finding
    if finding is None:
        return False
    return finding.property in ("reflux", "thrombus", "compressibility")


def _subtract(limited: Sequence[Site], sites: Sequence[Site]) -> tuple[Site, ...]:
    """What is left: each vein without the legs of its exception.

    A vein of which a level is excepted, or another vein than the exception's, stays as it is.
    """
    several = len({site.vein for site in limited}) > 1
    kept = []
    for site in limited:
        excepted = [s for s in sites if not several or s.vein == site.vein]
        same = [s for s in excepted if s.vein == site.vein and s.vein not in HOLDERS]
        part = any(s.has_spot and s.spot != site.spot for s in same)
        # "reflux at the right SPJ but not in the right SSV"
        part |= site.has_spot and not site.legs[1:] and any(not s.has_spot for s in same)
        single = not several and all(s.vein != site.vein and s.vein for s in excepted)
        foreign = single and not site.legs[1:] and site.vein not in HOLDERS
        legs = {leg for s in excepted for leg in s.legs}
        if not excepted or foreign or part:
            kept.append(site)
            continue
        left = tuple(leg for leg in site.legs if leg not in legs)
        if left or not (site.legs or several):
            kept.append(replace(site, legs=left))
    return tuple(kept)


def _invert(predicate: Predicate) -> Predicate:
    negated = None if predicate.negated is not None else (predicate.first, predicate.last)
    return replace(predicate, negated=negated)

"""Exceptions: they take their place out of the statement that they limit (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.assignment import Assignment
from ultrasound.extract.chunks import Chunk, Predicate
from ultrasound.extract.distribute import assign
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.sites import Site, compose
from ultrasound.extract.thread import Thread


def link_exception(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Take the exception's places out of the statement before, and give them the opposite."""
    previous = [a for a in thread.result if a.predicate.finding is not None and not a.dropped]
    sites = compose(groups[-1], thread.focus)
    if previous:
        _exclude(thread, previous[-1], sites)
    thread.focus = sites
    for predicate in chunk.predicates:
        assign(thread, predicate, sites, chunk, explicit=True)


def _exclude(thread: Thread, limited: Assignment, sites: tuple[Site, ...]) -> None:
    kept = _subtract(limited.sites, sites)
    finding = limited.predicate.finding
    if finding is not None and finding.property == "reflux":
        opposite = _invert(limited.predicate)
        thread.result.append(replace(limited, sites=sites, exception=True, predicate=opposite))
    limited.sites = kept
    limited.dropped = not kept


def _subtract(limited: Sequence[Site], sites: Sequence[Site]) -> tuple[Site, ...]:
    """What is left: of a list of veins the others, of one vein the other leg."""
    if len({site.vein for site in limited}) > 1:
        veins = {site.vein for site in sites}
        return tuple(site for site in limited if site.vein not in veins)
    legs = {leg for site in sites for leg in site.legs}
    left = (replace(s, legs=tuple(leg for leg in s.legs if leg not in legs)) for s in limited)
    return tuple(
        site for site, before in zip(left, limited, strict=True) if site.legs or not before.legs
    )


def _invert(predicate: Predicate) -> Predicate:
    negated = None if predicate.negated is not None else (predicate.first, predicate.last)
    return replace(predicate, negated=negated)

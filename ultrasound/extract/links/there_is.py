"""Branches that are there on the other leg, of which a finding was denied on the one before.

As in "no incompetent perforator on the right; on the left there is one in the lower calf".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.another import leave_level
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose

_ONE: Final = "one"
_TIME: Final = "time"
_STATES: Final = ("word", "noun")
_ARE: Final = frozenset({"is", "are", "was", "were"})
_TELLING: Final = ("negation", "none", "negative", "denial_after", "prior", "uncertain")


def take_denied(assignments: Sequence[Assignment], before: Assignment | None) -> Assignment | None:
    """What the last sentence denied of the branches of a leg, None where it said more of them."""
    said = [a for a in assignments if not a.dropped]
    return before if not said else (said[-1] if _denies(said[-1]) else None)


def affirm_there(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Say the denied finding of the branches that are there: "on the left there are two"."""
    counted = _ONE in chunk.words or "count" in chunk.kinds
    there = "here" in chunk.kinds and not _ARE.isdisjoint(chunk.words) and counted
    if not there or not groups or not chunk.kinds.isdisjoint(_TELLING):
        return
    said = [a for a in thread.result if not a.dropped]
    denied = said[-1] if said else thread.denied
    if denied is None or not _denies(denied) or _is_told(thread, chunk):
        return
    base = tuple(map(leave_level, denied.sites))
    sites = tuple(dict.fromkeys(s for group in groups for s in compose(group, base)))
    if len(groups) > 1:
        sites = compose(groups[1], compose(groups[0], base))
    if not _of_other_leg(sites, denied.sites):
        return
    predicate = replace(denied.predicate, negated=None)
    thread.result.append(replace(denied, predicate=predicate, sites=sites, chunk=chunk))
    thread.focus = sites


def _is_told(thread: Thread, chunk: Chunk) -> bool:
    """Whether the rest of the sentence says itself what such a branch does: "…, competent"."""
    own = thread.chunks[thread.position_of(chunk) :]
    said = [p for c in own for p in c.predicates]
    found = any(p.finding is not None and p.finding.kind in _STATES for p in said)
    units = [number.unit.kind for p in said for number in p.numbers if number.unit is not None]
    return found or _TIME in units


def _denies(a: Assignment) -> bool:
    """Whether a word that finds something of branches is denied."""
    finding = a.predicate.finding
    word = finding is not None and finding.kind == "word" and a.predicate.negated is not None
    return word and bool(a.sites) and all(site.vein in COUNTED for site in a.sites)


def _of_other_leg(sites: Sequence[Site], denied: Sequence[Site]) -> bool:
    legs: set[Leg] = {leg for site in sites for leg in site.legs}
    return bool(legs) and legs.isdisjoint(leg for site in denied for leg in site.legs)

"""Numbered items that go on with a plan: "Suggest: 1. EVLA of the GSV. 2. Foam to the SSV"."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Pass
from ultrasound.extract.places.places import PlaceGroup, is_only_leg


def opens_with_treatment(chunk: Chunk) -> bool:
    """Whether a clause names a treatment first, or behind a leg, with no date and nothing found."""
    told = [p for p in chunk.predicates if not _numbers_next(chunk, p)]
    only = all(p.finding and p.finding.property == "treatment" for p in told)
    first = chunk.elements[0]
    start = first.last + 1 if isinstance(first, PlaceGroup) and is_only_leg(first) else chunk.first
    return only and bool(told) and told[0].first == start


def _numbers_next(chunk: Chunk, predicate: Predicate) -> bool:
    """Whether a number only counts the next item of a list: "1. RFA GSV 2. Foam SSV"."""
    ends = predicate.last >= chunk.last - 1 and predicate.finding is None
    return ends and all(n.unit is None and len(n.low) == 1 for n in predicate.numbers)


def keep_plan(chunks: Sequence[Chunk], before: Sequence[Pass]) -> list[Pass]:
    """The plan that goes on behind the number of an item alone: "Suggest: 1. EVLA. 2. Foam"."""
    if len(chunks) != 1 or not chunks[0].predicates or chunks[0].groups:
        return []
    alone = all(_numbers_next(chunks[0], p) for p in chunks[0].predicates)
    counts = alone and chunks[0].predicates[0].first == chunks[0].first
    return [passed for passed in before if passed.rule == "plan"] if counts else []

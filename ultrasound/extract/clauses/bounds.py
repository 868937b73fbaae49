"""Bounds that are denied: "no segment wider than 3.3 mm" says that it is at most 3.3 mm."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number

_TURNED: Final = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_DENYING: Final = ("negation", "none")


def turn_bounds(chunk: Chunk) -> None:
    """Turn the bound of a number behind a denial, with no finding between them.

    Of veins that are many it is no measure: "no perforator over 3 mm" finds none.
    """
    for cue in chunk.cues(*_DENYING):
        bounds = [p for p in chunk.predicates if p.first > cue.last and _is_bound(p)]
        if not bounds or _says_between(chunk, cue, bounds[0]):
            continue
        bound = bounds[0]
        between = [e for e in chunk.elements if cue.last < start_of(e) < bound.first]
        veins = {p.vein for e in between if isinstance(e, PlaceGroup) for p in e.parts}
        if veins & set(COUNTED):
            chunk.dismissed, chunk.dismissed_by = "threshold", (bound.first, bound.last)
            return
        bound.numbers = tuple(map(_turn, bound.numbers))
        return


def _is_bound(predicate: Predicate) -> bool:
    return bool(predicate.numbers) and all(
        n.comparator in _TURNED and not n.attained for n in predicate.numbers
    )


def _says_between(chunk: Chunk, cue: Mention, bound: Predicate) -> bool:
    """Whether a denial is of a finding before the bound: "no reflux of more than 0.5 s"."""
    others = [p for p in chunk.predicates if cue.last < p.first < bound.first]
    if any(p.finding is None or p.finding.kind != "label" for p in others):
        return True
    between = [e for e in chunk.elements if cue.last < end_of(e) < bound.first]
    return any(isinstance(e, Mention) and e.cue("affirmation_after", "grade") for e in between)


def _turn(number: Number) -> Number:
    return replace(number, comparator=_TURNED[number.comparator])

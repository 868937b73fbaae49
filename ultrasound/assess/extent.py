"""Where a vein refluxes, for how long at most, and how wide it is at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ultrasound.assess.anatomy import Anatomy
from ultrasound.assess.cells import choose_value
from ultrasound.assess.figures import is_only_bounded_above, measure, reach
from ultrasound.domain import Observation, Quantity, SegmentEvidence


@dataclass(frozen=True)
class Peak:
    """The largest value of a property along a vein, and the observation that gives it."""

    value: Decimal
    comparator: str
    segment: str | None
    observation: Observation


def find_extent(
    vein: str, segments: Iterable[SegmentEvidence], anatomy: Anatomy
) -> tuple[str | None, str | None]:
    """The refluxing segments nearest to and farthest from the groin.

    ``whole`` counts as the first and the last level; a zone stands as it is; a competent gap
    between does not shorten the extent.
    """
    named = [
        s.segment
        for s in segments
        if s.vein == vein and s.status == "refluxing" and s.segment is not None and not s.from_vein
    ]
    if not named:
        return None, None
    nearest = min(
        named, key=lambda name: (anatomy.span(vein, name)[0], _width(name, vein, anatomy))
    )
    farthest = max(
        named, key=lambda name: (anatomy.span(vein, name)[1], -_width(name, vein, anatomy))
    )
    levels = anatomy.levels.get(vein, ())
    if nearest == "whole" and levels:
        nearest = levels[0]
    if farthest == "whole" and levels:
        farthest = levels[-1]
    return nearest, farthest


def find_peak(segments: Iterable[SegmentEvidence], prop: str, anatomy: Anatomy) -> Peak | None:
    """The longest time or the largest diameter of these places, by the cells of their rows.

    A lower bound counts with its number, a range with its upper end, an upper bound only where
    nothing else is known; ties go to the place nearest to the groin.
    """
    found = []
    for segment in segments:
        chosen = None if segment.from_vein else choose_value(segment.observations, prop)
        if chosen is not None:
            found.append((segment, chosen))
    if not found:
        return None
    segment, best = max(found, key=lambda pair: _peak_key(pair[0], pair[1], anatomy))
    quantity = measure(best)
    return Peak(reach(quantity), _peak_comparator(quantity), segment.segment, best)


def list_unstated(vein: str, segments: Iterable[SegmentEvidence], anatomy: Anatomy) -> list[str]:
    """The levels of a vein that nothing is said about."""
    told = {s.segment for s in segments if s.vein == vein}
    return [level for level in anatomy.levels.get(vein, ()) if level not in told]


def _peak_key(
    segment: SegmentEvidence, observation: Observation, anatomy: Anatomy
) -> tuple[bool, Decimal, int]:
    quantity = measure(observation)
    levels = anatomy.levels.get(segment.vein, ())
    first = (
        len(levels) if segment.segment is None else anatomy.span(segment.vein, segment.segment)[0]
    )
    return not is_only_bounded_above(quantity), reach(quantity), -first


def _peak_comparator(quantity: Quantity) -> str:
    """A range's upper end and a bound that was attained count as the number itself."""
    return "=" if quantity.upper is not None or quantity.attained else quantity.comparator


def _width(name: str, vein: str, anatomy: Anatomy) -> int:
    first, last = anatomy.span(vein, name)
    return last - first

"""Lengths that are no sizes: how far away something lies, how far a finding goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.spots import LONG_ZONES
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Unit

_FILLED: Final = ("patency", "thrombus", "compressibility", "flow")
_GOES_ON: Final = ("anatomy", "reflux", "treatment_result", *_FILLED)
_INTO: Final = "into"
_STRETCH: Final = ("terminal", "final", "topmost", "first", "initial", "last", "for", "over")
_NEXT_HEIGHT: Final = 2  # tokens from a height to the next: "4 cm / 8 cm"
_MORE: Final = ("larger", "smaller", "wider", "narrower", "bigger", "longer", "thicker")
_LONG_MM: Final = 20  # in cm; a vein of that size is told in mm
_CORDS: Final = ("cord", "segment", "stretch", "strand")
_CORD_REACH: Final = 3  # elements from a length to the word for what is as long
_INTO_REACH: Final = 2  # tokens from "extension into" over "the" to its vein
_LANDMARK: Final = 2  # tokens from the first to the last of "below the epigastric vein"
_DISTANCE_REACH: Final = 3  # tokens from a length to "above the malleolus"


def leads_to_distance(number: Number, everything: Sequence[Assignment]) -> bool:
    """Whether it is one of several heights: "4 cm / 8 cm above the malleolus"."""
    near = range(number.last + 1, number.last + _NEXT_HEIGHT + 1)
    for b in everything:
        height = b.number
        if height is None or height.first not in near or height.unit is None:
            continue
        if height.unit.centi and number.unit is not None and number.unit.centi:
            return is_distance(b.chunk, height) or leads_to_distance(height, everything)
    return False


def is_extent(a: Assignment, number: Number, unit: Unit) -> bool:
    """Whether a length says how far a finding goes on: "tortuous over 4 cm".

    Or by how much two sizes differ: "2 mm larger than the right".
    """
    behind = next((e for e in a.chunk.elements if start_of(e) > number.last), None)
    if isinstance(behind, Token) and behind.norm in _MORE:
        return True
    before = [p for p in a.chunk.predicates if p.finding and p.last == number.first - 1]
    over = number.comparator == ">" and a.number is not None
    long = unit.centi or number.amounts(unit)[0] >= _LONG_MM
    goes_on = _GOES_ON if unit.centi else _FILLED
    return over and long and any(p.finding and p.finding.property in goes_on for p in before)


def is_distance(chunk: Chunk, number: Number) -> bool:
    """Whether a length says how far away something lies: "10 cm above the malleolus"."""
    entering = chunk.cues("enters")
    behind = next((e for e in chunk.elements if start_of(e) > number.last), None)
    if isinstance(behind, Token) and behind.norm == _INTO and chunk.asides:
        return True  # "protrudes 3 mm into the CFV"
    if isinstance(behind, Number) and behind.unit is not None and behind.unit.kind == "length":
        return False  # "3.9 mm 12 cm above the malleolus"
    before = next((e for e in reversed(chunk.elements) if end_of(e) < number.first), None)
    stretch = isinstance(before, Token) and before.norm in _STRETCH
    if stretch and (_is_centi(number) or is_long_length(number, centi=False)):
        return True  # "competent beyond the first 3 cm", "thrombosed over about 2 cm"
    if isinstance(before, PlaceGroup) and is_only_level(before) and is_long_length(number):
        return True  # "thrombus in its upper 4 cm"
    if isinstance(behind, Mention) and behind.cue("direction") and is_long_length(number):
        return True  # "the SPJ, 2 cm above the fold"
    if isinstance(behind, PlaceGroup) and _is_away(number, behind):
        return True
    if _is_centi(number) and _leads_cord(chunk, number):
        return True  # "a 3 cm tender cord"
    away = [*entering, *chunk.cues("distance")]
    return any(0 <= cue.first - number.last <= _DISTANCE_REACH for cue in away)


def _is_away(number: Number, group: PlaceGroup) -> bool:
    """Whether full centimetres stand straight before a side of the knee: "2 cm above the knee"."""
    sides = is_only_level(group) and all(
        part.spot.zone in LONG_ZONES and part.spot.level is None and part.until is None
        for part in group.parts
    )
    near = group.first == number.last + 1 and number.low.isdigit() and number.high is None
    return sides and near and is_long_length(number)


def bounds_denied(a: Assignment, number: Number) -> bool:
    """Whether a bound says which perforators there are none of: "No … perforators > 3.5 mm"."""
    branches = bool(a.sites) and all(site.vein in PERFORATORS for site in a.sites)
    denials = [cue for cue in a.chunk.cues("negation", "none") if cue.last < number.first]
    return branches and bool(denials) and number.comparator in (">", ">=") and not number.attained


def is_aside(chunk: Chunk, everything: Sequence[Assignment]) -> bool:
    """Whether a bracket only says how far: "clot extension into the CFV (2 mm)".

    Or how far below a landmark: "closed below the epigastric vein (1.2 cm)".
    """
    if chunk.separator != "(" or chunk.groups or any(p.finding for p in chunk.predicates):
        return False
    told = [b for b in everything if b.chunk.last == chunk.first - 2]
    if not told:
        return False
    before, found = told[-1].chunk, told[-1].predicate.finding
    ends = {before.last, *(g.last for g in before.groups[-1:])}
    landmarks = [c for c in before.cues("location") if c.last - c.first >= _LANDMARK]
    if any(cue.last in ends for cue in landmarks):
        return True
    clot = found is not None and found.property == "thrombus"
    return clot and any(
        0 < group.first - cue.last <= _INTO_REACH
        for cue in before.cues("enters")
        for group in before.groups[-1:]
    )


def _leads_cord(chunk: Chunk, number: Number) -> bool:
    """Whether a word for something long stands behind a number, past what describes it."""
    behind = [e for e in chunk.elements if start_of(e) > number.last][:_CORD_REACH]
    return any(isinstance(e, Token) and e.norm in _CORDS for e in behind)


def is_long_length(number: Number, *, centi: bool = True) -> bool:
    """Whether a length in such a unit is more than a vein is wide."""
    unit = number.unit
    if unit is None or unit.kind != "length" or unit.centi != centi:
        return False
    return number.amounts(unit)[0] >= _LONG_MM


def _is_centi(number: Number) -> bool:
    return number.unit is not None and number.unit.centi

"""Lengths that place something: how far it lies from a landmark, how deep below the skin."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, TypeGuard

from ultrasound.extract.places.directions import legs_ahead
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue, Finding, Zone

DISTANCE: Final = "distance"
_JUNCTION_WORDS: Final = (
    *("sfj", "junction", "saphenofemoral", "groin", "spj", "saphenopopliteal"),
    *("crosse", "mouth", "ostium"),
)
_OPEN: Final = (">", ">=")
_DOWNWARD: Final = ("below", "distal", "from", "beyond", "past")
_LANDMARK_REACH: Final = 7  # elements from a direction to its landmark
_NEAR_JUNCTION_MM: Final = Decimal(50)
_BRACKET: Final = 3  # elements of "(4.7 mm)"
_DEPTH: Final = Meaning(
    [Concept("finding", Finding(property="depth", value="depth", kind="label", terms=()))]
)
_FROM_LANDMARK: Final = Meaning([Concept("cue", Cue(kind="distance", terms=(), rule="distance"))])


def read_lengths(elements: list[Element], marks: Marks) -> list[Element]:
    """Read "3 cm below the SFJ" as a place and "7 cm above the malleolus" as a distance."""
    if not any(is_length(one) and _may_place(other) for one, other in pairwise(elements)):
        return elements
    return _read_distances(_name_distances(_name_depths(elements)), marks)


def _name_depths(elements: Sequence[Element]) -> list[Element]:
    """Take the "deep" of "3 mm deep" for a depth, not for the deep veins."""
    named = list(elements)
    for index, (before, element) in enumerate(pairwise(elements), 1):
        single = isinstance(element, Mention) and element.first == element.last
        if not single or not isinstance(element, Mention) or not is_length(before):
            continue
        vein = element.row("vein")
        if vein is not None and vein.code == "DEEP":
            named[index] = Mention(element.first, element.last, _DEPTH)
    return named


def _name_distances(elements: Sequence[Element]) -> list[Element]:
    """Put "above the med. malleolus" after "7 cm" together, to the landmark, as one cue."""
    result: list[Element] = []
    index = 0
    while index < len(elements):
        element = elements[index]
        result.append(element)
        index += 1
        if is_length(element):
            if _is_bracketed(elements[index : index + _BRACKET]):
                result += elements[index : index + _BRACKET]
                index += _BRACKET  # "15 cm (4.7 mm) from the malleolus"
            far = element.unit is not None and element.unit.centi
            end = _landmark_after(elements, index, far=far)
            if end is None and far and _is_below_it(elements[index : index + 1]):
                end = index  # "and 4.1 mm 10 cm below it"
            if end is not None:
                first, last = first_of(elements[index]), last_of(elements[end])
                legs, _ = legs_ahead(elements, index)
                result += [*legs, Mention(first, last, _FROM_LANDMARK)]
                index = end + 1
    return result


def _is_below_it(run: Sequence[Element]) -> bool:
    """Whether what follows a length is all that lies below, which then is only where it ends."""
    return any(isinstance(e, Mention) and bool(e.cue("remainder")) for e in run)


def _may_place(element: Element) -> bool:
    """Whether what follows a length may say what it is counted from: behind a bracket too."""
    return isinstance(element, Mention) or (isinstance(element, Token) and element.text == "(")


def _is_bracketed(run: Sequence[Element]) -> bool:
    """Whether a size stands in brackets."""
    if len(run) < _BRACKET or not is_length(run[1]):
        return False
    return [e.text for e in (run[0], run[-1]) if isinstance(e, Token)] == ["(", ")"]


def is_length(element: Element) -> TypeGuard[Number]:
    """Whether an element is a number with a unit of length."""
    return (
        isinstance(element, Number) and element.unit is not None and element.unit.kind == "length"
    )


def _landmark_after(elements: Sequence[Element], index: int, *, far: bool) -> int | None:
    """Where the landmark of a direction ends; ``far`` from a vein, that is one: "2 cm below it"."""
    start = elements[index] if index < len(elements) else None
    if not isinstance(start, Mention) or not start.cue("direction"):
        return None
    _, begin = legs_ahead(elements, index)
    for position in range(begin, min(index + _LANDMARK_REACH, len(elements))):
        element = elements[position]
        if isinstance(element, Mention):
            shy = start.cue("shy") and element.row("vein", "place")
            if element.cue("landmark") or shy or (far and element.row("vein")):
                return position
            if not element.cue("location"):
                return None
        elif isinstance(element, Number) or element.text in (",", ";", ":", "(", ")"):
            return None
    return None


def _read_distances(elements: Sequence[Element], marks: Marks) -> list[Element]:
    result: list[Element] = []
    index = 0
    while index < len(elements):
        element = elements[index]
        legs = [e for e in elements[index + 1 : index + 2] if _is_leg(e)]  # "below the left SFJ"
        end = index + 1 + len(legs)
        follower = elements[end] if end < len(elements) else None
        zone = _zone_of(element, follower, marks)
        if zone is None or follower is None:
            result.append(element)
            index += 1
            continue
        meaning = Meaning([Concept("zone", zone, DISTANCE)])
        result += [*legs, Mention(first_of(element), last_of(follower), meaning)]
        index = end + 1
    return result


def _is_leg(element: Element) -> bool:
    return isinstance(element, Mention) and element.row("leg") is not None


def _zone_of(element: Element, follower: Element | None, marks: Marks) -> Zone | None:
    """The place that a distance from a junction means: up to 5 cm below it the proximal part."""
    if not isinstance(element, Number) or element.unit is None or element.unit.kind != "length":
        return None
    if not isinstance(follower, Mention) or not follower.cue("distance"):
        return None
    words = {marks.tokens[i].norm for i in range(follower.first, follower.last + 1)}
    if words.isdisjoint(_JUNCTION_WORDS) or words.isdisjoint(_DOWNWARD):
        return None
    low, high = element.amounts(element.unit)
    if element.comparator in _OPEN:  # "more than 3 cm away from the junction"
        return None
    if low > _NEAR_JUNCTION_MM or (high is not None and not element.unit.centi):
        return None
    zone = "calf" if words & {"spj", "saphenopopliteal"} else "thigh"
    return Zone(zone=zone, level="proximal", terms=())

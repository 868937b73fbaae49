"""Places straight below a junction: "GSV just distal to the SFJ", "immediately below the SPJ".

Like "2 cm below the SFJ" they are the upper part of the trunk, with their words kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.lengths import DISTANCE
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.knowledge.schema_text import Zone
from ultrasound.knowledge.vein_rows import NamedPlace

_NEAR: Final = frozenset({"just", "immediately", "directly", "shortly", "straight"})
_BELOW: Final = frozenset({"below", "distal", "beyond", "beneath", "past"})
_LEADING: Final = frozenset({*_NEAR, *_BELOW, "the", "to", "its"})
_REACH: Final = 5  # elements from "just" to its junction
_ZONES: Final = {"sfj": "thigh", "spj": "calf"}
_TRUNKS: Final = {"sfj": "GSV", "spj": "SSV"}


def read_near_junctions(elements: list[Element], marks: Marks) -> list[Element]:
    """The elements with such words as the place that they mean."""
    read: list[Element] = []
    index = 0
    while index < len(elements):
        element = elements[index]
        near = not _NEAR.isdisjoint(_words(element, marks)[:1])
        end = _end_of(elements, index, marks) if near else None
        if end is None:
            read.append(element)
            index += 1
            continue
        meaning = _meaning_of(_code_of(elements[end]), named=any(map(_names_vein, read)))
        read.append(Mention(first_of(element), last_of(elements[end]), meaning))
        index = end + 1
    return read


def _meaning_of(code: str, *, named: bool) -> Meaning:
    """The upper part of the vein that is ``named`` before, else of the junction's trunk."""
    zone = _ZONES[code]
    if named:
        return Meaning([Concept("zone", Zone(zone=zone, level="proximal", terms=()), DISTANCE)])
    place = NamedPlace(veins=(_TRUNKS[code],), segment=f"proximal_{zone}", terms=())
    return Meaning([Concept("place", place, DISTANCE)])


def _names_vein(element: Element) -> bool:
    return isinstance(element, Mention) and element.row("vein", "place") is not None


def _end_of(elements: Sequence[Element], index: int, marks: Marks) -> int | None:
    """Where the junction stands behind "just below the"."""
    below = False
    for position in range(index, min(index + _REACH, len(elements))):
        if position > index and _code_of(elements[position]) in _ZONES:
            return position if below else None
        words = _words(elements[position], marks)
        if not words or not set(words) <= _LEADING:
            return None
        below = below or not _BELOW.isdisjoint(words)
    return None


def _words(element: Element, marks: Marks) -> list[str]:
    """The folded words of an element, none of a number."""
    if isinstance(element, Number):
        return []
    return [token.norm for token in marks.tokens[first_of(element) : last_of(element) + 1]]


def _code_of(element: Element) -> str:
    row = element.row("place") if isinstance(element, Mention) else None
    return str(getattr(row, "segment", None) or "")

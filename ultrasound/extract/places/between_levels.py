"""Where two levels meet: "at the junction of the middle and lower third of the calf".

No junction of veins is meant. What lies there is at both levels; a range that ends there covers
the upper one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.spots import LONG_ZONES
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Zone

_JOINING: Final = ("of", "the", "between", "third")
_AND: Final = ("and", "&", "/", "with")
_REACH: Final = 8  # elements from "junction" to its zone
_LEVELS: Final = ("proximal", "mid", "distal")


def read_between_levels(elements: list[Element]) -> list[Element]:
    """The elements without the "junction of" two levels; behind "to" with the upper one alone."""
    read: list[Element] = []
    index = 0
    while index < len(elements):
        found = _levels_behind(elements, index) if _is_junction(elements[index]) else None
        if found is None:
            read.append(elements[index])
            index += 1
            continue
        first, end, levels, zone = found
        if _ends_range(read):
            upper = min(levels, key=_LEVELS.index)
            at, last = elements[index], elements[end]
            if isinstance(at, Mention) and isinstance(last, Mention):
                meaning = Meaning([Concept("zone", Zone(zone=zone, level=upper, terms=()))])
                read.append(Mention(at.first, last.last, meaning))
            index = end + 1
        else:
            index = first
    return read


def _is_junction(element: Element) -> bool:
    row = element.row("zone") if isinstance(element, Mention) else None
    return row is not None and row.zone == "junction"


def _levels_behind(
    elements: Sequence[Element], index: int
) -> tuple[int, int, list[str], str] | None:
    """Where the two levels begin and end, the levels, and the zone that they are of."""
    first, levels, joined = 0, list[str](), False
    for position in range(index + 1, min(index + 1 + _REACH, len(elements))):
        element = elements[position]
        if isinstance(element, Token):
            joined |= element.norm in _AND
            if element.norm not in (*_JOINING, *_AND) or (position == index + 1 and joined):
                return None
            continue
        row = element.row("zone") if isinstance(element, Mention) else None
        level = element.row("level") if isinstance(element, Mention) else None
        named = level.level if level is not None else row.level if row is not None else None
        if named is not None:
            levels.append(named)
            first = first or position
        elif row is None and not (isinstance(element, Mention) and element.cue("between")):
            return None
        if row is not None:
            meets = joined and len(levels) > 1 and row.zone in LONG_ZONES
            return (first, position, levels, row.zone) if meets else None
    return None


def _ends_range(read: Sequence[Element]) -> bool:
    """Whether "to the" stands before."""
    behind = [e for e in read[-2:] if not (isinstance(e, Token) and e.norm == "the")]
    last = behind[-1] if behind else None
    return isinstance(last, Mention) and last.cue("range")

"""A perforator that only says where a trunk's reflux begins: "from the mid thigh perforator to …".

As in "GSV incompetent from the level of the mid thigh perforator to the ankle": the range is the
trunk's. Not so where something is found of the perforator, "from an incompetent perforator to …".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import PERFORATORS, SAPHENOUS
from ultrasound.extract.places.places import Part, PlaceGroup, is_only_level
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_BETWEEN: Final = ("the", "a", "level", "of", "at")

_Elements = Sequence[Element | PlaceGroup]


def join_from_branch(elements: _Elements) -> _Elements:
    """Read such a perforator and the level behind it as a range of the trunk before."""
    for index, element in enumerate(elements):
        if not isinstance(element, PlaceGroup) or not _is_branch(element):
            continue
        end = _find_end(elements, index)
        if end is None or not _begins(elements, index):
            continue
        level = elements[end]
        if isinstance(level, PlaceGroup):
            merged = _join(element, level)
            return [*elements[:index], merged, *elements[end + 1 :]]
    return elements


def _is_branch(group: PlaceGroup) -> bool:
    """Whether it is one perforator at one level."""
    part = group.parts[0]
    single = len(group.parts) == 1 and bool(part.spot) and part.until is None
    return single and part.vein in PERFORATORS


def _begins(elements: _Elements, index: int) -> bool:
    """Whether "from" leads to it, and a trunk was named before."""
    before = list(elements[:index])
    while before and isinstance(before[-1], Token) and before[-1].norm in _BETWEEN:
        before.pop()
    led = before.pop() if before else None
    if not isinstance(led, Mention) or not led.cue("from"):
        return False
    groups = [e for e in before if isinstance(e, PlaceGroup)]
    named = {part.vein for group in groups for part in group.parts} - {None}
    return bool(named) and named <= set(SAPHENOUS)


def _find_end(elements: _Elements, index: int) -> int | None:
    """Where the level stands to which the range goes on."""
    ranged = False
    for at in range(index + 1, len(elements)):
        element = elements[at]
        if isinstance(element, PlaceGroup):
            part = element.parts[0]
            ends = is_only_level(element) and len(element.parts) == 1
            return at if ends and (ranged or part.open_start) else None
        if isinstance(element, Mention) and element.cue("range"):
            ranged = True
        elif not isinstance(element, Token) or element.norm not in _BETWEEN:
            return None
    return None


def _join(branch: PlaceGroup, level: PlaceGroup) -> PlaceGroup:
    start, end = branch.parts[0], level.parts[0]
    at = (*start.spot_at, *end.spot_at)
    part = Part(spot=start.spot, until=end.until or end.spot, spot_at=at)
    return PlaceGroup(branch.first, level.last, (part,))

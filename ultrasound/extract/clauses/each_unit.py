"""Numbers that each have their unit before a list of as many places.

As in "diameters of 2.8 mm and 2.5 mm at the proximal and mid calf", which are one list as those of
"2.8 and 2.5 mm" are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_JOINTS: Final = (",", "and", "&")
_LEADING: Final = frozenset({"at", "in", "for", "over", "within", "the", "respectively"})
_ENDS: Final = frozenset({".", ";", ":", ",", "(", "and", "with", "but", "while"})

_Elements = Sequence[Element | PlaceGroup]


def join_measured(elements: _Elements) -> _Elements:
    """Join the numbers of such a list, that they are handed out over its places."""
    joined = list(elements)
    for index, element in enumerate(elements):
        if not isinstance(element, PlaceGroup) or len(element.parts) <= 1:
            continue
        run = _run_before(elements, index)
        if len(run) == len(element.parts) and _is_single(element) and _is_free(elements, run[0]):
            for position in run[:-1]:
                number = elements[position]
                if isinstance(number, Number):
                    joined[position] = replace(number, shared=True)
    return joined


def _is_single(group: PlaceGroup) -> bool:
    """Whether each part of a list is one level: "the SFJ, mid thigh and knee"."""
    return all(p.has_spot and p.until is None and not p.legs for p in group.parts)


def _run_before(elements: _Elements, index: int) -> list[int]:
    """Where the numbers of one kind stand that lead straight to a place."""
    position = index - 1
    while position >= 0 and _norm(elements[position]) in _LEADING:
        position -= 1
    run: list[int] = []
    kind = ""
    while position >= 0:
        number = elements[position]
        if not isinstance(number, Number) or number.unit is None or number.shared:
            break
        if run and number.unit.kind != kind:
            break
        kind = number.unit.kind
        run.insert(0, position)
        position -= 1
        if position < 0 or _norm(elements[position]) not in _JOINTS:
            break
        while position >= 0 and _norm(elements[position]) in _JOINTS:
            position -= 1
    return run


def _is_free(elements: _Elements, first: int) -> bool:
    """Whether the first number has no level of its own before it."""
    for element in reversed(elements[:first]):
        if isinstance(element, PlaceGroup):
            return len(element.parts) == 1 and not element.parts[0].has_spot
        if isinstance(element, Number) and element.unit is not None:
            return False
        if _norm(element) in _ENDS:
            return True
    return True


def _norm(element: Element | PlaceGroup) -> str:
    if isinstance(element, Token):
        return element.norm
    if isinstance(element, (PlaceGroup, Number)):
        return ""
    return "respectively" if element.cue("respectively") else ""

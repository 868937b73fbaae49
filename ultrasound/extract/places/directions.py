"""Directions: the "above" and "below" of a knee, and what branches only run towards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.below_it import SIDES
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue

TOWARDS: Final = frozenset({"toward"})
_RUNNING: Final = frozenset(
    {"run", "running", "course", "coursing", "trail", "trailing", "pass", "passing", "passe"}
    | {"lead", "leading", "ascend", "descend", "curving"}
)
_SIDE_REACH: Final = 3  # elements from "above" over "the left" to its landmark
_TARGET_REACH: Final = 4  # elements from "towards" to its level
_TARGET: Final = Meaning([Concept("cue", Cue(kind="neutral", terms=()))])
_JOINTS: Final = ("and", "or", "but", ",", ".", ";", ")", "&")
REFERRING: Final = frozenset(
    {"as", "see", "described", "noted", "mentioned", "stated", "listed", "seen", "documented"}
    | {"reported", "detailed", "tabulated", "given", "outlined", "charted", "summarised"}
    | {"summarized", "quoted", "written", "specified", "itemised", "itemized", "per"}
)


def lift_sides(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """Read "above the left knee" as "above the knee" of the left leg."""
    lifted: list[Element] = []
    index = 0
    while index < len(elements):
        element = elements[index]
        side = SIDES.get(marks.tokens[first_of(element)].norm)
        alone = first_of(element) == last_of(element)
        legs, end = legs_ahead(elements, index) if side and alone else ([], index)
        knee = elements[end] if legs and end < len(elements) else None
        if side and knee is not None and _is_knee(knee, marks):
            lifted += [*legs, Mention(first_of(element), last_of(knee), side)]
            index = end
        else:
            lifted.append(element)
        index += 1
    return lifted


def _is_knee(element: Element, marks: Marks) -> bool:
    """Whether it is the knee, and no part above or below it."""
    return first_of(element) == last_of(element) and _names_knee(element, marks)


def legs_ahead(elements: Sequence[Element], index: int) -> tuple[list[Mention], int]:
    """The leg that stands with its article behind a direction, and where what it leads to stands.

    As in "above the left medial malleolus".
    """
    legs: list[Mention] = []
    for position in range(index + 1, min(index + 1 + _SIDE_REACH, len(elements))):
        element = elements[position]
        if isinstance(element, Mention) and element.row("leg") is not None:
            legs.append(element)
        elif not (isinstance(element, Token) and element.norm == "the"):
            return legs, position
    return legs, len(elements)


def complete_directions(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """Read "competent above, incompetent below the knee" as of the thigh and of the calf."""
    elements = [_open_size(elements, index, marks) for index in range(len(elements))]
    bare = [index for index, element in enumerate(elements) if _is_bare(elements, index, element)]
    if not bare or not any(_names_knee(element, marks) for element in elements):
        return list(elements)
    completed = list(elements)
    for index in bare:
        element = elements[index]
        if isinstance(element, Token):
            completed[index] = Mention(element.index, element.index, SIDES[element.norm])
    return completed


def _open_size(elements: Sequence[Element], index: int, marks: Marks) -> Element:
    """The bare "above" of "6 mm above and 4 mm below the knee", which is no distance."""
    element, before = elements[index], elements[index - 1] if index else None
    if not isinstance(element, Mention) or not element.cue("direction"):
        return element
    sized = isinstance(before, Number) and before.unit is not None and not before.unit.centi
    joined = [e.norm for e in elements[index + 1 : index + 2] if isinstance(e, Token)]
    listed = joined in (["and"], [","], ["&"])
    listed = listed and any(isinstance(e, Number) for e in elements[index + 2 : index + 3])
    alone = element.first == element.last and marks.tokens[element.first].norm in SIDES
    return marks.tokens[element.first] if sized and listed and alone else element


def leave_targets(elements: Sequence[Element]) -> list[Element]:
    """Leave out the level of "which run across the groin towards the medial thigh": none is there.

    A size towards a level is still near it: "4 mm towards the ankle".
    """
    left = list(elements)
    running = False
    for index, element in enumerate(elements):
        if isinstance(element, Mention):
            running = running or element.cue("runs", "course", "joins")
        elif isinstance(element, Token):
            running = (running or element.norm in _RUNNING) and element.text not in (",", ";")
            if running and element.norm in TOWARDS:
                _leave_target(left, index + 1)
    return left


def _leave_target(elements: list[Element], start: int) -> None:
    for index in range(start, min(start + _TARGET_REACH, len(elements))):
        element = elements[index]
        if not isinstance(element, Mention):
            if not isinstance(element, Token) or element.kind == "sign":
                return
        elif element.row("level", "zone") is not None:
            elements[index] = Mention(element.first, element.last, _TARGET)
        elif not element.cue("location"):
            return


def _is_bare(elements: Sequence[Element], index: int, element: Element) -> bool:
    """Whether a direction has no landmark, and refers to no other text ("see above")."""
    if not isinstance(element, Token) or element.norm not in SIDES:
        return False
    before = elements[index - 1] if index else None
    if isinstance(before, Token) and before.norm in REFERRING:
        return False
    after = elements[index + 1] if index + 1 < len(elements) else None
    return after is None or (isinstance(after, Token) and after.norm in _JOINTS)


def _names_knee(element: Element, marks: Marks) -> bool:
    """Whether it is the knee, or the part above or below it by that name."""
    if not isinstance(element, Mention) or element.row("zone") is None:
        return False
    return any(t.norm == "knee" for t in marks.tokens[element.first : element.last + 1])

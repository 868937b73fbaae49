"""A range that only has its start: "incompetent from the knee down", "… from mid thigh onwards".

It goes to the end of the trunk, which is the ankle. An accessory vein ends where nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.places.spots import Spot
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_DOWN: Final = frozenset({"down", "downward", "onward"})  # folded: "downwards", too
_BETWEEN: Final = ("the", "level", "of")
_TRUNKS: Final = frozenset({"GSV", "SSV"})
_ENDLESS: Final = frozenset({"AASV", "PASV", "GIAC"})
_STATES: Final = ("reflux", "thrombus", "patency", "compressibility", "treatment_result")
_ANKLE: Final = Spot(level="distal", zone="calf")

_Elements = Sequence[Element | PlaceGroup]


def join_downwards(elements: _Elements) -> _Elements:
    """Read such a start as a range to the ankle, where a saphenous trunk is spoken of."""
    words = {e.norm for e in elements if isinstance(e, Token)}
    if words.isdisjoint(_DOWN):
        return elements
    joined = list(elements)
    for index, element in enumerate(elements):
        if not isinstance(element, PlaceGroup) or not _is_start(elements, index, element):
            continue
        veins = [p.vein for e in elements[: index + 1] for p in _parts_of(e) if p.vein]
        if not any(map(_goes_on, elements[:index])):
            continue  # "a residual GSV is present from the knee down: 4.8 mm at the knee"
        if veins and veins[-1] in _TRUNKS and not set(veins) & _ENDLESS:
            (part,) = element.parts
            joined[index] = replace(element, parts=(replace(part, until=_ANKLE),))
    return joined


def _goes_on(element: Element | PlaceGroup) -> bool:
    """Whether a word finds a state of the vein, which can reach over a stretch of it."""
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and row.property in _STATES and row.kind != "label"


def _parts_of(element: Element | PlaceGroup) -> Sequence[Part]:
    return element.parts if isinstance(element, PlaceGroup) else ()


def _is_start(elements: _Elements, index: int, group: PlaceGroup) -> bool:
    """Whether "from" leads to one level, and "down" ends it."""
    behind = elements[index + 1 : index + 3]
    down = behind[0] if behind else None
    if not (isinstance(down, Token) and down.norm in _DOWN):
        return False
    if len(behind) > 1 and not (isinstance(behind[1], Token) and behind[1].norm != "to"):
        return False  # "from the knee down to the ankle", "from mid thigh down the GSV"
    placed = len(group.parts) == 1 and bool(group.parts[0].spot) and group.parts[0].until is None
    before = list(elements[:index])
    while before and isinstance(before[-1], Token) and before[-1].norm in _BETWEEN:
        before.pop()
    led = before[-1] if before else None
    return placed and isinstance(led, Mention) and led.cue("from")

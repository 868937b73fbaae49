"""The two channels of a duplicated vein, which some call its limbs: no leg is named by them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import DENIAL, Mention

_LIMB: Final = "limb"
_REACH: Final = 24  # tokens from "duplicated" to "both limbs"
_FAR: Final = 60  # tokens from "duplicated" to "the deep trunk"
_SYSTEMS: Final = ("SUPERFICIAL", "DEEP")
CHANNELS: Final = frozenset({"trunk", "channel", "limb", "one", "component", "lumen", "branch"})
DUPLICATED: Final = "duplicated"


def drop_channels(elements: list[Element], marks: Marks) -> list[Element]:
    """Leave out "both limbs" behind a vein that is said to be duplicated.

    "Neither limb contains clot" is a denial, and "the superficial trunk" is no system of veins.
    """
    if not any(_is_channels(e, marks) or _tells_depth(e, marks) for e in elements):
        return elements  # most sentences
    kept: list[Element] = []
    for element in elements:
        if _tells_depth(element, marks):
            continue
        if not _is_channels(element, marks):
            kept.append(element)
        elif isinstance(element, Mention) and getattr(element.row("leg"), "negated", False):
            kept.append(replace(element, meaning=DENIAL))
    return kept


def _is_channels(element: Element, marks: Marks) -> bool:
    row = element.row("leg") if isinstance(element, Mention) else None
    if not isinstance(element, Mention) or len(getattr(row, "legs", ())) < len(("right", "left")):
        return False
    if all(t.norm != _LIMB for t in marks.tokens[element.first : element.last + 1]):
        return False
    return _is_behind(element, marks, _REACH)


def _tells_depth(element: Element, marks: Marks) -> bool:
    """Whether it tells which channel is meant: "the superficial trunk refluxes, the deep one …"."""
    row = element.row("vein") if isinstance(element, Mention) else None
    if not isinstance(element, Mention) or getattr(row, "code", None) not in _SYSTEMS:
        return False
    follows = marks.tokens[element.last + 1 : element.last + 2]
    channel = bool(follows) and follows[0].norm in CHANNELS
    return channel and element.first == element.last and _is_behind(element, marks, _FAR)


def _is_behind(element: Mention, marks: Marks, reach: int) -> bool:
    """Whether a vein was said to be duplicated before."""
    before = marks.mentions_in(max(0, element.first - reach), element.first)
    return any(getattr(m.row("finding"), "value", None) == DUPLICATED for m in before)

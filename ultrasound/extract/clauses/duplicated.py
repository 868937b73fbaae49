"""The two channels of a duplicated vein, which some call its limbs: no leg is named by them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.words.lexicon import DENIAL, Mention
from ultrasound.extract.words.marks import Element, Marks

_LIMB: Final = "limb"
_REACH: Final = 24  # tokens from "duplicated" to "both limbs"
_DUPLICATED: Final = "duplicated"


def drop_channels(elements: list[Element], marks: Marks) -> list[Element]:
    """Leave out "both limbs" behind a vein that is said to be duplicated.

    "Neither limb contains clot" is a denial.
    """
    if not any(_is_channels(element, marks) for element in elements):
        return elements  # most sentences
    kept: list[Element] = []
    for element in elements:
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
    before = marks.mentions_in(max(0, element.first - _REACH), element.first)
    return any(getattr(m.row("finding"), "value", None) == _DUPLICATED for m in before)

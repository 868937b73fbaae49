"""The two channels of a duplicated vein, which some call its limbs: no leg is named by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Element, Marks

_LIMBS: Final = frozenset({"limb", "limbs"})
_REACH: Final = 24  # tokens from "duplicated" to "both limbs"
DUPLICATED: Final = "duplicated"


def drop_channels(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """Leave out "both limbs" behind a vein that is said to be duplicated."""
    return [element for element in elements if not _is_channels(element, marks)]


def _is_channels(element: Element, marks: Marks) -> bool:
    row = element.row("leg") if isinstance(element, Mention) else None
    if not isinstance(element, Mention) or len(getattr(row, "legs", ())) < len(("right", "left")):
        return False
    if _LIMBS.isdisjoint(t.norm for t in marks.tokens[element.first : element.last + 1]):
        return False
    before = marks.mentions_in(max(0, element.first - _REACH), element.first)
    return any(getattr(m.row("finding"), "value", None) == DUPLICATED for m in before)

"""What stands between a finding and how far it goes: "refluxes for 3 s to", "reflux (2 s) to"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.group_words import is_light, is_text
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_BRACKET: Final = 3  # elements of "(2 s)"
_LASTING: Final = ("for", "lasting", "of", "about", "at")  # before a time


def finding_before(elements: Sequence[Element], index: int) -> Element | None:
    """The element before a range word that may be its finding, past what only stands between.

    That is one word or sign, as in "refluxes, to the knee", "reflux noted up to mid calf"; and
    behind a reflux its time or size.
    """
    before = elements[index - 1] if index else None
    noted = isinstance(before, Mention) and before.cue("affirmation_after")
    if index > 1 and (measured := _measured_before(elements, index)):
        return measured
    if index > 1 and (noted or is_light(before) or is_text(before, ",")):
        # "reflux noted up to mid calf", "incompetent trunk to mid calf", "refluxes, to the …"
        return elements[index - 2]
    return before


def _measured_before(elements: Sequence[Element], index: int) -> Mention | None:
    """The reflux whose number, sign or full stop of an abbreviation stands before an element."""
    at = index - 1
    if is_text(elements[at], ")") and at > _BRACKET - 1:
        inner, opening = elements[at - 1], elements[at - 2]
        signed = isinstance(inner, Number) or is_text(inner, "+")
        if not (signed and is_text(opening, "(")):
            return None
        at -= _BRACKET
    elif isinstance(elements[at], Number):
        at -= 1
        word = elements[at]
        if at and isinstance(word, Token) and word.norm in _LASTING:
            at -= 1
    elif _ends_abbreviation(elements, at):
        at -= 1
    else:
        return None
    found = elements[at]
    finding = found.row("finding") if isinstance(found, Mention) else None
    reflux = finding is not None and finding.property == "reflux" and finding.kind != "label"
    return found if reflux and isinstance(found, Mention) else None


def _ends_abbreviation(elements: Sequence[Element], at: int) -> bool:
    """Whether it is the full stop of "incomp."."""
    stop = elements[at]
    return is_text(stop, ".") and isinstance(stop, Token) and not stop.gap

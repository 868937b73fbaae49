"""What stands between a finding and how far it goes: "refluxes for 3 s to", "reflux (2 s) to"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.group_words import is_light, is_text
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_BRACKET: Final = 6  # elements of "(2 s, 6 mm)"
_INSIDE: Final = ("+", ",", "/", "grade", "yes", "mild", "moderate", "severe", "marked")
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
    """The reflux whose numbers, sign or full stop of an abbreviation stand before an element."""
    at = index - 1
    while at > 0:
        if isinstance(elements[at], Number) or (at < index - 1 and _is_lasting(elements[at])):
            at -= 1
        elif (opening := _opening_of(elements, at)) is not None:
            at = opening - 1
        elif at == index - 1 and _ends_abbreviation(elements, at):
            at -= 1
        else:
            break
    found = elements[at] if 0 <= at < index - 1 else None
    finding = found.row("finding") if isinstance(found, Mention) else None
    reflux = finding is not None and finding.property == "reflux" and finding.kind != "label"
    return found if reflux and isinstance(found, Mention) else None


def _is_lasting(element: Element) -> bool:
    return isinstance(element, Token) and element.norm in _LASTING


def _opening_of(elements: Sequence[Element], at: int) -> int | None:
    """Where a bracket opens that holds no more than measures, a sign or a grade."""
    if not is_text(elements[at], ")"):
        return None
    for position in range(at - 1, max(-1, at - _BRACKET), -1):
        element = elements[position]
        if is_text(element, "("):
            return position if position < at - 1 else None
        if isinstance(element, Mention):
            if element.meaning.is_place or element.row("finding") or element.cue("negation"):
                return None
        elif isinstance(element, Token) and element.norm not in _INSIDE:
            return None
    return None


def _ends_abbreviation(elements: Sequence[Element], at: int) -> bool:
    """Whether it is the full stop of "incomp."."""
    stop = elements[at]
    return is_text(stop, ".") and isinstance(stop, Token) and not stop.gap

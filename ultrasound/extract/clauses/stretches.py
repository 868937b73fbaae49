"""How far a finding goes, told in words that are set off from it.

As in "GSV incompetent, extending from the SFJ to the knee", and in "GSV incompetent, 6 mm, to the
knee": without the commas the range is of the finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import FILLERS, is_place
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_EXTENDING: Final = frozenset({"extending", "stretching", "spanning", "reaching"})
_LED: Final = (*_EXTENDING, "and", "which", "extend")
_BEHIND: Final = (*FILLERS, "is", "are", "was", "were")  # between a finding and its comma
_GOING_ON: Final = ("reflux", "thrombus")
_SET_OFF: Final = 2  # elements of "6 mm,"


def join_stretches(elements: list[Element]) -> list[Element]:
    """The elements without what sets off a range from its finding."""
    left: set[int] = set()
    for index, element in enumerate(elements):
        if not isinstance(element, Mention):
            continue
        if element.cue("from"):
            left.update(_set_off_start(elements, index))
        elif element.cue("range"):
            left.update(_set_off_end(elements, index))
    return [e for i, e in enumerate(elements) if i not in left] if left else elements


def _set_off_start(elements: Sequence[Element], start: int) -> range:
    """The words of ", extending" before "from the SFJ", behind a finding that goes on."""
    at = start
    while at and _word(elements[at - 1]) in _LED:
        at -= 1
    words = {_word(element) for element in elements[at:start]}
    extends = not words.isdisjoint(_EXTENDING) or words == {"which", "extend"}
    comma = at - 1
    if comma < 1 or not extends or _word(elements[comma]) != ",":
        return range(0)
    return range(comma, start) if _goes_on(elements, comma) else range(0)


def _set_off_end(elements: Sequence[Element], to: int) -> Sequence[int]:
    """The comma of "from mid thigh, extending to", or those of "incompetent, 6 mm, to"."""
    comma = to - 1
    if comma < 1 or _word(elements[comma]) != ",":
        return ()
    commas, at = [comma], comma - 1
    while at > 0 and isinstance(elements[at], Number) and _word(elements[at - 1]) == ",":
        commas.append(at - 1)
        at -= _SET_OFF
    if isinstance(elements[at], Number):  # "reflux 2.2 s, 6 mm, to"
        at -= 1
    if len(commas) > 1 or at < comma - 1:
        goes_on = at >= 0 and _goes_on(elements, at + 1)
        return commas if goes_on and _leads_level(elements, to) else ()
    mention = elements[to]
    extends = isinstance(mention, Mention) and mention.cue("extends")
    return (comma,) if extends and _is_start(elements, comma) else ()


def _is_start(elements: Sequence[Element], comma: int) -> bool:
    """Whether "from" and one level stand before a comma."""
    at = comma
    while at and (_names_level(elements[at - 1]) or _word(elements[at - 1]) in FILLERS):
        at -= 1
    led = elements[at - 1] if at else None
    return at < comma and isinstance(led, Mention) and led.cue("from")


def _leads_level(elements: Sequence[Element], to: int) -> bool:
    """Whether a level stands behind "to" and its article."""
    behind = (e for e in elements[to + 1 :] if _word(e) not in FILLERS)
    level = next(behind, None)
    return level is not None and _names_level(level)


def _goes_on(elements: Sequence[Element], comma: int) -> bool:
    """Whether a reflux or clot was found before a comma, with its vein, and no level as yet."""
    found = False
    for element in reversed(elements[:comma]):
        if isinstance(element, Number) or (
            isinstance(element, Token) and element.kind == "sign" and element.text != "."
        ):
            return found
        if not isinstance(element, Mention):
            if not found and element.norm not in (*_BEHIND, "in"):
                return False
            continue
        if _names_level(element) or _is_apart(element):
            return False
        finding = element.row("finding")
        if finding is not None and finding.property not in _GOING_ON:
            return False
        found = found or finding is not None
    return found


def _is_apart(mention: Mention) -> bool:
    """Whether it is a branch, or a deep vein, which no level of the leg divides."""
    row = mention.row("vein")
    return getattr(row, "code", None) in COUNTED or getattr(row, "system", None) == "deep"


def _names_level(element: Element) -> bool:
    """Whether an element is a level, or a junction."""
    if not isinstance(element, Mention) or not is_place(element):
        return False
    return element.row("level", "zone", "place") is not None


def _word(element: Element) -> str:
    return element.norm if isinstance(element, Token) else ""

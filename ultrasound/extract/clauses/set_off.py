"""What signs set off between a vein and its level, and lists neither.

A side, as in "Perforator, medial, distal calf: incompetent", or how many there are: "Incompetent
perforators: 2, mid calf".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue

_COMMA: Final = ","
_SET_OFF: Final = 2  # elements from the comma before a side to that behind it
_COLON: Final = ":"
_LEADING: Final = (_COMMA, "in", "at", "the")  # between a count and its level
_COUNT: Final = Meaning([Concept("cue", Cue(kind="count", terms=()))])


def join_set_off(elements: list[Element]) -> list[Element]:
    """The elements without the comma behind such a side, and with such a number as a count."""
    commas = {i for i, e in enumerate(elements) if isinstance(e, Token) and e.text == _COMMA}
    set_off = [i for i in commas if i - _SET_OFF in commas and _is_set_off(elements, i)]
    kept = [e for i, e in enumerate(elements) if i not in set_off] if set_off else elements
    counts = [i for i, e in enumerate(kept) if isinstance(e, Number) and _counts(kept, i)]
    return [_count(e) if i in counts else e for i, e in enumerate(kept)] if counts else kept


def _is_set_off(elements: Sequence[Element], comma: int) -> bool:
    """Whether a vein, a side and a level stand about two commas."""
    if comma <= _SET_OFF:
        return False
    vein, side = elements[comma - _SET_OFF - 1], elements[comma - 1]
    if not isinstance(vein, Mention) or not isinstance(side, Mention) or not side.cue("location"):
        return False
    trunk = vein.row("vein") is not None and not _is_level(vein)
    return trunk and any(_is_level(e) for e in elements[comma + 1 : comma + 2])


def _is_level(element: Element) -> bool:
    return isinstance(element, Mention) and element.row("level", "zone") is not None


def _counts(elements: Sequence[Element], index: int) -> bool:
    """Whether a bare number stands between the name of branches and where they are."""
    number = elements[index]
    if not isinstance(number, Number) or number.unit is not None or number.high is not None:
        return False
    before = elements[max(0, index - 2) : index]
    named = before[:1] if before[1:] and _is(before[1], _COLON) else []
    branches = any(
        isinstance(e, Mention) and getattr(e.row("vein"), "code", None) in COUNTED for e in named
    )
    behind = index + 1
    while behind < len(elements) and any(_is(elements[behind], word) for word in _LEADING):
        behind += 1
    placed = any(_is_level(e) for e in elements[behind : behind + 1])
    return branches and placed and number.low.isdigit() and len(number.low) == 1


def _is(element: Element, text: str) -> bool:
    return isinstance(element, Token) and element.norm == text


def _count(number: Element) -> Element:
    return Mention(number.first, number.last, _COUNT) if isinstance(number, Number) else number

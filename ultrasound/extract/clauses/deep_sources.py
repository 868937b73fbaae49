"""Deep veins that only say where a superficial reflux comes from, or where it goes back to.

As in "reflux from the common femoral vein into the GSV", "reflux from the deep system fills the
SSV", "reflux re-enters the deep system via a perforator": nothing is found of the deep veins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, SAPHENOUS
from ultrasound.extract.places.meanings import names_of
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue

_COURSE: Final = Meaning([Concept("cue", Cue(kind="course", terms=()))])
_AGAIN: Final = ("re", "reenter", "reentering")
_INTO: Final = ("into", "through")
_SUPERFICIAL: Final = (*SAPHENOUS, *COUNTED, "SUPERFICIAL")


def leave_deep_source(elements: list[Element], marks: Marks) -> list[Element]:
    """The elements with such a source or goal as one word about the course of the reflux."""
    for index, element in enumerate(elements):
        if not isinstance(element, Mention):
            continue
        end = _end_of_deep(elements, index)
        noun = index - 1 if index and _is_reflux(elements[index - 1]) else None
        if end is None:
            continue
        if element.cue("from") and noun is not None and _enters(elements[end + 1 :]):
            return _replace(elements, index, end)
        if element.cue("joins") and marks.tokens[element.first].norm in _AGAIN:
            return _replace(elements, index if noun is None else noun, end)
    return elements


def _replace(elements: list[Element], first: int, last: int) -> list[Element]:
    start, end = elements[first], elements[last]
    if not isinstance(start, Mention) or not isinstance(end, Mention):
        return elements
    stretch = Mention(start.first, end.last, _COURSE)
    return [*elements[:first], stretch, *elements[last + 1 :]]


def _end_of_deep(elements: Sequence[Element], index: int) -> int | None:
    """The position of the one deep vein or system straight behind a word."""
    at = index + 1
    while at < len(elements) and isinstance(elements[at], Token) and _word(elements[at]) == "the":
        at += 1
    element = elements[at] if at < len(elements) else None
    row = element.row("vein") if isinstance(element, Mention) else None
    return at if row is not None and getattr(row, "system", "") == "deep" else None


def _enters(behind: Sequence[Element]) -> bool:
    """Whether it goes on into a superficial vein: "into the GSV", "fills the SSV"."""
    verb, *rest = behind or (None,)
    leads = isinstance(verb, Mention) and verb.cue("gives", "joins")
    if not leads and not (verb is not None and _word(verb) in _INTO):
        return False
    veins = [v for e in rest if isinstance(e, Mention) for v in names_of(e.meaning).veins]
    return bool(veins) and veins[0] in _SUPERFICIAL


def _is_reflux(element: Element) -> bool:
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and (row.property, row.kind) == ("reflux", "noun")


def _word(element: Element) -> str:
    return element.norm if isinstance(element, Token) else ""

"""What only says where another part of a vein lies.

A part with its state, "reflux below the closed segment", or a level, "distal to the upper calf".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.marks import Element, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue

_PARTS: Final = frozenset(
    {"part", "portion", "segment", "section", "stretch", "length", "vein", "trunk", "channel"}
)
_ARTICLES: Final = ("the", "this", "that", "its")
_BEYOND: Final = ("below", "above", "beyond", "past", "under", "beneath")
_LEVELS: Final = ("distal", "proximal")  # before "to"
_BEYOND_LEVEL: Final = 3  # elements of "distal to the"
_FROM: Final = ("the", "from", "in")
_DIRECTION: Final = Meaning([Concept("cue", Cue(kind="direction", terms=()))])
_REST: Final = Meaning([Concept("cue", Cue(kind="remainder", terms=()))])
_STATES: Final = ("patency", "treatment_result")


def drop_passed_parts(elements: Sequence[Element]) -> list[Element]:
    """The elements with such a part and what lies beyond it as the name of a rest: "below that".

    A treatment of the part stays: the vein had it.
    """
    kept: list[Element] = []
    passed = False
    for index, element in enumerate(elements):
        follows = elements[index + 1 : index + 2]
        named = any(isinstance(e, Token) and e.norm in _PARTS for e in follows)
        before = _start_of_direction(kept) if named and _is_state(element) else None
        if before is not None:
            first = first_of(kept[before])
            kept[before:] = [Mention(first, last_of(element) + 1, _REST)]
        elif not passed:
            kept.append(element)
        passed = before is not None  # its noun
    return kept


def read_beyond(elements: Sequence[Element]) -> list[Element]:
    """The elements with "distal to the" before a level as a direction, no range from a level.

    Without the article it is a range, "distal to mid thigh", as behind "from".
    """
    kept = list(elements)
    for index in range(len(kept) - _BEYOND_LEVEL):
        level, to, article, place = kept[index : index + _BEYOND_LEVEL + 1]
        distal = isinstance(level, Mention) and _word(level) == "distal"
        led = distal and _word(to) == "to" and _word(article) == "the"
        placed = isinstance(place, Mention) and place.row("level", "zone") is not None
        again = _word(place) == "distal"
        opens = all(_may_lead(element) for element in kept[max(0, index - 1) : index])
        if led and placed and opens and not again:
            kept[index : index + 2] = [Mention(first_of(level), last_of(to), _DIRECTION)]
            break
    return kept


def _may_lead(element: Element) -> bool:
    """Whether a direction can stand behind it: a finding or a sign, not "from the"."""
    if isinstance(element, Token):
        return element.norm not in _FROM
    return isinstance(element, Mention) and element.row("finding") is not None


def _is_state(element: Element) -> bool:
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and row.property in _STATES


def _start_of_direction(kept: Sequence[Element]) -> int | None:
    """Where a direction with its article begins that ends here: "distal to the", "below the"."""
    words = [_word(element) for element in kept]
    if words[-1:] and words[-1] in _ARTICLES:
        if words[-2:-1] and words[-2] in _BEYOND:
            return len(kept) - 2
        if words[-2:-1] == ["to"] and words[-3:-2] and words[-3] in _LEVELS:
            return len(kept) - 3
    return None


def _word(element: Element) -> str:
    """The folded word of a token, the level of a mention, or the "to" of a range."""
    if isinstance(element, Token):
        return element.norm
    if not isinstance(element, Mention):
        return ""
    level = element.row("level")
    return level.level if level is not None else "to" if element.cue("range") else ""

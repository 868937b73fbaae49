"""The place phrases of a sentence, each wording read once for all sentences that have it.

What the phrases of a sentence are depends on its words and on what its mentions mean, and on what
its numbers measure, but on no value, no position and nothing that was said before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ultrasound.extract.places.groups import GroupFinder, Inset
from ultrasound.extract.places.places import Part, PlaceGroup, Routes, put_part
from ultrasound.extract.words.marks import Element, first_of, last_of
from ultrasound.extract.words.mentions import Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Unit

_WORDINGS: Final = 8192  # that are kept as they were read
_APART: Final = "\n\n"  # a gap over which no phrase goes on
_UNITS: Final = (None, *(Unit(kind=kind, terms=()) for kind in ("time", "length", "velocity")))
_KINDS: Final = {unit.kind: number for number, unit in enumerate(_UNITS) if unit is not None}
# a mention of one token and of several, a token and one in small letters, a number by its kind
_Word = Meaning | tuple[Meaning] | tuple[str, str, bool] | str | int
_Phrase = tuple[int, int, tuple[Part, ...]]  # its first and last element, and its places
_Read = tuple[tuple[int | _Phrase, ...], tuple[tuple[int, int], ...]]


def find_groups(
    elements: Sequence[Element], routes: Routes
) -> tuple[list[Element | PlaceGroup], list[Inset]]:
    """A sentence with each place phrase put in the place of its words, and its insets."""
    if not any(type(e) is Mention and e.meaning.is_place for e in elements):
        return list(elements), []
    steps, insets = _read(tuple([_word_of(element) for element in elements]), routes)
    result = [
        elements[step]
        if isinstance(step, int)
        else PlaceGroup(
            first_of(elements[step[0]]),
            last_of(elements[step[1]]),
            tuple([put_part(part, elements) for part in step[2]]),
        )
        for step in steps
    ]
    return result, [_inset(elements[number], result[group]) for number, group in insets]


def _inset(number: Element, group: Element | PlaceGroup) -> Inset:
    if not isinstance(number, Number) or not isinstance(group, PlaceGroup):
        raise TypeError(number)
    return Inset(number, group)


def _word_of(element: Element) -> _Word:
    """What of an element can matter to the place phrases about it."""
    if isinstance(element, Token):
        apart = _APART in element.gap
        plain = element.text == element.norm and not apart
        return element.norm if plain else (element.text, element.norm, apart)
    if isinstance(element, Mention):
        return element.meaning if element.last == element.first else (element.meaning,)
    return 0 if element.unit is None else _KINDS.get(element.unit.kind, 0)


@lru_cache(maxsize=_WORDINGS)
def _read(words: tuple[_Word, ...], routes: Routes) -> _Read:
    """The phrases of a wording, by the positions of its elements."""
    elements = [_stand_in(word, 2 * position) for position, word in enumerate(words)]
    grouped, insets = GroupFinder(elements, routes).find_groups()
    # a mention stands at twice its position, so that one of several tokens has a length
    places: list[Element] = [e for e in elements for _ in range(2)]
    for position, element in enumerate(elements):
        if isinstance(element, Mention):
            places[2 * position] = Mention(position, position, element.meaning)
    steps: list[int | _Phrase] = []
    for item in grouped:
        if isinstance(item, PlaceGroup):
            parts = tuple(put_part(part, places) for part in item.parts)
            steps.append((item.first // 2, item.last // 2, parts))
        else:
            steps.append(first_of(item) // 2)
    groups = {id(item): index for index, item in enumerate(grouped)}
    return tuple(steps), tuple((i.number.first // 2, groups[id(i.group)]) for i in insets)


def _stand_in(word: _Word, place: int) -> Element:
    """An element that says what a word does, at a place."""
    if isinstance(word, int):
        return Number(place, place, "0", unit=_UNITS[word])
    if isinstance(word, Meaning):
        return Mention(place, place, word)
    if len(word) == 1 and not isinstance(word, str):
        return Mention(place, place + 1, word[0])
    text, norm, apart = (word, word, False) if isinstance(word, str) else word
    return Token(place, text, norm, 0, 0, _APART if apart else "", "word")

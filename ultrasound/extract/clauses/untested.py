"""Denials of a test: "was not formally tested", "none of the trunks was tested".

And of a sight, by "neither": "neither accessory vein could be identified".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import is_place
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_REACH: Final = 7  # tokens from "no" to "assess" in "no attempt was made to assess"
_BETWEEN: Final = frozenset(
    {
        *("yet", "been", "be", "able", "to", "was", "were", "has", "have", "possible", "further"),
        *("attempt", "try", "made", "permit", "allow", "for", "him", "her", "them", "itself"),
    }
)
_CANNOT: Final = "cannot"
_ONLY: Final = "only"  # "not only tested"
_NONE: Final = "none"
_UNTESTED, _UNSEEN = ("*", "not_assessed"), ("anatomy", "not_visualized")
_Denied = tuple[int, int, Meaning]
_Terms = Mapping[tuple[str, ...], Meaning]
_PASSIVE: Final = ("was", "were", "could", "can")
_OF_PLACES: Final = ("of", "the", "these", "and", "or", "nor", "trunk", "vein")
_REST: Final = ("no", "further")  # "no further examination" is of the rest


class UntestedReader:
    """Joins a denial and the test that it denies into one statement."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        rows = {(row.property, row.value): row for row in reversed(knowledge.findings.finding)}
        untested = Meaning([Concept("finding", rows[_UNTESTED])])
        unseen = Meaning([Concept("finding", rows[_UNSEEN])])
        both = next(row for row in knowledge.cues.leg if row.legs[1:] and not row.negated)
        self._both = Meaning([Concept("leg", both)])
        words = knowledge.findings.words
        tests = {fold_term(word) for word in (*words["test"], *words["tested"])}
        self._tests = dict.fromkeys(tests, untested)
        self._passive = self._tests | dict.fromkeys(map(fold_term, words["seen"]), unseen)
        self._longest = max(map(len, self._passive))

    def join(self, elements: Sequence[Element], marks: Marks) -> list[Element]:
        """The elements of a sentence, each denial with its test as one mention."""
        if not elements or not _may_deny(marks, first_of(elements[0]), last_of(elements[-1])):
            return list(elements)
        joined: list[Element] = []
        index = 0
        while index < len(elements):
            element = elements[index]
            found = self._find_denied(elements, index, marks)
            if found is None:
                joined.append(element)
                index += 1
                continue
            begin, end, meaning = found
            if isinstance(element, Mention) and _is_neither(element):
                joined.append(replace(element, meaning=self._both))
            joined += elements[index + 1 : begin]
            joined.append(Mention(first_of(elements[begin]), last_of(elements[end]), meaning))
            index = end + 1
        return joined

    def _find_denied(self, elements: Sequence[Element], index: int, marks: Marks) -> _Denied | None:
        """The first and last word of what a denial makes untested; nothing where it is none."""
        element = elements[index]
        denies = _denies(element)
        if not denies and not (isinstance(element, Mention) and _denies_each(element)):
            return None
        found = self._find_test(elements, index, marks) if denies else None
        return (index, *found) if found else self._find_passive(elements, index, marks)

    def _find_test(
        self, elements: Sequence[Element], index: int, marks: Marks
    ) -> tuple[int, Meaning] | None:
        """The position of the last word of the test that a denial reaches over light words."""
        first = first_of(elements[index])
        if tuple(token.norm for token in marks.tokens[first : first + 2]) == _REST:
            return None
        for position in range(index + 1, min(index + _REACH, len(elements))):
            element = elements[position]
            found = self._cover(elements, position, marks, self._tests)
            if found is not None:
                return found
            if first_of(element) != last_of(element) or not _is_light(marks, element):
                return None
        return None

    def _find_passive(
        self, elements: Sequence[Element], index: int, marks: Marks
    ) -> _Denied | None:
        """The first and last word of a test denied of places: "none of the trunks was tested"."""
        terms = self._passive if _is_neither(elements[index]) else self._tests
        placed = False
        for position in range(index + 1, len(elements) - 1):
            element = elements[position]
            norm = marks.tokens[first_of(element)].norm
            if placed and norm in _PASSIVE:
                begin = position + 1
                if _is_light(marks, elements[begin]) and begin + 1 < len(elements):
                    begin += 1
                found = self._cover(elements, begin, marks, terms)
                return None if found is None else (begin, *found)
            place = isinstance(element, Mention) and is_place(element)
            if not place and norm not in _OF_PLACES:
                return None
            placed = placed or place
        return None

    def _cover(
        self, elements: Sequence[Element], begin: int, marks: Marks, terms: _Terms
    ) -> tuple[int, Meaning] | None:
        """The element that ends the term which begins at another, and what the term means."""
        first = first_of(elements[begin])
        for length in range(self._longest, 0, -1):
            run = marks.tokens[first : first + length]
            meaning = terms.get(tuple(token.norm for token in run))
            if meaning is not None:
                end = first + length - 1
                ends = (i for i in range(begin, len(elements)) if last_of(elements[i]) >= end)
                return next(((i, meaning) for i in ends), None)
        return None


def _denies_each(mention: Mention) -> bool:
    """Whether a word denies of each of some places: "none of the trunks", "neither SSV"."""
    return mention.cue(_NONE) or _is_neither(mention)


def _is_neither(element: Element) -> bool:
    row = element.row("leg") if isinstance(element, Mention) else None
    return row is not None and row.negated


def _may_deny(marks: Marks, first: int, last: int) -> bool:
    """Whether a denial begins at one of the tokens ``first`` to ``last``."""
    key = ("denials", 0, 0)
    if key not in marks.known:
        firsts = [m.first for m in marks.mentions if m.cue("negation") or _denies_each(m)]
        marks.known[key] = sorted(firsts + [t.index for t in marks.tokens if t.norm == _CANNOT])
    denials: list[int] = marks.known[key]
    position = bisect_left(denials, first)
    return position < len(denials) and denials[position] <= last


def _denies(element: Element) -> bool:
    if isinstance(element, Mention):
        return element.cue("negation")
    return isinstance(element, Token) and element.norm == _CANNOT


def _is_light(marks: Marks, element: Element) -> bool:
    """Whether a word between a denial and its test says nothing of its own."""
    norm = marks.tokens[first_of(element)].norm
    return (norm.endswith("ly") and norm != _ONLY) or norm in _BETWEEN

"""What hindered an exam, in the report's own words: a reason beside what could not be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.reading import Reading
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_UNSEEN: Final = ("not_assessed", "not_visualized", "indeterminate")
_STOPS: Final = (".", ";")


class LimitationReader:
    """Finds limitations: words that say one, or a hindrance and what it kept from being seen."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        context = knowledge.context
        self._stated = _table(context.limitation.terms)
        self._hindrances = _table(context.hindrance.terms)
        self._unseen = _table(context.unseen.terms)
        self._leading = frozenset({*self._stated.firsts, *self._hindrances.firsts})
        self._firsts = self._leading | self._unseen.firsts

    def find(
        self, marks: Marks, reading: Reading, first: int, last: int
    ) -> Iterator[tuple[int, int, Leg | None]]:
        """The sentences of a section that limit the exam: first and last token, and their leg."""
        if self._leading.isdisjoint([token.norm for token in marks.tokens[first:last]]):
            return  # most sections name neither
        start = first
        for index in range(first, last):
            if index + 1 < last and not _ends(marks, index):
                continue
            if self._limits(marks, start, index + 1):
                end = index - int(marks.tokens[index].text == "." and index > start)
                yield start, end, _leg_of(marks, reading, start, index + 1)
            start = index + 1

    def _limits(self, marks: Marks, first: int, last: int) -> bool:
        """Whether a sentence says so, or names a hindrance beside something not seen."""
        hindered = False
        unseen = any(map(_is_unseen, marks.mentions_in(first, last)))
        for index in self._opening(marks, first, last):
            if self._stated.find(marks.tokens, index, last) is not None:
                return True
            hindered = hindered or self._hindrances.find(marks.tokens, index, last) is not None
            unseen = unseen or self._unseen.find(marks.tokens, index, last) is not None
        return hindered and unseen

    def _opening(self, marks: Marks, first: int, last: int) -> list[int]:
        """The tokens with which a term of these tables can begin."""
        return [t.index for t in marks.tokens[first:last] if t.norm in self._firsts]


def _table(terms: tuple[str, ...]) -> PhraseTable[bool]:
    return PhraseTable({fold_term(term): True for term in terms})


def _is_unseen(mention: Mention) -> bool:
    row = mention.row("finding")
    return row is not None and row.value in _UNSEEN


def _ends(marks: Marks, index: int) -> bool:
    """Whether a token is the last of its sentence or of its line in a list."""
    follows = marks.tokens[index + 1]
    if marks.tokens[index].text in _STOPS:
        return bool(follows.gap)
    return "\n" in follows.gap and not follows.text[0].islower()


def _leg_of(marks: Marks, reading: Reading, first: int, last: int) -> Leg | None:
    """The one leg that a limitation names, or that its facts are about."""
    return marks.one_leg(first, last) or reading.one_leg(first, last)

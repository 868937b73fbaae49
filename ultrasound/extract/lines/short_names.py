"""Shortened veins that end a sentence: "Clot in pop. CFV compresses", "Two perfs. None leaks"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.spellings import spell_out

_FEWEST: Final = 3  # letters of a code that names a vein by itself
_ANEW: Final = ("all", "none", "rest", "other")
_VEINS: Final = ("vein", "v", "vv")  # what a shortened name goes on with


class ShortNames:
    """Tells whether the full stop behind a shortened vein ends its sentence too."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        terms = [
            term
            for row in knowledge.veins.vein
            for term in (
                *row.terms,
                *(t for p in row.patterns for t in spell_out(p, knowledge.veins.words)),
            )
        ]
        folded = [fold_term(term) for term in terms]
        self._names = frozenset(words[0] for words in folded if len(words) == 1)
        self._codes = frozenset(
            term for term in terms if term.isupper() and term.isalpha() and len(term) == _FEWEST
        )

    def end_at(self, before: Token, follows: Token) -> bool:
        """Whether the word before a full stop names a vein, and the next one begins anew.

        A plural is a whole name; behind another one stands the code of a vein.
        """
        if before.norm in _VEINS:
            return follows.text in self._codes
        if before.norm not in self._names or len(before.norm) < _FEWEST:
            return False
        several = before.text[-1] in "sS" and before.norm[-1] not in "sS"
        if several and follows.norm not in _VEINS:
            return follows.text[0].isupper()
        anew = follows.text[0].isupper() and follows.norm in _ANEW
        return anew or follows.text in self._codes

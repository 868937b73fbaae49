"""Words that a full stop shortens: it ends no sentence, and parts no name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge


def list_abbreviations(knowledge: TextKnowledge) -> frozenset[str]:
    """The shortened words: those of the table, the short spellings of names, and names so written.

    A short spelling is the beginning of a longer one.
    """
    rows = [row for row in knowledge.sections.abbreviation if not row.numbers]
    listed = {fold_term(term)[-1] for row in rows for term in row.terms}
    spelt = {
        form
        for forms in knowledge.veins.words.values()
        for form in forms[1:]
        if form and any(other.startswith(form) for other in forms if other != form)
    }
    words = listed | spelt | set(_list_dotted(knowledge))
    return frozenset(word for word in words if word.isalpha())


def list_numbering(knowledge: TextKnowledge) -> frozenset[str]:
    """The words that are shortened before a number: "nr. 2"."""
    rows = [row for row in knowledge.sections.abbreviation if row.numbers]
    return frozenset(fold_term(term)[-1] for row in rows for term in row.terms)


class Dots:
    """The full stops that only shorten a word."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._words = list_abbreviations(knowledge)
        self._numbering = list_numbering(knowledge)
        self._short = frozenset(row.term for row in knowledge.findings.short)

    def drop(self, tokens: list[Token]) -> list[Token]:
        """The tokens without the full stops of abbreviations inside a line."""
        if not any(token.text == "." for token in tokens):
            return tokens
        followers = (*tokens[1:], None)
        return [
            token
            for before, token, after in zip((None, *tokens), tokens, followers, strict=False)
            if token.text != "." or not self._shortens(before, token, after)
        ]

    def _shortens(self, before: Token | None, token: Token, after: Token | None) -> bool:
        if token.gap or before is None or after is None:
            return False
        if before.norm in self._short and after.text[0].isupper():
            return False  # "SSV 3 mm, comp. Giacomini not seen"
        words = self._words | self._numbering if after.kind == "number" else self._words
        return before.norm in words and "\n" not in after.gap and after.text != "."


def _list_dotted(knowledge: TextKnowledge) -> Iterable[str]:
    """The words that the tables themselves write with a full stop."""
    rows = (knowledge.veins.vein, knowledge.findings.finding, knowledge.cues.cue)
    for term in (term for table in rows for row in table for term in row.terms):
        yield from (word for word, sign in pairwise(fold_term(term)) if sign == ".")

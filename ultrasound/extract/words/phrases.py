"""Phrases of the knowledge tables that are looked up at a place of a report, longest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from ultrasound.extract.words.tokens import Token

Meaning = TypeVar("Meaning")


class PhraseTable(Generic[Meaning]):
    """Phrases as folded words, each with its meaning; kept by first word: a miss is cheap.

    ``firsts`` are the words that phrases begin with.
    """

    def __init__(self, phrases: Mapping[tuple[str, ...], Meaning]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for words in sorted(phrases, key=len, reverse=True):
            self._by_first.setdefault(words[0], []).append((words[1:], phrases[words]))
        self.firsts = self._by_first.keys()

    def find(
        self, tokens: Sequence[Token], index: int, last: int | None = None
    ) -> tuple[Meaning, int] | None:
        """The longest phrase that starts at a token, and the token after it.

        Args:
            tokens: The tokens of the report.
            index: Where the phrase must start.
            last: The token that the phrase must end before; None for the end of the report.
        """
        end = len(tokens) if last is None else last
        if index >= end:
            return None
        phrases = self._by_first.get(tokens[index].norm)
        if phrases is None:
            return None
        for rest, meaning in phrases:
            after = index + 1
            for word in rest:
                if after >= end or tokens[after].norm != word:
                    break
                after += 1
            else:
                return meaning, after
        return None

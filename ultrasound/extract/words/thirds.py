"""Thirds written in figures: "lower 1/3rd of the leg" is its lower third."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import TextKnowledge

_FIGURES: Final = ["1", "/", "3"]
_ORDINAL: Final = "rd"
_THIRD: Final = "third"


def level_words(knowledge: TextKnowledge) -> frozenset[str]:
    """The single words for a level: "lower", "mid"."""
    terms = (term for row in knowledge.segments.level for term in row.terms)
    return frozenset(term.lower() for term in terms if term.isalpha())


def join_thirds(tokens: list[Token], levels: Container[str]) -> list[Token]:
    """Put the figures of a third behind the word for its level together as one word."""
    starts = [
        t.index for t in tokens if t.text == _FIGURES[0] and _is_third(tokens, t.index, levels)
    ]
    if not starts:
        return tokens
    result: list[Token] = []
    passed = 0  # tokens up to here are part of a third
    for token in tokens:
        if token.index in starts:
            passed = _end_of(tokens, token.index)
            last = tokens[passed - 1]
            text = "".join(t.gap + t.text for t in tokens[token.index : passed]).strip()
            result.append(
                replace(token, index=len(result), text=text, norm=_THIRD, end=last.end, kind="word")
            )
        elif token.index >= passed:
            result.append(replace(token, index=len(result)))
    return result


def _is_third(tokens: list[Token], index: int, levels: Container[str]) -> bool:
    """Whether the figures stand straight behind a level, and are no part of a date."""
    figures = [t.text for t in tokens[index : index + len(_FIGURES)]]
    if figures != _FIGURES or index == 0 or tokens[index - 1].text.lower() not in levels:
        return False
    behind = tokens[_end_of(tokens, index) :][:1]
    return not any(t.text in ("/", "-") and not t.gap for t in behind)


def _end_of(tokens: list[Token], index: int) -> int:
    """The token behind the figures and their ending."""
    end = index + len(_FIGURES)
    return end + 1 if any(t.text.lower() == _ORDINAL for t in tokens[end : end + 1]) else end

"""Sentences that ask or make a condition, and find nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_Ruled = tuple[str, Span]
_ANSWERING: Final = ("-", "–", "—", ":")
_ANSWERS: Final = frozenset({"no", "yes", "none", "nil"})
_CONDITIONS: Final = ("if", "should", "had")
_ASKING: Final = ("is", "are", "does", "do", "any", "was", "has", "would", "should", "could")


def find_asked(chunks: Sequence[Chunk]) -> _Ruled | None:
    """The rule by which a whole sentence finds nothing, with its word."""
    return _opening_condition(chunks) or _asked(chunks)


def _opening_condition(chunks: Sequence[Chunk]) -> _Ruled | None:
    """The word of a condition that opens the sentence: "If the GSV refluxes, …"."""
    first = chunks[0].elements[0] if chunks else None
    if isinstance(first, Token) and first.norm in _CONDITIONS and first.text[0].isupper():
        return "plan", (first.index, first.index)
    return None


def _asked(chunks: Sequence[Chunk]) -> _Ruled | None:
    """The verb and sign of a question: "Is there DVT?", "To the reader: would you treat it?"."""
    label = [c.separator for c in chunks[1:2]] == [":"] and not chunks[0].groups
    first = chunks[int(label and not chunks[0].predicates)].elements[0] if chunks else None
    last = chunks[-1].elements[-1] if chunks else None
    if isinstance(first, Token) and isinstance(last, Token) and first.norm in _ASKING:
        return ("question", (last.index, last.index)) if last.text == "?" else None
    return None


def answers_question(chunk: Chunk, rule: str) -> bool:
    """Whether a clause answers what was asked before its dash: "?DVT - no DVT seen"."""
    if rule != "question" or chunk.separator not in _ANSWERING:
        return False
    said = chunk.elements[0]
    denied = isinstance(said, Mention) and said.cue("negation")
    return denied or (isinstance(said, Token) and said.norm in _ANSWERS)

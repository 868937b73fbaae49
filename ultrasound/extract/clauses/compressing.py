"""Compression that is told by its share: "60% compressible", "compresses by half"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

_PERCENT: Final = frozenset({"%", "percent"})
_FULL: Final = 100
_BEHIND: Final = 5  # tokens: "compressibility is about 60%"
_HALF: Final = ("half", "third", "quarter")
_PART: Final = ("by", "only", "about", "to", "one", "two", "a", "just")


def share_compression(chunk: Chunk, marks: Marks) -> None:
    """Read the share that stands before or behind a word of compression."""
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is None or finding.property != "compressibility" or predicate.negated:
            continue
        share = _share_of(predicate, chunk, marks)
        if share is not None and finding.value == "full" and share < _FULL:
            value = "partial" if share else "none"
            predicate.finding = finding.model_copy(update={"value": value, "denied": None})


def _share_of(predicate: Predicate, chunk: Chunk, marks: Marks) -> float | None:
    """The share in percent, None where none is told."""
    before = marks.tokens[max(chunk.first, predicate.first - 2) : predicate.first]
    behind = marks.tokens[predicate.last + 1 : min(chunk.last, predicate.last + _BEHIND) + 1]
    for number, sign in pairwise(before):
        if sign.norm in _PERCENT:
            return _read(number)
    for number, sign in pairwise(behind):
        if sign.norm in _PERCENT:
            return _read(number)
        if number.norm in _PART and sign.norm in _HALF:
            return _FULL / 2
    return None


def _read(token: Token) -> float | None:
    return float(token.text) if token.kind == "number" and token.text.isdigit() else None

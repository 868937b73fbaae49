"""Compression and closure that are told by their share: "60% compressible", "80% occluded"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

_CLOSED: Final = (("patency", "occluded"), ("treatment_result", "closed"))
_PERCENT: Final = frozenset({"%", "percent"})
_FULL: Final = 100
_BEHIND: Final = 5  # tokens: "compressibility is about 60%"
_HALF: Final = ("half", "third", "quarter")
_PART: Final = ("by", "only", "about", "to", "one", "two", "a", "just")


def share_compression(chunk: Chunk, marks: Marks) -> None:
    """Read the share beside a word of compression, or before one of closure."""
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is None or predicate.negated:
            continue
        if (finding.property, finding.value) in _CLOSED:
            predicate.finding = _close_in_part(finding, _share_before(predicate, chunk, marks))
        if finding.property != "compressibility":
            continue
        share = _share_of(predicate, chunk, marks)
        if share is not None and finding.value == "full" and share < _FULL:
            value = "partial" if share else "none"
            predicate.finding = finding.model_copy(update={"value": value, "denied": None})


def _close_in_part(finding: Finding, share: float | None) -> Finding:
    """The finding of a vein that is closed by less than all of it, as the tables call it."""
    if share is None or share >= _FULL:
        return finding
    partial = {"partial": True} if finding.property == "patency" else {"value": "open"}
    return finding.model_copy(update={**partial, "denied": None})


def _share_before(predicate: Predicate, chunk: Chunk, marks: Marks) -> float | None:
    """The share in percent that stands straight before a word, None where none does."""
    before = marks.tokens[max(chunk.first, predicate.first - 2) : predicate.first]
    signed = len(before) > 1 and before[-1].norm in _PERCENT
    return _read(before[0]) if signed else None


def _share_of(predicate: Predicate, chunk: Chunk, marks: Marks) -> float | None:
    """The share in percent, None where none is told."""
    if (share := _share_before(predicate, chunk, marks)) is not None:
        return share
    behind = marks.tokens[predicate.last + 1 : min(chunk.last, predicate.last + _BEHIND) + 1]
    for number, sign in pairwise(behind):
        if sign.norm in _PERCENT:
            return _read(number)
        if number.norm in _PART and sign.norm in _HALF:
            return _FULL / 2
    return None


def _read(token: Token) -> float | None:
    return float(token.text) if token.kind == "number" and token.text.isdigit() else None

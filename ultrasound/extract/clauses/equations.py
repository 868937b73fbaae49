"""Clauses of a legend: codes with what they mean, which find nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.questions import REPLIES
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_LONGEST_CODE: Final = 4  # letters; longer words in small letters are words
_FIELD: Final = 2  # tokens behind a field's name: "=Y"
_SAYS: Final = ("none", "negative", "positive", "negation", "denial_after", "affirmation_after")
_LISTS: Final = ("/", ",", "and")


def explain(chunk: Chunk) -> tuple[str, Span] | None:
    """The rule for a line of a legend ("C = compressible"), or for a code with its meaning."""
    if _defines(chunk) or _explains_code(chunk):
        return "threshold", (chunk.first, chunk.last)
    return None


def go_on_explaining(chunks: Sequence[Chunk]) -> None:
    """Dismiss what goes on with a legend: "cmpt/incmpt = competent/incompetent, K knee"."""
    legend: Chunk | None = None
    for index, chunk in enumerate(chunks):
        if chunk.dismissed == "threshold" and _equates(chunk):
            legend = chunk
            before = chunks[index - 1] if index and chunk.separator == "/" else chunk
            if before is not chunk and not before.groups:
                _dismiss(before)
        elif legend is not None and _is_listed(chunk):
            _dismiss(chunk)
        else:
            legend = None


def _dismiss(chunk: Chunk) -> None:
    chunk.dismissed, chunk.dismissed_by = "threshold", (chunk.first, chunk.last)


def _is_listed(chunk: Chunk) -> bool:
    if chunk.separator not in _LISTS or any(p.numbers for p in chunk.predicates):
        return False
    return not any(group.has_vein for group in chunk.groups)


def _equates(chunk: Chunk) -> bool:
    return "=" in chunk.norms


def _defines(chunk: Chunk) -> bool:
    """Whether a sign of equality explains what stands before it, and measures nothing.

    "CFV = compressible" and "hypoechoic content = acute thrombus" are findings.
    """
    if "=" not in chunk.norms or any(p.numbers for p in chunk.predicates) or _answers(chunk):
        return False
    for index, sign in enumerate(chunk.elements):
        if isinstance(sign, Token) and sign.text == "=":
            before = chunk.elements[:index]
            words = [e for e in before if isinstance(e, Token) and e.text.islower()]
            named = any(_is_named(e, before) for e in before if isinstance(e, PlaceGroup))
            spoken = len([word for word in words if len(word.text) > _LONGEST_CODE]) > 1
            meant = any(_is_meant(g) for g in chunk.groups if g not in before)
            return not chunk.predicates or not (named or spoken or meant)
    return False


def _is_named(group: PlaceGroup, before: Sequence[Element | PlaceGroup]) -> bool:
    """Whether a place before the sign is of an exam: a vein, or a leg beside other words.

    A leg alone may be a code: "R = reflux".
    """
    signs = [e for e in before if isinstance(e, Token) and not e.text.isalnum()]
    beside = len(before) > len(signs) + 1
    return group.has_vein or (group.has_leg and beside)


def _is_meant(group: PlaceGroup) -> bool:
    """Whether a place behind the sign is one of an exam; a legend names no level and no leg."""
    return group.has_vein and (group.has_spot or group.has_leg)


def _answers(chunk: Chunk) -> bool:
    """Whether a clause ends with a field's name and its answer: "GSV reflux=Y"."""
    last = chunk.elements[-1]
    # the answer is part of its field by now
    named = any(p.finding and p.last == chunk.last >= p.first + _FIELD for p in chunk.predicates)
    if isinstance(last, Mention):
        return named and last.cue(*_SAYS) and last.row("finding") is None
    return named and isinstance(last, Token) and last.norm in REPLIES


def _explains_code(chunk: Chunk) -> bool:
    """Whether a code stands straight before its own meaning: "NT not tested"."""
    return len(chunk.predicates) > 1 and any(
        one.finding is not None
        and other.finding is not None
        and one.code
        and one.last + 1 == other.first
        and one.finding.property == other.finding.property
        and one.finding.value == other.finding.value
        and one.finding.property != "treatment"  # "VenaSeal glue" is a treatment's name
        for one, other in pairwise(chunk.predicates)
    )

"""What is said of the past or the family behind a sign: "Mother +VV", "Father: varices, DVT"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.places.sites import Span

_SIGNS: Final = ("+", ":", "-")
_LISTS: Final = (",", "and", "/", "&")


def read_kin(chunks: Sequence[Chunk], index: int) -> tuple[str, Span] | None:
    """The rule and the words by which a clause is of the past or the family; no treatment is."""
    if index == 0:
        return None
    before, chunk = chunks[index - 1], chunks[index]
    if (chunk.separator not in _LISTS and chunk.separator not in _SIGNS) or treats(chunk):
        return None
    if chunk.separator in _LISTS and not chunk.groups and before.dismissed == "history":
        nouns = all(p.finding and p.finding.kind == "noun" for p in chunk.predicates)
        at = before.dismissed_by
        return ("history", at) if nouns and chunk.predicates and at is not None else None
    if chunk.separator not in _SIGNS or before.predicates or before.groups:
        return None
    for cue in before.cues("history"):
        return "history", (cue.first, cue.last)
    return None


def treats(chunk: Chunk) -> bool:
    """Whether a clause tells of a treatment, which holds today."""
    return any(p.finding and p.finding.property == "treatment" for p in chunk.predicates)

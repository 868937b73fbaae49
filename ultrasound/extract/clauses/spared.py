"""Veins that a study of thrombosis calls clear or spared: "The popliteal vein is clear"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

_CLEAR: Final = Finding(property="thrombus", value="absent", kind="word", terms=())
_VERBS: Final = frozenset({"is", "are", "was", "were", "appear", "remain", "has", "been", "both"})
_ARTICLES: Final = frozenset({"the", "and", "all", "."})


def read_spared(chunks: Sequence[Chunk]) -> None:
    """Read the word as a denial of thrombus, where the sentence has found nothing before it.

    Behind a finding it says that one again: "thrombus in the GSV, the SFJ is clear".
    """
    for position, chunk in enumerate(chunks):
        if chunk.predicates:
            return
        label = chunks[position - 1] if position and chunk.separator == ":" else chunk
        spared = chunk.cues("spared")
        if len(spared) == 1 and _is_said(chunk, label, spared[0]):
            chunk.predicates = [Predicate(spared[0].first, spared[0].last, _CLEAR)]


def _is_said(chunk: Chunk, label: Chunk, cue: Mention) -> bool:
    """Whether it is said of the veins of its clause or label, and nothing else is."""
    named = any(group.has_vein and group.last < cue.first for group in label.groups)
    return named and all(_is_filler(e) or e is cue for e in chunk.elements)


def _is_filler(element: object) -> bool:
    if isinstance(element, Token):
        return element.norm in _VERBS or element.norm in _ARTICLES
    return isinstance(element, PlaceGroup)

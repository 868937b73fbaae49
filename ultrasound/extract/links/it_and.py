"""A pronoun and a vein as one subject: "The SPJ is low; both it and the SSV are competent"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Phrase, Thread

_WORDS: Final = frozenset({"both", "it", "the", "vein", "trunk", "junction", "itself"})
_MEANT: Final = frozenset({"it", "vein", "trunk"})
_JOINTS: Final = ("and", "&")
_PLURAL: Final = ("are", "were", "appear", "show", "remain")


def add_pronoun(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """The first phrase of a clause with what "both it" before its "and" means."""
    at = thread.position_of(chunk)
    before = thread.chunks[at - 1] if at else None
    if before is None or not phrases or not _is_pronoun(before, chunk):
        return phrases
    (group, sites), *rest = phrases
    spoken = tuple(site for site in thread.focus if site.vein)
    return [(group, (*spoken, *sites)), *rest]


def _is_pronoun(before: Chunk, chunk: Chunk) -> bool:
    """Whether a clause is only a pronoun, and the next one goes on with a plural verb."""
    words = [word for word in before.words if word.isalpha()]
    bare = not (before.groups or before.predicates or before.cued)
    meant = bool(words) and set(words) <= _WORDS and not _MEANT.isdisjoint(words)
    plural = not chunk.norms.isdisjoint(_PLURAL)
    return bare and meant and plural and chunk.separator in _JOINTS

"""What is not seen of a vein's reflux: where it comes from, not the vein."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Pass


def drop_unseen_sources(chunks: Sequence[Chunk]) -> Iterator[Pass]:
    """Take away what "source not identified" and "source of reflux not seen" deny of no vein."""
    for chunk in chunks:
        for cue in chunk.cues("course"):
            behind = [p for p in chunk.predicates if p.first > cue.last]
            placed = any(group.first > cue.last for group in chunk.groups)
            if behind and not placed and all(map(_is_unseen, behind)):
                chunk.predicates = [p for p in chunk.predicates if p not in behind]
                yield Pass("unspecific", (cue.first, cue.last))
                break


def _is_unseen(predicate: Predicate) -> bool:
    """Whether a word says "not seen", or is a noun that the words behind it deny."""
    denied = predicate.negated is not None and predicate.negated[0] > predicate.last
    return predicate.value == "not_visualized" or (denied and not predicate.numbers)

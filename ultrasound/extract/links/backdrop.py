"""A treatment of another vein that only tells when or why.

As in "L GSV: no reflux following ablation of the AASV; 4 mm at the knee": what is found before it
and behind it is of the vein that is spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks

_WHEN: Final = ("after", "following", "since", "post", "despite", "before")
_OF: Final = "of"
_REACH: Final = 5  # tokens from "after" over "the previous" to the treatment
_INSET: Final = (",", "(", "-")  # before a clause that only tells when


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Where it begins, what is spoken of apart from it, and the phrases of its clause."""

    start: int
    sites: tuple[Site, ...]
    phrases: Sequence[Phrase]

    def phrases_for(self, predicate: Predicate) -> list[Phrase]:
        """The phrases that may name the place of a statement: those on its side."""
        behind = predicate.first > self.start
        return [phrase for phrase in self.phrases if (phrase[0].first > self.start) == behind]


def find_backdrop(thread: Thread, chunk: Chunk, phrases: Sequence[Phrase]) -> Backdrop | None:
    """The treatment of another vein in a clause that tells of one; None where there is none."""
    start = _find_start(thread, chunk)
    if start is None:
        return None
    behind = [sites for group, sites in phrases if group.first > start]
    before = [sites for group, sites in phrases if group.last < start]
    sites = before[-1] if before else thread.focus
    veins = {site.vein for site in sites} - {None}
    other = {site.vein for own in behind for site in own} - {None}
    told = bool(before) or any(p.last < start for p in chunk.predicates) or _is_inset(thread, chunk)
    apart = bool(veins) and bool(other) and veins.isdisjoint(other)
    return Backdrop(start, sites, phrases) if told and apart else None


def _find_start(thread: Thread, chunk: Chunk) -> int | None:
    """The word that tells when, close before a treatment: "after RFA of", "before ablation of"."""
    tokens = thread.marks.tokens
    for cue in chunk.cues("prior"):
        if any(token.norm == _OF for token in tokens[cue.last + 1 : cue.last + 2]):
            return cue.first
    treated = [p for p in chunk.predicates if p.finding and p.finding.property == "treatment"]
    return find_when(thread.marks, chunk, treated[-1]) if treated else None


def find_when(marks: Marks, chunk: Chunk, treated: Predicate) -> int | None:
    """The word close before a treatment by which it only tells when: "after", "since"."""
    near = marks.tokens[max(chunk.first, treated.first - _REACH) : treated.first]
    return next((token.index for token in reversed(near) if token.norm in _WHEN), None)


def _is_inset(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause stands behind what its sentence has named: "Reflux, 1.1 s, after RFA …"."""
    return chunk.separator in _INSET and bool(thread.mentioned)

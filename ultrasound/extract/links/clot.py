"""The clot that a sentence takes up again: "The thrombus is acute", "The clot ends 2 cm below"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_LISTING: Final = (",", "-")  # before the place of a thrombosis
_DEFINITE: Final = ("the", "this", "that")


def find_clot(assignments: Sequence[Assignment]) -> tuple[Site, ...]:
    """Where a sentence says that there is a clot today."""
    sites: list[Site] = []
    for a in assignments:
        finding = a.predicate.finding
        clot = finding is not None and finding.property == "thrombus" and finding.kind == "noun"
        if clot and a.predicate.negated is None and not (a.dropped or a.chunk.prior):
            sites += a.sites
    return tuple(dict.fromkeys(sites))


def resume_clot(state: State, marks: Marks, start: int) -> tuple[Site, ...]:
    """Where "the thrombus" is that a sentence begins with: where one was told of this leg."""
    if start + 1 >= len(marks.tokens):
        return ()
    mention = marks.mention_at(start + 1)
    finding = mention.row("finding") if mention is not None else None
    noun = finding is not None and finding.property == "thrombus" and finding.kind == "noun"
    if not noun or marks.tokens[start].norm not in _DEFINITE:
        return ()
    legs = {leg for site in state.leg_sites() for leg in site.legs}
    spoken = {leg for site in state.clot for leg in site.legs}
    return state.clot if not legs or spoken <= legs else ()


def place_clot(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give a thrombosis that named no place the one behind it: "Phlebitis, right calf varices"."""
    before = thread.chunks[thread.position_of(chunk) - 1]
    if chunk.separator not in _LISTING or before.groups or not groups[0].has_vein:
        return
    for a in thread.result:
        finding = a.predicate.finding
        loose = a.chunk is before and not a.explicit and a.predicate.negated is None
        if loose and finding is not None and finding.vein and finding.property == "thrombus":
            a.sites, a.explicit = compose(groups[0], ()), True

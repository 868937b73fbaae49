"""Ages that stand apart from their thrombus: "acute, occlusive DVT", "clot, likely old"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.words.mentions import Mention
from ultrasound.knowledge.schema_text import Age

_UNTOLD: Final = (None, "present")  # ages that say nothing, or only "not acute"
_JOINTS: Final = (",", "and", "(", "-", "start")


def share_ages(chunks: Sequence[Chunk]) -> None:
    """Give an age in a clause of its own to the thrombus behind or before it."""
    waiting: Age | None = None
    last: Predicate | None = None
    for chunk in chunks:
        if chunk.separator not in _JOINTS:
            waiting = last = None
        clots = [p for p in chunk.predicates if p.finding and p.finding.property == "thrombus"]
        ages = (
            []
            if chunk.predicates
            else [row for e in chunk.elements if isinstance(e, Mention) and (row := e.row("age"))]
        )
        if clots and waiting is not None and clots[0].age in _UNTOLD:
            clots[0].age = waiting.value
        elif ages and not chunk.groups and last and last.age in _UNTOLD:
            denied = any(cue.first < chunk.last for cue in chunk.cues("negation"))
            last.age = None if denied else ages[-1].value  # "thrombus, not acute"
        for clot in clots:
            _turn(clot, chunk)
        waiting = None if clots else (ages[-1] if ages else waiting)
        last = clots[-1] if clots else (None if chunk.predicates else last)


def _turn(clot: Predicate, chunk: Chunk) -> None:
    """Give a thrombus the age that it has by now: "the acute clot of May has become chronic"."""
    turns = [cue.first for cue in chunk.cues("current") if cue.first > clot.last]
    if not turns or clot.negated is not None:
        return
    ends = [p.first for p in chunk.predicates if p.first > clot.last]
    for element in chunk.elements:
        if not isinstance(element, Mention) or element.first < turns[0]:
            continue
        row = element.row("age")
        if row is not None and all(element.first < end for end in ends):
            clot.age = row.value
            return

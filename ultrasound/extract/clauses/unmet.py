"""Branches that are said not to be met: "do not communicate with any incompetent perforator".

What they are called is found of none, and denied of none either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, Pass

_MEETING: Final = frozenset({"connection", "communication", "link"})
_WITH: Final = ("with", "to")
_RULE: Final = "unspecific"


def drop_unmet(chunks: Sequence[Chunk]) -> list[Pass]:
    """Leave out what such branches are called; they are named in passing."""
    passes: list[Pass] = []
    for position, chunk in enumerate(chunks):
        if not chunk.groups or not chunk.predicates:
            continue
        before = chunks[position - 1] if position else None
        denied = before is not None and chunk.separator in _WITH and _denies_meeting(before)
        for group in chunk.groups:
            if any(part.vein not in COUNTED for part in group.parts):
                continue
            calls = [p for p in chunk.predicates if p.last + 1 == group.first]
            unmet = [p for p in calls if denied or _is_unmet(chunk, p)]
            if unmet:
                chunk.predicates = [p for p in chunk.predicates if p not in unmet]
                chunk.passing.append(group)
                passes += [Pass(_RULE, (p.first, p.last)) for p in unmet]
    return passes


def _denies_meeting(chunk: Chunk) -> bool:
    """Whether a clause ends with a denied noun: "have no connection"."""
    return bool(chunk.cues("negation")) and not _MEETING.isdisjoint(chunk.words[-1:])


def _is_unmet(chunk: Chunk, predicate: Predicate) -> bool:
    """Whether the verb before a finding is what is denied."""
    denial = predicate.negated
    if denial is None or denial[1] > predicate.first:
        return False
    return any(denial[1] < joint.first < predicate.first for joint in chunk.cues("joins"))

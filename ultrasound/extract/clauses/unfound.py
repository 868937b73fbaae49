"""Branches of a kind that were not found: "Incompetent perforators were not seen", ": absent"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import is_thing
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Marks

_UNFOUND: Final = ("absent", "not_visualized")
_DENYING: Final = ("denial_after",)
_ANSWERING: Final = (":", "no")  # "incompetent perforators none"
_JOINTS: Final = ("and", ",", "but")
_SOUGHT: Final = frozenset({"looked", "sought", "searched"})  # "… and not found"
_KNOWN: Final = ("the", "this", "that", "its")
_BETWEEN: Final = 2  # tokens from "incompetent" to its branches: "calf perforators"


def deny_unfound(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Deny what branches are called, where they were looked for and not found.

    Of a vein that is known it is a part that is not there: "the incompetent GSV is absent below".
    """
    for chunk in chunks:
        _deny(chunk, chunk, marks)
    for chunk, answer in pairwise(chunks):
        sought = answer.separator in _JOINTS and not _SOUGHT.isdisjoint(chunk.norms)
        if (answer.separator in _ANSWERING or sought) and not answer.groups:
            _deny(chunk, answer, marks)


def _deny(chunk: Chunk, answer: Chunk, marks: Marks) -> None:
    sought = chunk is not answer and answer.separator in _JOINTS
    named = (
        p
        for p in chunk.predicates
        if p.negated is None and ((sought and is_thing(p, marks)) or _calls(chunk, p, marks))
    )
    called = next(named, None)
    unfound = [p for p in answer.predicates if _is_unfound(p)]
    others = [p for p in (*chunk.predicates, *answer.predicates) if p is not called]
    if called is None or any(p not in unfound for p in others):
        return
    denied = [(p.first, p.last) for p in unfound]
    denied += [(cue.first, cue.last) for cue in answer.cues(*_DENYING)]
    weak = [(cue.first, cue.last) for cue in answer.cues("weak_negation")]
    denial = next((span for span in (*denied, *weak) if span[0] > called.last), None)
    if denial is not None:
        called.negated, called.weak = denial, denial in weak
        answer.predicates = [p for p in answer.predicates if p not in unfound]


def _is_unfound(predicate: Predicate) -> bool:
    finding = predicate.finding
    if predicate.none_word:
        return True
    return finding is not None and finding.property == "anatomy" and finding.value in _UNFOUND


def _calls(chunk: Chunk, predicate: Predicate, marks: Marks) -> bool:
    """Whether a finding stands before veins that it names: "incompetent calf perforators"."""
    finding = predicate.finding
    states = finding is not None and finding.kind == "word" and finding.value == "present"
    if not states:
        return False
    known = predicate.first > 0 and marks.tokens[predicate.first - 1].norm in _KNOWN
    return any(
        0 < _first_of_vein(group) - predicate.last <= _BETWEEN
        and (not known or all(part.vein in COUNTED for part in group.parts))
        and any(part.vein for part in group.parts)
        for group in chunk.groups
    )


def _first_of_vein(group: PlaceGroup) -> int:
    return min((part.vein_at.first for part in group.parts if part.vein_at), default=group.first)

"""Veins that are said not to be there: "no SPJ", "no Giacomini vein identified"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import GROUPS, PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.places.sites import compose
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.tokens import Token

_NO: Final = "no"
_HAS: Final = ("has", "have", "had")
_FILLERS: Final = ("is", "was", "were", "are", "be", "could", "can", ".", "the", "in", "on")
_VARIABLE: Final = ("AASV", "PASV", "GIAC")  # not every leg has them
_SEVERAL: Final = (*GROUPS, *PERFORATORS, "NSV")


def deny_presence(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Take "no" straight before a vein for its absence; False where the clause says more.

    What was looked for and not seen is ``not_visualized``; a trunk that is only denied behind a
    finding is denied that finding.
    """
    elements, parts = chunk.elements, [part for group in groups for part in group.parts]
    if isinstance(elements[0], Token) and elements[0].norm in _HAS:
        elements = elements[1:]  # "ends in the thigh and has no SPJ"
    first = elements[0] if elements else None
    denies = isinstance(first, Mention) and thread.marks.words(first.first, first.last).lower()
    if denies != _NO or chunk.predicates or not parts or elements[1] is not chunk.groups[0]:
        return False
    rest = [e for e in elements[1:] if not isinstance(e, PlaceGroup)]
    seen = [e for e in rest if isinstance(e, Mention) and e.cue("affirmation_after")]
    known = all(e in seen or (isinstance(e, Token) and e.norm in _FILLERS) for e in rest)
    if not known or not all(_is_meant(part, seen=bool(seen), thread=thread) for part in parts):
        return False
    value = "not_visualized" if seen else "absent"
    for group in groups:
        sites = compose(group, thread.focus)
        predicate = Predicate(chunk.first, group.last, anatomy=value)
        thread.result.append(Assignment(predicate, sites, chunk, True))
    return True


def _is_meant(part: Part, *, seen: bool, thread: Thread) -> bool:
    """Whether a part names one vein that can be absent by these words."""
    if part.vein is None or part.vein in _SEVERAL:
        return False
    if seen or part.vein in _VARIABLE or part.spot.code:
        return True
    return part.vein in ("GSV", "SSV") and not thread.result

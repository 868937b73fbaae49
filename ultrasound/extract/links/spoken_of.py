"""Statements without a place behind the levels of a vein: of the vein, or of each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.focus import is_branch
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.topic import goes_on, opens_with_verb
from ultrasound.extract.places.sites import Site

_MEASURING: Final = "measuring"
_APART: Final = ";"
_LISTED: Final = 2  # clauses of the shortest list


def find_spoken_of(thread: Thread, predicate: Predicate, chunk: Chunk) -> tuple[Site, ...]:
    """The subject of which a statement without a place is made, over the levels behind it.

    Another denial is of each level of a list: "3 mm at the SPJ and 2 mm at mid calf, without …".
    """
    finding = predicate.finding
    if finding is None or is_branch(thread.subject) or chunk.cues("here"):  # "refluxes there"
        return ()
    noun = predicate.first == chunk.first and opens_with_verb(thread, chunk, predicate.last + 1)
    spoken = finding.kind == "word" or noun or opens_with_verb(thread, chunk)
    if spoken and goes_on(thread, chunk):
        return _in_leg(thread)
    denied = predicate.value == "absent" and chunk.separator in ("with", ",")
    levels = _levels_sized(thread, chunk) if denied and not predicate.numbers else ()
    return _in_leg(thread) if levels and _is_described(thread) else levels


def _in_leg(thread: Thread) -> tuple[Site, ...]:
    """The subject in the leg that was named behind it: "GSVs: on the right the SFJ is …"."""
    last = thread.focus[-1] if thread.focus else None
    named = {site.legs for site in thread.mentioned if len(site.legs) == 1}
    open_leg = all(len(s.legs) != 1 and last and s.vein == last.vein for s in thread.subject)
    if last is None or named != {last.legs} or not open_leg:
        return thread.subject
    return tuple(
        dict.fromkeys(replace(s, legs=last.legs, leg_at=last.leg_at) for s in thread.subject)
    )


def _levels_sized(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The levels of one vein of which the clauses straight before a denial told sizes alone."""
    at = thread.position_of(chunk)
    before = thread.chunks[max(0, at - 2) : at]
    sized = all(c.groups and c.predicates and not c.depth and _is_sized(c) for c in before)
    if not sized or len(before) < _LISTED or before[-1].separator == _APART:
        return ()  # "knee 1.5 mm; lower thigh 1.7 mm, competent" is of the last one
    first = before[0].first
    levels = tuple(s for s in thread.levels_named() if s.spot_at and s.spot_at[0][0] >= first)
    return levels if len(levels) > 1 else ()


def _is_sized(chunk: Chunk) -> bool:
    """Whether a clause says a size and finds nothing."""
    return all(p.finding is None or p.finding.kind == "label" for p in chunk.predicates)


def _is_described(thread: Thread) -> bool:
    """Whether sizes only add to what is said of the vein: "is small, measuring 3.2 mm at …".

    Or "with diameters of 3.5 mm in the thigh and 2.8 mm in the calf, competent".
    """
    return any(
        thread.marks.tokens[c.first].norm == _MEASURING
        or (c.separator == "with" and bool(c.predicates) and c.predicates[0].first == c.first)
        for c in thread.chunks
    )

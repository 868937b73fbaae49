"""Distances that are no part of the level before them: "SFJ 9 mm. 10 cm below SFJ 7 mm".

Nor is what was measured so far from a landmark of the level of another value: "6.1 mm in the mid
thigh and 3.9 mm 10 cm above the medial malleolus".
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.thread import Thread

_JUNCTIONS: Final = ("sfj", "spj")
_BELOW: Final = frozenset({"below", "distal", "beyond", "beneath"})


def leave_junction(thread: Thread, chunk: Chunk) -> None:
    """Leave the junction that was spoken of, where a clause tells how far below one it is."""
    _leave_measured_level(thread, chunk)
    tokens = thread.marks.tokens
    far = any(
        not _BELOW.isdisjoint(t.norm for t in tokens[cue.first : cue.last + 1])
        for cue in chunk.cues("distance")
    )
    if far and not any(group.has_spot for group in chunk.groups):
        thread.focus = tuple(
            site.without_spot()
            if site.location or _is_junction(site.spot.code, site.spot.zone)
            else site
            for site in thread.focus
        )


def _leave_measured_level(thread: Thread, chunk: Chunk) -> None:
    """Leave the level of a trunk that has a number of the same kind in the sentence before."""
    if not chunk.cues("distance") or any(group.has_spot for group in chunk.groups):
        return
    numbers = [n for p in chunk.predicates for n in p.numbers if n.unit is not None]
    kinds = {n.unit.kind for n in numbers if n.unit is not None and not n.unit.centi}
    told = {
        site
        for a in thread.result
        if a.explicit and a.number and a.number.unit and a.number.unit.kind in kinds
        for site in a.sites
        if site.has_spot and site.vein not in COUNTED
    }
    thread.focus = tuple(s.without_spot() if s in told else s for s in thread.focus)


def _is_junction(code: str | None, zone: str | None) -> bool:
    return code in _JUNCTIONS or zone == "junction"

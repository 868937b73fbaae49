"""Distances below a junction that are no part of it: "SFJ 9 mm. 10 cm below SFJ 7 mm"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread

_JUNCTIONS: Final = ("sfj", "spj")
_BELOW: Final = frozenset({"below", "distal", "beyond", "beneath"})


def leave_junction(thread: Thread, chunk: Chunk) -> None:
    """Leave the junction that was spoken of, where a clause tells how far below one it is."""
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


def _is_junction(code: str | None, zone: str | None) -> bool:
    return code in _JUNCTIONS or zone == "junction"

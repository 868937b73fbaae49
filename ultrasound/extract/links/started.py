"""Ranges whose start a sentence names first, with a remark between it and what refluxes from there.

As in "from the mid thigh, where it measures 6 mm, the GSV is incompetent to the knee".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, make_site
from ultrasound.extract.words.lexicon import Mention

_LED: Final = 3  # elements of "from the" and its level


def start_ranges(thread: Thread) -> None:
    """Let a range with no start of its own begin where its sentence does."""
    start: Site | None = None
    begun, clause = -1, -1
    for position, chunk in enumerate(thread.chunks):
        if (level := _find_start(chunk)) is not None:
            start, begun, clause = level, position, chunk.clause
            break
    if start is None:
        return
    for a in thread.result:
        if thread.position_of(a.chunk) > begun and a.chunk.clause == clause:
            a.sites = tuple(_start(site, start) for site in a.sites)


def _find_start(chunk: Chunk) -> Site | None:
    """The one level of a clause that is nothing but "from" and this level."""
    first, last = chunk.elements[0], chunk.elements[-1]
    led = isinstance(first, Mention) and first.cue("from")
    if not led or not isinstance(last, PlaceGroup) or len(chunk.elements) > _LED:
        return None
    part = last.parts[0]
    single = len(last.parts) == 1 and bool(part.spot) and part.until is None
    return make_site(part) if single and not last.has_vein else None


def _start(site: Site, start: Site) -> Site:
    """A range from there, where it has no other start."""
    if not site.open_start or site.until is None or site.spot:
        return site
    return replace(site, spot=start.spot, open_start=False, spot_at=(*start.spot_at, *site.spot_at))

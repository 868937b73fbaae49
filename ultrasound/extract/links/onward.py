"""Places that words point back to.

Ranges begin where the one before ends ("to the knee; from there to the ankle"), and a branch lies
where the trunk was said to be ("to the mid calf, where a perforator joins it").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, place_in
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.going_on import begin_onward, find_met
from ultrasound.extract.links.remainder import turns_there
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.places.spots import LONG_ZONES, Spot
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_WHERE: Final = "where"
_REACH: Final = 3  # elements between "from" and the range: "from this point down to the ankle"


def begin_there(thread: Thread, chunk: Chunk, group: PlaceGroup) -> PlaceGroup:
    """A range whose start is the place last spoken of; the end of a range is not meant again.

    Where no place is known, only its end is: "the GSV below that is compressible to the knee".
    """
    if not all(part.open_start and part.until is not None for part in group.parts):
        return group
    if not (_points_back(chunk, group) or turns_there(thread.chunks, chunk)):
        return begin_onward(thread, chunk, group)
    focus = [site for site in thread.focus if site.has_spot] or find_met(thread, chunk)
    again = thread.position_of(chunk) == 0  # "Below this the GSV is compressible to the ankle"
    if again and not focus:
        focus = [site for place in thread.earlier[-1:] for site in place if site.has_spot]
    spots = {site.until or site.spot for site in focus} or _spots_passed(thread, chunk)
    if not spots:
        ends = (
            replace(p, spot=p.until or p.spot, until=None, open_start=False) for p in group.parts
        )
        return replace(group, parts=tuple(ends))
    if len(spots) != 1:
        return group
    (spot,) = spots
    ended = again and "from" not in chunk.kinds
    ended |= any(site.until is not None or site.ended for site in focus)
    beyond = ended and (spot.zone not in LONG_ZONES or spot.level is not None)
    parts = tuple(replace(p, spot=spot, open_start=False, beyond=beyond) for p in group.parts)
    return replace(group, parts=parts)


def _spots_passed(thread: Thread, chunk: Chunk) -> set[Spot]:
    """Where a vein meets the one in passing: "leaves the GSV in the mid thigh and … from there"."""
    at = thread.position_of(chunk)
    passing = thread.chunks[at - 1].passing if at > 0 and "from" in chunk.kinds else []
    return {part.spot for group in passing[-1:] for part in group.parts if part.spot}


def place_where(thread: Thread, chunk: Chunk, group: PlaceGroup) -> PlaceGroup:
    """A vein that names no level, at the place that was spoken of.

    A branch "where" it meets its trunk lies at the end of what was said of that; any vein "at the
    same level" is where the last one was.
    """
    if not group.has_vein or group.has_spot:
        return group
    if _is_here(chunk, group):
        return _place(thread.marks, group, thread.focus) or _place_earlier(thread, group)
    branches = all(part.vein in COUNTED for part in group.parts)
    trunks = [site for site in thread.focus if site.vein not in (None, *COUNTED)]
    met = chunk.separator == _WHERE or (chunk.separator == "(" and bool(chunk.cues("joins")))
    if not met or not branches:
        return group
    return _place(thread.marks, group, trunks) or group


def _place_earlier(thread: Thread, group: PlaceGroup) -> PlaceGroup:
    """The same at the last place of the sentence before, where it named one."""
    last = thread.earlier[-1] if thread.earlier else ()
    return _place(thread.marks, group, last) or group


def _place(marks: Marks, group: PlaceGroup, sites: Sequence[Site]) -> PlaceGroup | None:
    """A phrase at the one level that sites share, None where they have none."""
    ends = {site.until or site.spot for site in sites}
    words = [marks.mention_over(site.spot_at[-1][0]) for site in sites if site.spot_at]
    at = tuple(word for word in words if word is not None)
    spot = ends.pop() if len(ends) == 1 else None
    if not spot or not at:
        return None
    return replace(group, parts=tuple(replace(p, spot=spot, spot_at=at) for p in group.parts))


def _is_here(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether "at the same level" stands beside a vein, or ahead of what is said of it."""
    if "from" in chunk.kinds:
        return False  # "from this point the GSV is incompetent"
    cues = [m for m in chunk.cues("here", "levels") if m.last > m.first]
    said = [p.first for p in chunk.predicates]
    beside = [m for m in cues if m.first == group.last + 1 or m.last < group.first]
    beside = beside or [m for m in cues if chunk.predicates and _ends_with(chunk, m)]
    return bool(beside) and not any(beside[0].last < at < group.first for at in said)


def _ends_with(chunk: Chunk, cue: Mention) -> bool:
    """Whether it stands behind a size at the end: "the SSV is 6 mm at this level"."""
    last = chunk.predicates[-1]
    return bool(last.numbers) and last.last == cue.first - 1 and cue.last >= chunk.last - 1


def _points_back(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether "from there" or "below that" stands before a range."""
    position = place_in(chunk, group)
    near = chunk.elements[max(0, position - _REACH) : position]
    placed = any(g.has_spot for g in chunk.groups if g.first < group.first)
    opening = [] if placed else chunk.elements[: min(position, _REACH)]  # "from here the GSV … to"
    cues = [e for e in (*near, *opening) if isinstance(e, Mention)]
    here = any(e.cue("here") for e in cues) and any(e.cue("from") for e in cues)
    return here or any(e.cue("remainder") for e in cues)

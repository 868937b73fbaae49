"""Places that words point back to.

Ranges begin where the one before ends ("to the knee; from there to the ankle"), and a branch lies
where the trunk was said to be ("to the mid calf, where a perforator joins it").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.places.spots import LONG_ZONES
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks

_WHERE: Final = "where"
_REACH: Final = 3  # elements between "from" and the range: "from this point down to the ankle"


def begin_there(chunk: Chunk, group: PlaceGroup, focus: Sequence[Site]) -> PlaceGroup:
    """A range whose start is the place last spoken of; the end of a range is not meant again.

    Args:
        chunk: The clause of the range.
        group: A place phrase of it.
        focus: What was spoken of before it.
    """
    if not all(part.open_start and part.until is not None for part in group.parts):
        return group
    spots = {site.until or site.spot for site in focus if site.has_spot}
    if len(spots) != 1 or not _points_back(chunk, group):
        return group
    (spot,) = spots
    ended = any(site.until is not None or site.ended for site in focus)
    beyond = ended and (spot.zone not in LONG_ZONES or spot.level is not None)
    parts = tuple(replace(p, spot=spot, open_start=False, beyond=beyond) for p in group.parts)
    return replace(group, parts=parts)


def place_where(marks: Marks, chunk: Chunk, group: PlaceGroup, focus: Sequence[Site]) -> PlaceGroup:
    """A branch that names no level, at the end of what was said of its trunk: "where it joins"."""
    branches = all(part.vein in COUNTED and not part.has_spot for part in group.parts)
    ends = {site.until or site.spot for site in focus if site.vein not in (None, *COUNTED)}
    if chunk.separator != _WHERE or not branches or len(ends) != 1:
        return group
    (spot,) = ends
    words = [marks.mention_over(span[0]) for site in focus for span in site.spot_at[-1:]]
    at = tuple(word for word in words if word is not None)
    if not spot or not at:
        return group
    return replace(group, parts=tuple(replace(p, spot=spot, spot_at=at) for p in group.parts))


def _points_back(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether "from there" or "below that" stands before a range."""
    position = chunk.elements.index(group)
    before = chunk.elements[max(0, position - _REACH) : position]
    cues = [e for e in before if isinstance(e, Mention)]
    here = any(e.cue("here") for e in cues) and any(e.cue("from") for e in cues)
    return here or any(e.cue("remainder") for e in cues)

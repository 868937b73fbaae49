"""The branch by which a trunk's reflux begins at a level, with a state of its own.

As in "reflux begins in the mid thigh via an incompetent perforator": the first finding is of the
trunk at that level, the second one of the branch, which lies there too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import PlaceGroup, is_only_level

_LEADING: Final = ("joins", "from")


def is_means(chunk: Chunk, before: PlaceGroup, group: PlaceGroup) -> bool:
    """Whether a branch with its own state stands behind the level of what was found before."""
    branch = all(part.vein in COUNTED and not part.has_spot for part in group.parts)
    if not branch or group.has_leg or not is_only_level(before) or len(before.parts) != 1:
        return False
    found = [p.first for p in chunk.predicates if p.finding is not None and not p.numbers]
    between = any(before.last < at < group.first for at in found)
    led = any(before.last < cue.first < group.first for cue in chunk.cues(*_LEADING))
    return led and between and any(at < before.first for at in found)


def place_means(before: PlaceGroup, group: PlaceGroup) -> PlaceGroup:
    """The branch at that level."""
    (level,) = before.parts
    spot, at = level.until or level.spot, level.spot_at
    return replace(group, parts=tuple(replace(p, spot=spot, spot_at=at) for p in group.parts))

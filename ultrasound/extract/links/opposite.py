"""A state that is the opposite of the one just told is of the level behind it, and not of that one.

As in "closed in the mid and distal thigh, open with reflux in the proximal thigh", "occluded at the
knee, patent with reflux at mid thigh", "incompetent with varicosities in the calf".
"""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.passed import strip_vein
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site, compose


def find_opposite(thread: Thread, predicate: Predicate, chunk: Chunk) -> tuple[Site, ...]:
    """The level behind a state that cannot be told of the places before it; else nothing."""
    later = thread.follower(thread.position_of(chunk))
    if predicate.finding is None or chunk.groups or later is None or later.separator != "with":
        return ()
    group = _level_of(later.groups)
    if group is None:
        return ()
    told = [a for a in thread.result if a.sites == thread.focus and a.predicate.finding is not None]
    opposed = any(
        a.predicate.finding is not None
        and a.predicate.finding.property == predicate.finding.property
        and a.predicate.value != predicate.value
        for a in told
    )
    placed = all(site.has_spot for site in thread.focus)
    base = tuple(dict.fromkeys(site.without_spot() for site in thread.focus))
    return compose(group, base) if opposed and placed else ()


def _level_of(groups: Sequence[PlaceGroup]) -> PlaceGroup | None:
    """The level that is the only place of a clause, be it one of varicosities."""
    if len(groups) != 1 or groups[0].has_leg or not groups[0].has_spot:
        return None
    if all(part.anatomy for part in groups[0].parts):
        return strip_vein(groups[0])
    return groups[0] if is_only_level(groups[0]) else None

"""Heights that only tell more of a level: "a mid calf perforator, 10 cm below the knee, 3 mm"."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.chunks import Chunk, end_of
from ultrasound.extract.links.another import kind_of, kinds_behind
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.places.spots import LONG_ZONES, Spot, is_long
from ultrasound.extract.words.quantities import Number


def leave_heights(thread: Thread, chunk: Chunk) -> None:
    """Take the knee from which a height is told out of the places of a clause.

    Its level was named straight before. Behind a finding or a size a height begins a place of its
    own: "5 mm in the mid thigh, 10 cm above the knee 4 mm".
    """
    kept: list[PlaceGroup] = []
    for group in chunk.groups:
        if not _tells_height(thread, chunk, group, kept):
            kept.append(group)
    if len(kept) < len(chunk.groups):
        chunk.groups[:] = kept


def _tells_height(
    thread: Thread, chunk: Chunk, group: PlaceGroup, before: list[PlaceGroup]
) -> bool:
    """Whether a zone has a height straight before it, and its level before that."""
    number = next((e for e in reversed(chunk.elements) if end_of(e) < group.first), None)
    zone = group.parts[0].spot
    if not isinstance(number, Number) or number.unit is None or not number.unit.centi:
        return False
    if not is_only_level(group) or len(group.parts) > 1 or not is_long(zone, group.parts[0].until):
        return False
    if before:
        level, last = before[-1].parts[-1].spot, before[-1].last
    else:
        levels = [(spot, at[1]) for site in thread.focus for spot, at in _levels_of(site)]
        level, last = max(levels, key=lambda told: told[1], default=(Spot(), -1))
    if last < thread.chunks[0].first or not _is_within(level, zone):
        return False
    own = [c for c in thread.chunks if c.clause == chunk.clause and c.first <= chunk.first]
    said = [p for c in own for p in c.predicates]
    told = not own or own[0].first > last or any(last < p.first < number.first for p in said)
    if not before and _is_eponym(thread.focus):
        # "Boyd's perforator 4 mm, 8 cm below the knee, incompetent"
        sized = {kind_of(n) for p in said for n in p.numbers if n.last < number.first}
        return sized.isdisjoint(kinds_behind(thread, chunk, number))
    sized = {kind_of(n) for p in said for n in p.numbers if n.first < last}
    return not told and sized.isdisjoint(kinds_behind(thread, chunk, number))


def _levels_of(site: Site) -> list[tuple[Spot, Span]]:
    """The level of a place, of a range its end, with the words that name it."""
    return [(site.until or site.spot, at) for at in site.spot_at]


def _is_eponym(sites: Sequence[Site]) -> bool:
    """Whether the name of a perforator says its level: a Boyd's perforator."""
    return len(sites) == 1 and sites[0].spot_at == (sites[0].vein_at,)


def _is_within(level: Spot, zone: Spot) -> bool:
    """Whether a level is a part of the thigh or calf."""
    finer = level.zone in LONG_ZONES and level.level is not None
    inside = (level.code or "").endswith(f"_{zone.zone}")
    return inside or (finer and level.zone == zone.zone)

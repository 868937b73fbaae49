"""Several numbers of one kind over a range: "proximal to distal thigh: 7, 5 and 3 mm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.sites import Site
from ultrasound.extract.places.spots import Spot

_LEVELS: Final = ("proximal", "mid", "distal")
_ENDS: Final = 2


def part_range(sites: Sequence[Site], count: int) -> list[tuple[Site, ...]]:
    """The places of as many numbers along a range: its ends, or the levels of its one zone.

    None where they cannot be told.
    """
    site = sites[0] if len(sites) == 1 else None
    if site is None or site.until is None or not site.spot or site.open_start:
        return []
    end, zone = site.until, site.until.zone
    start = site.spot if site.spot.zone or site.spot.code else replace(site.spot, zone=zone)
    spots: list[Spot] = [start, end] if count == _ENDS else []
    if start.zone == zone and (start.level, end.level) == (_LEVELS[0], _LEVELS[-1]):
        spots = [Spot(level, zone) for level in _LEVELS] if count == len(_LEVELS) else spots
    return [(replace(site, spot=spot, until=None),) for spot in spots]

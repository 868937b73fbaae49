"""Levels and zones of a leg as words name them, before it is known how a vein is divided."""

from __future__ import annotations

from typing import Final

from ultrasound.value import value_type

LONG_ZONES: Final = ("thigh", "calf")  # the zones that levels divide ("mid thigh")


@value_type
class Spot:
    """A level and zone within a vein, or a segment's ``code`` where the words fix it."""

    level: str | None = None
    zone: str | None = None
    code: str | None = None

    def __bool__(self) -> bool:
        return self.level is not None or self.zone is not None or self.code is not None


NOWHERE: Final = Spot()
_ZONES: Final = ("junction", "thigh", "knee", "calf", "ankle")
_LEVELS: Final = ("", "proximal", "mid", "distal")
_APART: Final = 4
_JUNCTION: Final = "junction"  # of each vein its own one


def spot_of_code(code: str) -> Spot:
    """The place of a segment's code, or of the junction of any vein."""
    return Spot(zone=code) if code == _JUNCTION else Spot(code=code)


def complete_zone(spot: Spot, beside: Spot) -> Spot:
    """A bare level such as "mid" in the thigh or calf that is named beside it."""
    if spot.level and not spot.zone and beside.zone in LONG_ZONES:
        return Spot(spot.level, beside.zone)
    return spot


def merge_spots(left: Spot, right: Spot) -> Spot | None:
    """Two level words side by side as one place, None where they are two places."""
    if not left:
        return right
    if lies_at(left, right) or _holds(left, right):
        return left
    if left.code or right.code:
        return None
    return _merge_bare(left, right) or _merge_zones(left, right)


def lies_at(junction: Spot, level: Spot) -> bool:
    """Whether a level only says where a junction lies: "the SPJ at the knee crease"."""
    return junction.code == "spj" and level.zone in ("knee", "thigh")


def _holds(named: Spot, zone: Spot) -> bool:
    """Whether a perforator's own name says more than its zone: "a Dodd perforator in the thigh"."""
    code = named.code or ""
    return zone.level is None and zone.zone in LONG_ZONES and code.endswith(f"_{zone.zone}")


def names_junction(level: Spot, junction: Spot) -> bool:
    """Whether a junction says which one is meant: "Junction (SFJ)"."""
    return level.zone == _JUNCTION and junction.code in ("sfj", "spj")


def is_in(level: Spot, zone: Spot) -> bool:
    """Whether a level lies in a zone named before: "in the calf a perforator at the mid calf"."""
    bare = zone.zone in LONG_ZONES and not (zone.level or zone.code)
    return bare and level.zone == zone.zone and level.level is not None


def _merge_bare(left: Spot, right: Spot) -> Spot | None:
    """A level and a zone that complete each other: "mid" and "thigh", "calf" and "distal"."""
    if left.zone is None and right.level is None:
        return Spot(left.level, right.zone)
    if left.zone is None and right.zone is not None and left.level == right.level:
        return right
    if right.zone is None and left.level is None and left.zone in LONG_ZONES:
        return Spot(right.level, left.zone)
    return None


def _merge_zones(left: Spot, right: Spot) -> Spot | None:
    """Two zones of which one is within the other, or the same."""
    if left.zone == "thigh" and left.level is None and right.zone == "knee":
        return right
    if left.zone == right.zone and (left.level is None or right.level is None):
        return Spot(left.level or right.level, left.zone)
    if left.zone == "whole" or right.zone == "whole":
        other = right if left.zone == "whole" else left
        return other if other.zone in LONG_ZONES else left
    return None


def lies_below(spot: Spot, above: Spot) -> bool:
    """Whether one level of the leg lies below another, as far as their words tell."""
    return _height_of(spot) > _height_of(above)


def _height_of(spot: Spot) -> int:
    """How far down a level lies, by its zone and then by its part of that."""
    code = spot.code or "_".join(filter(None, (spot.level, spot.zone)))
    level, _, zone = code.rpartition("_")
    zones = _ZONES.index(zone) if zone in _ZONES else 0
    return zones * _APART + (_LEVELS.index(level) if level in _LEVELS else 0)


def is_long(spot: Spot, until: Spot | None) -> bool:
    """Whether it is all of a vein, or its part above or below the knee."""
    if until is not None:
        return False
    return not spot or (spot.zone in LONG_ZONES and spot.level is None)

"""Phrases of places that complete each other as one: "GSV" and "at the mid thigh"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.places.spots import LONG_ZONES, Spot, is_in, lies_at, names_junction


def merge_groups(first: PlaceGroup, second: PlaceGroup) -> PlaceGroup | None:
    """Two phrases of a clause as one where they complete each other, else None."""
    parts = []
    for left in first.parts:
        for right in second.parts:
            part = _merge_parts(left, right)
            if part is None:
                return None
            parts.append(part)
    return PlaceGroup(first.first, second.last, tuple(parts))


def unite_groups(groups: Sequence[PlaceGroup]) -> list[PlaceGroup]:
    """The phrases of a clause, those that complete each other as one."""
    united = list(groups[:1])
    for group in groups[1:]:
        merged = merge_groups(united[-1], group)
        if merged is None:
            united.append(group)
        else:
            united[-1] = merged
    return united


def _merge_parts(left: Part, right: Part) -> Part | None:
    """Two places as one, None where their veins, legs or levels are different ones."""
    reach = _merge_reach(left, right)
    if reach is None or not _same_vein(left, right) or not _same_legs(left, right):
        return None
    spot, until, open_start = reach
    vein_part = left if left.vein else right
    return replace(
        vein_part,
        legs=right.legs or left.legs,
        leg_at=right.leg_at if right.legs else left.leg_at,
        spot=spot,
        until=until,
        open_start=open_start,
        beyond=left.beyond or right.beyond,
        extends=vein_part.extends or (open_start and (left.extends or right.extends)),
        spot_at=left.spot_at + right.spot_at,
        other_leg=left.other_leg or right.other_leg,
        negated=left.negated or right.negated,
        location=left.location or right.location,
    )


def _same_vein(left: Part, right: Part) -> bool:
    """Whether one vein can be meant; said again without its level it is spoken of anew."""
    if not left.vein or not right.vein:
        return True
    return left.vein == right.vein and (right.has_spot or not left.spot)


def _same_legs(left: Part, right: Part) -> bool:
    """Whether one leg can be meant: "bilateral … on the right" is the right one."""
    if not left.legs or not right.legs or left.legs == right.legs:
        return True
    return len(right.legs) == 1 and set(right.legs) <= set(left.legs)


def _merge_reach(left: Part, right: Part) -> tuple[Spot, Spot | None, bool] | None:
    """Level, end of range and open start of two places as one, None where both have a level."""
    if not right.has_spot:
        return left.spot, left.until, left.open_start
    if not left.has_spot:
        return right.spot, right.until, right.open_start
    if right.open_start and left.spot and not left.until:
        return left.spot, right.until, False
    bare = left.spot.level is not None and left.spot.zone is None and left.until is None
    if bare and right.until is not None:  # "the distal GSV refluxes from the knee to the ankle"
        return right.spot, right.until, right.open_start
    if lies_at(left.spot, right.spot) and right.until is None:
        return left.spot, left.until, left.open_start
    opens = left.vein_at is not None and left.spot_at[-1].first < left.vein_at.first
    if opens and not left.until and is_in(right.spot, left.spot):
        return right.spot, right.until, right.open_start
    if right.spot.zone == "whole" and left.spot.zone in LONG_ZONES and not left.until:
        return left.spot, None, False  # "Thigh GSV incompetent throughout"
    return (right.spot, right.until, False) if names_junction(left.spot, right.spot) else None

"""A group of veins with its members named behind it: "Deep veins - CFV, FV and POPV"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention

_SYSTEMS: Final = {"DEEP": "deep", "SUPERFICIAL": "superficial"}


def leave_group(group: PlaceGroup, words: Sequence[Element]) -> PlaceGroup:
    """The members alone, of which a statement is made, where all of them are of the group.

    In "the deep veins, including the popliteal vein" it is made of the group too.
    """
    added = any(isinstance(e, Mention) and e.cue("joint") for e in words)
    if len(group.parts) == 1 or added:
        return group
    first, *members = group.parts
    system = _SYSTEMS.get(first.vein or "")
    if system is None or any(_system_of(part) != system for part in members):
        return group
    legs, at = first.legs, first.leg_at
    kept = (replace(p, legs=legs, leg_at=at) if legs and not p.legs else p for p in members)
    return replace(group, parts=tuple(kept))


def names_system_of(group: PlaceGroup, system: PlaceGroup) -> bool:
    """Whether a phrase names no more than the system of another one's veins."""
    named = {_SYSTEMS.get(part.vein or "") for part in system.parts}
    bare = not system.has_spot and len(named) == 1
    return bare and None not in named and {_system_of(part) for part in group.parts} == named


def _system_of(part: Part) -> str | None:
    row = part.vein_at.row("vein") if part.vein_at is not None else None
    return getattr(row, "system", None) if part.vein not in _SYSTEMS else None

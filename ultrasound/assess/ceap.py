"""CEAP: the class as the report states it, and the A and P letters that the evidence allows.

A and P follow the 2020 update of CEAP; C, E and the symptoms are never derived from a duplex exam.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ultrasound.assess.facts import LegFacts, matching
from ultrasound.assess.systems import LegView
from ultrasound.domain import Observation, SegmentEvidence

MAPPED = "ceap_mapped"
NO_CODE = "ceap_place_without_code"
_PROOF = ("reflux", "reflux_time", "thrombus", "compressibility", "patency")
_THROMBUS = ("present", "acute", "subacute", "chronic", "indeterminate")


@dataclass(frozen=True)
class Ceap:
    """The derived letters; None where the exam does not suffice."""

    anatomy: str | None
    pathophysiology: str | None
    flags: tuple[str, ...]
    observations: tuple[Observation, ...]


def derive_ceap(view: LegView, systems: Mapping[str, str], deep_thrombus: str) -> Ceap:
    """A and P of one leg.

    Args:
        view: The leg.
        systems: The reflux answers of ``superficial``, ``deep`` and ``perforator``.
        deep_thrombus: The code for thrombus of the deep veins.
    """
    refluxing = [s for s in view.segments if s.status == "refluxing" and not s.from_vein]
    obstructed = find_obstructed(view)
    places = [*refluxing, *obstructed]
    found = (o for s in places for o in s.observations if o.property in _PROOF)
    proof = tuple(dict.fromkeys(found))
    if not places:
        clear = set(systems.values()) == {"no"} and is_unobstructed(view, deep_thrombus)
        return Ceap("An" if clear else None, "Pn" if clear else None, (), ())
    codes, flags = _name_places(view, places)
    letters = [letter for letter, found in (("r", refluxing), ("o", obstructed)) if found]
    return Ceap(",".join(codes) or None, f"P{','.join(letters)}", flags, proof)


def find_obstructed(view: LegView) -> list[SegmentEvidence]:
    """Places that are occluded, or thrombosed in a vein that does not compress."""
    return [s for s in view.segments if not s.from_vein and is_obstructed(s, view.facts)]


def is_obstructed(segment: SegmentEvidence, facts: LegFacts) -> bool:
    """Whether a place is occluded, or holds thrombus and does not compress fully.

    One of the two may be stated of the vein as a whole.
    """
    own = segment.observations
    if matching(own, "patency", "occluded"):
        return True
    vein = facts.about((segment.vein,), ("thrombus", "compressibility"))
    near = [o for o in vein if o.place.segment in (None, "whole", segment.segment)]
    stiff = matching(own, "compressibility", "partial", "none")
    clot = matching(own, "thrombus", *_THROMBUS)
    if segment.segment is None:
        near = vein
    return bool(
        (stiff and matching(near, "thrombus", *_THROMBUS))
        or (clot and matching(near, "compressibility", "partial", "none"))
    )


def is_unobstructed(view: LegView, deep_thrombus: str) -> bool:
    """Whether thrombus is denied for the deep veins, or these compress fully."""
    if deep_thrombus == "absent":
        return True
    full = matching(view.facts.observations, "compressibility", "full")
    veins = {o.place.vein for o in full}
    return "DEEP" in veins or set(view.anatomy.rules.deep_core) <= veins


def _name_places(
    view: LegView, places: Iterable[SegmentEvidence]
) -> tuple[list[str], tuple[str, ...]]:
    """The codes in the order of the table, and flags for what was mapped or has none."""
    rows = view.tables.ceap.code
    found: set[str] = set()
    flags: set[str] = set()
    for place in places:
        fits = [
            row
            for row in rows
            if row.vein == place.vein and (not row.segments or place.segment in row.segments)
        ]
        found |= {row.code for row in fits}
        if not fits:
            flags.add(NO_CODE)
        if any(row.mapped for row in fits):
            flags.add(MAPPED)
    ordered = dict.fromkeys(row.code for row in rows if row.code in found)
    return list(ordered), tuple(sorted(flags))

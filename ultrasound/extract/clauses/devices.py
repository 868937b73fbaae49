"""Clauses about drugs, stockings and machines: their numbers measure no vein."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.places.sites import Span

_Ruled = tuple[str, Span]
_DISEASE: Final = ("reflux", "thrombus")


def names_drug(chunk: Chunk) -> _Ruled | None:
    """A drug or the pressure of a stocking, but for what is found of a vein."""
    found = any(p.finding and p.finding.property in _DISEASE for p in chunk.predicates)
    for number in (n for p in chunk.predicates for n in p.numbers):
        if number.unit is not None and number.unit.rule == "drug_or_pressure" and not found:
            return "drug_or_pressure", (number.first, number.last)
    classed = any(p.finding and p.finding.value.startswith("ehit") for p in chunk.predicates)
    for cue in () if classed else chunk.cues("drug"):  # "EHIT class 2 requiring anticoagulation"
        if not (found and any(group.has_vein for group in chunk.groups)):
            return "drug_or_pressure", (cue.first, cue.last)
    return None


def names_equipment(chunk: Chunk) -> _Ruled | None:
    """A machine, a fibre, a fluid: its numbers measure no vein."""
    found = any(p.finding and p.finding.kind == "word" for p in chunk.predicates)
    for cue in chunk.cues("equipment"):
        if not found and not any(group.has_vein for group in chunk.groups):
            return "equipment", (cue.first, cue.last)
    return None

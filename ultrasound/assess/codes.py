"""Codes that the findings of an exam may support: candidates for a person, never assigned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ultrasound.assess.facts import counts, is_sure
from ultrasound.domain import (
    Assertion,
    CodeCandidate,
    Context,
    Leg,
    LegEvidence,
    Observation,
    SegmentEvidence,
)
from ultrasound.knowledge.schema_codes import Candidate, CodeTable, Ground

ICD, CPT = "ICD-10-CM", "CPT"
_REFLUX = ("reflux", "reflux_time")


@dataclass(frozen=True)
class _Side:
    """What is found and asked of one leg, or of what belongs to none."""

    segments: Sequence[SegmentEvidence]
    observations: Sequence[Observation]
    indications: Sequence[Context]


@dataclass(frozen=True)
class _Proof:
    """What a candidate rests on, in words and in facts."""

    reason: str
    observations: tuple[Observation, ...]
    context: tuple[Context, ...]


def suggest_codes(
    legs: Sequence[LegEvidence],
    observations: Iterable[Observation],
    context: Iterable[Context],
    table: CodeTable,
) -> tuple[CodeCandidate, ...]:
    """The candidates of a study: the procedure, then diagnoses in the order of the table.

    Args:
        legs: The legs, assessed.
        observations: All facts of the study; those of the IVC belong to no leg.
        context: What the report says besides.
        table: The codes and their grounds.
    """
    indications = [
        c for c in context if c.fact == "indication" and c.assertion is Assertion.AFFIRMED
    ]
    sides: dict[Leg | None, _Side] = {
        leg.leg: _Side(
            leg.segments,
            [o for s in leg.segments if not s.from_vein for o in s.observations if is_sure(o)],
            [c for c in indications if c.leg in (leg.leg, None)],
        )
        for leg in legs
    }
    shared = [o for o in observations if o.place.leg is None and o.place.vein == "IVC"]
    sides[None] = _Side((), [o for o in shared if counts(o) and is_sure(o)], ())
    found = list(_suggest_procedure(legs, table))
    for candidate in table.candidate:
        proofs = {leg: _prove(candidate, side, table) for leg, side in sides.items()}
        found += _fill(candidate, {leg: p for leg, p in proofs.items() if p is not None}, table)
    return tuple(found)


def _prove(candidate: Candidate, side: _Side, table: CodeTable) -> _Proof | None:
    """What a candidate rests on in one leg, None where a ground is missing."""
    if any(_find(table.ground[name], side) for name in candidate.unless):
        return None
    proofs = [_find(table.ground[name], side) for name in candidate.when]
    if not all(proofs):
        return None
    return _merge([proof for proof in proofs if proof is not None])


def _find(ground: Ground, side: _Side) -> _Proof | None:
    wanted = set(ground.veins)
    found = [
        o
        for o in side.observations
        if (not wanted or o.place.vein in wanted)
        and (
            (o.property == "thrombus" and o.value in ground.thrombus)
            or (o.property == "anatomy" and o.value in ground.anatomy)
        )
    ]
    places = [s for s in side.segments if s.status in ground.status and not s.from_vein]
    for place in places:
        if not wanted or place.vein in wanted:
            found += [o for o in place.observations if o.property in _REFLUX and is_sure(o)]
    asked = [c for c in side.indications if c.value in ground.indications]
    if not found and not asked:
        return None
    veins = ", ".join(dict.fromkeys(o.place.vein for o in found))
    return _Proof(f"{ground.words} ({veins or 'indication'})", tuple(found), (*asked,))


def _merge(proofs: Sequence[_Proof]) -> _Proof:
    return _Proof(
        "; ".join(dict.fromkeys(proof.reason for proof in proofs)),
        tuple(dict.fromkeys(o for proof in proofs for o in proof.observations)),
        tuple(dict.fromkeys(c for proof in proofs for c in proof.context)),
    )


def _fill(
    candidate: Candidate, proofs: Mapping[Leg | None, _Proof], table: CodeTable
) -> Iterable[CodeCandidate]:
    """One candidate per leg, or one for both where the system has a code for both."""
    system = table.name_system(ICD)

    def build(leg: Leg | None, code: str, proof: _Proof) -> CodeCandidate:
        return CodeCandidate(
            leg, code, ICD, candidate.title, proof.reason, proof.observations, proof.context,
            system.edition, system.verified,
        )  # fmt: skip

    sides = [leg for leg in Leg if leg in proofs]
    if candidate.both and (len(sides) == len(Leg) or None in proofs):
        named = [replace(proofs[leg], reason=f"{leg}: {proofs[leg].reason}") for leg in sides]
        merged = _merge([*named, *(proofs[leg] for leg in (None,) if leg in proofs)])
        return [build(None, candidate.both, merged)]
    codes = {Leg.RIGHT: candidate.right, Leg.LEFT: candidate.left}
    return [build(leg, codes[leg], proofs[leg]) for leg in sides]


def _suggest_procedure(legs: Sequence[LegEvidence], table: CodeTable) -> Iterable[CodeCandidate]:
    """The code of the exam itself, by how much of which leg was examined."""
    if not legs:
        return
    rule, system = table.procedure, table.name_system(CPT)
    done = [leg for leg in legs if leg.examined in rule.examined]
    complete = len(done) == len(Leg)
    reason = "; ".join(f"{leg.leg.value}: {leg.examined.replace('_', ' ')}" for leg in legs)
    yield CodeCandidate(
        leg=done[0].leg if len(done) == 1 else None,
        code=rule.complete if complete else rule.limited,
        system=CPT,
        title=rule.complete_title if complete else rule.limited_title,
        reason=f"extent of the exam ({reason})",
        edition=system.edition,
        verified=system.verified,
    )

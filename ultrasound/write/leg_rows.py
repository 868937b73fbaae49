"""Rows of what was found for the legs: leg, places, criteria, checklist, restless legs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ultrasound.domain import (
    ChecklistEntry,
    Evidence,
    LegEvidence,
    RestlessLegs,
    ReviewItem,
    SegmentEvidence,
    Study,
)
from ultrasound.write.origins import ObservationIds
from ultrasound.write.source_rows import Row, join_list

ACUTE_THROMBUS = "acute_thrombus"
_REPORTS = ("text", "sr", "text_sr", "pdf", "cda")
IDENTITY_MISMATCH = "identity_mismatch"


def leg_row(leg: LegEvidence, study: Study, review: Sequence[ReviewItem]) -> Row:
    """One row of the legs table; review items without a leg concern both legs."""
    concerning = [item for item in review if item.leg in (leg.leg, None)]
    return {
        **leg.columns,
        "study": study.key,
        "patient_id": study.patient_id,
        "patient_name": study.patient_name,
        "birth_date": study.birth_date,
        "exam_date": study.exam_date,
        "accession": study.accession,
        "leg": leg.leg,
        "examined": leg.examined,
        "sentence": leg.sentence,
        "review_items": len(concerning),
        "documents": join_list(d.name for d in study.documents if d.kind in _REPORTS),
        "attention": join_list(_find_attention(leg, concerning)),
    }


def segment_row(
    segment: SegmentEvidence, leg: LegEvidence, study: Study, ids: ObservationIds
) -> Row:
    """One row of the segments table."""
    timed = segment.cells.get("reflux_time_ms") is not None
    return {
        **segment.cells,
        **(_tell_position(leg, cautious=True) if timed else {}),
        "study": study.key,
        "patient_id": study.patient_id,
        "exam_date": study.exam_date,
        "leg": segment.leg,
        "vein": segment.vein,
        "segment": segment.segment,
        "item": segment.item,
        "status": segment.status,
        "flags": join_list(segment.flags),
        "observations": ids.join(segment.observations),
    }


def criterion_row(evidence: Evidence, leg: LegEvidence, study: str, ids: ObservationIds) -> Row:
    """One row of the criteria table."""
    timed = any(o.property == "reflux_time" for o in evidence.observations)
    in_force = evidence.criterion.partition(":")[0] == leg.columns.get("criteria")
    return {
        **(_tell_position(leg, cautious=in_force) if timed else {}),
        "study": study,
        "leg": evidence.leg,
        "criterion": evidence.criterion,
        "vein": evidence.vein,
        "segment": evidence.segment,
        "item": evidence.item,
        "verdict": evidence.verdict,
        "found": evidence.found,
        "asked": evidence.asked,
        "reason": evidence.reason,
        "reference": evidence.reference,
        "edition": evidence.edition,
        "verified": evidence.verified,
        "observations": ids.join(evidence.observations),
    }


def _tell_position(leg: LegEvidence, *, cautious: bool) -> Row:
    """How the times of a leg were taken; the caution is that of the criteria in force."""
    return {
        "position": leg.columns.get("position"),
        "provocation": leg.columns.get("provocation"),
        "position_caution": leg.columns.get("position_caution") if cautious else None,
    }


def checklist_row(entry: ChecklistEntry, leg: LegEvidence, study: str, ids: ObservationIds) -> Row:
    """One row of the completeness table."""
    return {
        "study": study,
        "leg": leg.leg,
        "item": entry.item,
        "tier": entry.tier,
        "state": entry.state,
        "observations": ids.join(entry.observations),
    }


def restless_row(
    found: RestlessLegs, legs: Iterable[LegEvidence], study: Study, ids: ObservationIds
) -> Row:
    """One row of the table of restless legs: their words, and the legs' evidence beside them."""
    row: Row = {
        "study": study.key,
        "patient_id": study.patient_id,
        "exam_date": study.exam_date,
        "rls_words": join_list(found.words),
        "criteria_words": join_list(f"{code} {words}" for code, words in found.criteria),
        "contributors": join_list(f"{kind} {words}" for kind, words in found.contributors),
        "note": found.note,
    }
    for leg in legs:
        row[f"{leg.leg}_evidence"] = leg.sentence
        row[f"{leg.leg}_observations"] = ids.join(leg.proof.get("sentence", ()))
    return row


def link_rows(leg: LegEvidence, study: str, ids: ObservationIds) -> list[Row]:
    """Which observations each cell of the leg's row rests on."""
    return [
        {
            "study": study,
            "leg": leg.leg,
            "column": column,
            "observations": ids.join(proof),
        }
        for column, proof in leg.proof.items()
    ]


def _find_attention(leg: LegEvidence, review: Iterable[ReviewItem]) -> list[str]:
    codes = {item.code for item in review}
    thrombus = {leg.columns.get("thrombus_deep"), leg.columns.get("thrombus_superficial")}
    if "acute" in thrombus:
        codes.add(ACUTE_THROMBUS)
    return [code for code in (ACUTE_THROMBUS, IDENTITY_MISMATCH) if code in codes]

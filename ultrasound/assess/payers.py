"""What payers' documents ask of a vein, held against what the report says: evidence, no verdict.

Each condition of a profile is answered by itself, for each vein that something is said of. No
answer of a whole profile is made: whether a treatment is paid for is not for a report to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ultrasound.assess.criteria import PERFORATORS, is_described
from ultrasound.assess.payer_case import Answer, Case, Exam
from ultrasound.assess.payer_measures import (
    judge_diameter,
    judge_reflux_places,
    judge_reflux_times,
)
from ultrasound.assess.payer_statements import (
    judge_ceap_class,
    judge_conservative_therapy,
    judge_deep_obstruction,
    judge_exam_age,
    judge_symptom,
)
from ultrasound.assess.status import judge_segments
from ultrasound.assess.systems import LegView
from ultrasound.domain import Evidence, SegmentEvidence
from ultrasound.knowledge.schema_payers import Condition, Kind, PayerProfile

__all__ = ["Exam", "judge_payers"]
_UNCHECKED = "not verified: the condition was not held against the payer's document"
_UNNAMED = "not verified: what was seen of the document does not name this vein"
_BY_SET = "not verified: the limit of the criteria in force"
_JUDGES: Mapping[Kind, Callable[[Case, Condition], Answer]] = {
    "reflux_time": judge_reflux_times,
    "reflux": judge_reflux_places,
    "diameter": judge_diameter,
    "ceap_class": judge_ceap_class,
    "symptom": judge_symptom,
    "no_deep_obstruction": judge_deep_obstruction,
    "conservative_therapy": judge_conservative_therapy,
    "exam_age": judge_exam_age,
}


def judge_payers(
    view: LegView, exam: Exam, profiles: Sequence[PayerProfile]
) -> tuple[Evidence, ...]:
    """One answer per condition and target vein; each perforator is a target of its own."""
    rows: list[Evidence] = []
    for profile in profiles:
        # the places of a leg by the payer's own limit, judged once for all its veins
        judged = {
            condition.id: judge_segments(view.facts, view.anatomy, condition)
            for condition in profile.conditions
            if condition.kind == "reflux_time"
        }
        for vein, places in _find_targets(view, profile):
            for condition in profile.conditions:
                if condition.levels and vein not in condition.levels:
                    continue
                by_limit = _same(judged.get(condition.id, view.segments), places)
                case = Case(view, exam, vein, places, by_limit)
                answer = _JUDGES[condition.kind](case, condition)
                rows.append(_build(profile, condition, case, answer))
    return tuple(rows)


def _find_targets(
    view: LegView, profile: PayerProfile
) -> Iterator[tuple[str, tuple[SegmentEvidence, ...]]]:
    """The target veins that something is said of, each with its places."""
    for vein in view.anatomy.sort_veins(profile.veins):
        places = view.of(vein)
        if vein in PERFORATORS:
            yield from ((vein, (place,)) for place in places if is_described(place))
        elif places:
            yield vein, tuple(places)


def _same(
    judged: Sequence[SegmentEvidence], places: Sequence[SegmentEvidence]
) -> tuple[SegmentEvidence, ...]:
    """The judged rows of these places."""
    keys = {(s.vein, s.segment, s.item) for s in places}
    return tuple(s for s in judged if (s.vein, s.segment, s.item) in keys)


def _find_doubts(profile: PayerProfile, condition: Condition, case: Case) -> list[str]:
    """What the answer rests on that was not checked against its source."""
    doubts = [] if condition.verified else [_UNCHECKED]
    if case.vein in profile.by_extension:
        doubts.append(_UNNAMED)
    limit = case.view.criteria.limit_for(case.vein)
    checked = limit is None or (limit.verified and case.vein not in limit.by_extension)
    if condition.kind == "reflux" and not checked:
        doubts.append(_BY_SET)
    return doubts


def _build(profile: PayerProfile, condition: Condition, case: Case, answer: Answer) -> Evidence:
    doubts = _find_doubts(profile, condition, case)
    place = answer.place or (case.places[0] if case.vein in PERFORATORS else None)
    return Evidence(
        leg=case.view.facts.leg,
        criterion=f"{profile.id}:{condition.id}",
        vein=case.vein,
        verdict=answer.verdict,
        found=answer.found,
        asked=answer.asked,
        reason="; ".join((answer.reason, *doubts)),
        reference=profile.reference,
        edition=profile.edition,
        verified=not doubts,
        segment=None if place is None else place.segment,
        item=None if place is None else place.item,
        observations=answer.observations,
        context=answer.context,
    )

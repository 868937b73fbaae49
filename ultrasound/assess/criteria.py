"""The answers of the criteria in force about each place: met, not met, cannot say, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from ultrasound.assess.cells import choose_value
from ultrasound.assess.facts import is_sure, matching, measured
from ultrasound.assess.figures import decide, measure, write_limit, write_quantity
from ultrasound.assess.reflux import NO_LIMIT, judge_time
from ultrasound.assess.status import is_place_of_denial
from ultrasound.domain import Evidence, Observation, Quantity, SegmentEvidence, Verdict
from ultrasound.knowledge.schema_criteria import (
    PATHOLOGIC_PERFORATOR,
    CriteriaSet,
    Limit,
    PathologicPerforator,
)
from ultrasound.knowledge.schema_scores import match_beneath_ulcer

NOT_VERIFIED = "not verified: the figure was not held against the publication"
PERFORATORS = ("TPV", "CPV", "PERF")


def judge_criteria(
    segments: Iterable[SegmentEvidence], criteria: CriteriaSet
) -> tuple[Evidence, ...]:
    """One answer per place with a statement on its reflux, and one more per perforator."""
    rows: list[Evidence] = []
    for segment in segments:
        if segment.from_vein:
            continue
        rows += _judge_reflux_time(segment, criteria)
        rows += _judge_perforator(segment, criteria)
    return tuple(rows)


def is_pathologic(segment: SegmentEvidence, definition: PathologicPerforator) -> Verdict:
    """Whether one perforator is pathologic: it refluxes, and its own figures reach the limits.

    A missing or undecided figure is CANNOT_SAY, so that silence never clears a perforator.
    """
    answers = [verdict for _, verdict in _weigh(segment, definition)]
    if Verdict.CANNOT_SAY in answers:
        return Verdict.CANNOT_SAY
    return Verdict.NOT_MET if Verdict.NOT_MET in answers else Verdict.MET


def is_beneath_ulcer(location: str | None) -> bool:
    """Whether the words of a location say so; near, beside, above and below an ulcer do not."""
    return match_beneath_ulcer().search(" ".join((location or "").split())) is not None


def is_described(segment: SegmentEvidence) -> bool:
    """Whether a row is a perforator, and not a mere denial ("no incompetent perforators")."""
    place = (segment.vein, segment.segment, segment.item)
    return segment.vein in PERFORATORS and not is_place_of_denial(place, segment.observations)


def _judge_reflux_time(segment: SegmentEvidence, criteria: CriteriaSet) -> list[Evidence]:
    found = segment.observations
    times = measured(found, "reflux_time")
    words = [o for o in found if o.property == "reflux" and o.value != "not_assessed"]
    limit = criteria.limit_for(segment.vein)
    if limit is None:
        if not times:
            return []
        shown = _show_all(times)
        return [_build(segment, criteria, "reflux", (Verdict.CANNOT_SAY, shown, "-", NO_LIMIT))]
    asked = f"reflux {write_limit(limit)}"
    if times:
        time = judge_time(found, limit)
        verdict = time.verdict if segment.status != "cannot_say" else Verdict.CANNOT_SAY
        answer = (verdict, _show_all(times), asked, segment.reason or time.reason)
    elif matching(words, "reflux", "absent") and segment.status != "cannot_say":
        answer = (
            Verdict.NOT_MET,
            "no reflux, in words",
            asked,
            "no reflux is stated; no time given",
        )
    elif words:
        answer = (Verdict.CANNOT_SAY, "reflux in words", asked, "no time is stated")
    else:
        return []
    return [_build(segment, criteria, limit.id, answer, limit)]


def _judge_perforator(segment: SegmentEvidence, criteria: CriteriaSet) -> list[Evidence]:
    definition = criteria.pathologic_perforator
    if definition is None or not is_described(segment):
        return []
    parts = _weigh(segment, definition)
    verdict = is_pathologic(segment, definition)
    wrong = [text for text, answer in parts if answer is not Verdict.MET]
    figures = [
        chosen
        for prop in ("reflux_time", "diameter")
        if (chosen := choose_value(segment.observations, prop)) is not None
    ]
    found = _show_all(figures) or "no time, no diameter"
    answer = (verdict, found, _ask_perforator(definition), "; ".join(wrong) or "all conditions met")
    return [_build(segment, criteria, PATHOLOGIC_PERFORATOR, answer, definition)]


def _weigh(segment: SegmentEvidence, definition: PathologicPerforator) -> list[tuple[str, Verdict]]:
    """Each condition in words, with its verdict about this one perforator."""
    time = choose_value(segment.observations, "reflux_time")
    size = choose_value(segment.observations, "diameter")
    conditions = [
        _weigh_figure(time, "time", definition.reflux_test, Quantity(definition.reflux_ms, "ms")),
        _weigh_figure(
            size, "diameter", definition.diameter_test, Quantity(definition.diameter_mm, "mm")
        ),
    ]
    refluxing = {"refluxing": Verdict.MET, "below_threshold": Verdict.NOT_MET}
    refluxing |= {"competent": Verdict.NOT_MET}
    conditions.append((segment.reason, refluxing.get(segment.status, Verdict.CANNOT_SAY)))
    if definition.beneath_ulcer:
        linked = any(is_beneath_ulcer(o.place.location) for o in segment.observations)
        conditions.append(
            ("not stated whether it lies beneath an ulcer", decide(True if linked else None))
        )
    return conditions


def _weigh_figure(
    chosen: Observation | None, name: str, test: Literal[">", ">="], limit: Quantity
) -> tuple[str, Verdict]:
    asked = f"{test} {write_quantity(limit)}"
    if chosen is None:
        return f"no {name} is stated ({asked} asked)", Verdict.CANNOT_SAY
    shown = f"{name} {write_quantity(measure(chosen))}, {asked} asked"
    if not is_sure(chosen):
        return f"{shown}, the report is unsure", Verdict.CANNOT_SAY
    return shown, decide(measure(chosen).holds(test, limit.value))


def _ask_perforator(definition: PathologicPerforator) -> str:
    time = write_quantity(Quantity(definition.reflux_ms, "ms"))
    size = write_quantity(Quantity(definition.diameter_mm, "mm"))
    asked = (
        f"refluxing, {definition.reflux_test} {time}, diameter {definition.diameter_test} {size}"
    )
    return f"{asked}, beneath an ulcer" if definition.beneath_ulcer else asked


def _show_all(observations: Sequence[Observation]) -> str:
    return "; ".join(dict.fromkeys(write_quantity(measure(o)) for o in observations))


def _build(
    segment: SegmentEvidence,
    criteria: CriteriaSet,
    name: str,
    answer: tuple[Verdict, str, str, str],
    source: Limit | PathologicPerforator | None = None,
) -> Evidence:
    verdict, found, asked, reason = answer
    extended = isinstance(source, Limit) and segment.vein in source.by_extension
    if extended:
        reason = f"{reason}; the source has no limit of its own for this vein"
    elif source is not None and not source.verified:
        reason = f"{reason}; {NOT_VERIFIED}"
    return Evidence(
        leg=segment.leg,
        criterion=f"{criteria.id}:{name}",
        vein=segment.vein,
        verdict=verdict,
        found=found,
        asked=asked,
        reason=reason,
        reference=criteria.reference,
        edition=criteria.edition,
        verified=source is not None and source.verified and not extended,
        segment=segment.segment,
        item=segment.item,
        observations=segment.observations,
    )

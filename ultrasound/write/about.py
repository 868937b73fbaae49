"""What a run's About sheet says of the criteria in force: figures, sources, verified or not."""

from __future__ import annotations

from collections.abc import Iterable

from ultrasound.knowledge.schema_criteria import CriteriaKnowledge, CriteriaSet, Limit
from ultrasound.knowledge.schema_payers import Condition, PayerProfile
from ultrasound.knowledge.schema_restless import RestlessTable

INTENDED_USE = (
    "Evidence for a physician's decision; not a diagnosis; "
    "not a medical device cleared for any use."
)


def describe_criteria(criteria: CriteriaSet) -> dict[str, str]:
    """The criteria set, label by label: its source, and each limit with what it rests on."""
    lines = {
        "Criteria in force": f"{criteria.title} ({criteria.id}), edition {criteria.edition}",
        "Source of the criteria": criteria.reference,
    }
    for limit in criteria.limits:
        label = limit.id.replace("_", " ").capitalize()
        lines[label] = _describe_limit(limit)
    perforator = criteria.pathologic_perforator
    if perforator is not None:
        beneath = ", beneath an ulcer" if perforator.beneath_ulcer else ""
        lines["Pathologic perforator"] = (
            f"refluxing, {perforator.reflux_test} {perforator.reflux_ms} ms, diameter "
            f"{perforator.diameter_test} {perforator.diameter_mm} mm{beneath}; "
            f"{_say_verified(perforator.verified, perforator.note)}"
        )
    return lines


def describe_scores(tables: CriteriaKnowledge, restless: RestlessTable) -> dict[str, str]:
    """What the other judgements rest on: CEAP, VSDS, the checklist, restless legs."""
    sources = {
        "CEAP A and P": tables.ceap,
        "VSDS (estimated)": tables.vsds,
        "Completeness": tables.checklist,
    }
    lines = {
        label: f"{table.reference}. Edition: {table.edition}; "
        f"{_say_verified(table.verified, table.note)}"
        for label, table in sources.items()
    }
    told = _say_verified(restless.verified, "")
    lines["Restless legs"] = f"{restless.reference}. Edition: {restless.edition}; {told}"
    return lines


def describe_payers(profiles: Iterable[PayerProfile]) -> dict[str, str]:
    """Each payer profile of the run: its edition, its conditions, and what is not verified."""
    lines = {}
    for profile in profiles:
        conditions = "; ".join(
            describe_condition(condition) + ("" if condition.verified else " (NOT VERIFIED)")
            for condition in profile.conditions
        )
        later = f" {profile.superseded}" if profile.superseded else ""
        lines[f"Payer profile {profile.id}"] = (
            f"{profile.reference}. Edition: {profile.edition}.{later} Asked: {conditions}. "
            "Each answer is evidence found, missing or undecided, and no decision of the payer."
        )
    return lines


def describe_condition(condition: Condition) -> str:
    """What a condition asks, in words."""
    levels = ", ".join(
        f"{vein} {' or '.join(level.replace('_', ' ') for level in named)}"
        for vein, named in condition.levels.items()
    )
    at = f" ({levels})" if levels else ""
    figure = condition.figure
    number = "" if figure is None else f" {condition.test} {figure.value} {figure.unit}"
    symptoms = ", ".join(fact.replace("_", " ") for fact in condition.facts)
    words = {
        "reflux_time": f"reflux{number}{at}",
        "reflux": f"reflux documented{at}",
        "diameter": f"diameter{number}{at}",
        "ceap_class": f"clinical class C{condition.ceap} or above",
        "symptom": f"a symptom stated: {symptoms}",
        "no_deep_obstruction": "no obstruction of the deep veins",
        "conservative_therapy": f"conservative therapy for {condition.months} months",
        "exam_age": f"exam at most {condition.months} months old",
    }
    return words[condition.kind]


def _describe_limit(limit: Limit) -> str:
    text = f"{limit.test} {limit.ms} ms for {', '.join(limit.veins)}"
    if limit.by_extension:
        text += f"; by extension, not verified, for {', '.join(limit.by_extension)}"
    return f"{text}; {_say_verified(limit.verified, limit.note)}"


def _say_verified(verified: bool, note: str) -> str:
    words = "verified" if verified else "NOT VERIFIED against the publication"
    return f"{words}. {note}" if note else f"{words}."

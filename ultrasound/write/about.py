"""What a run's About sheet says of the criteria in force: figures, sources, verified or not."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import CriteriaSet, Limit


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


def _describe_limit(limit: Limit) -> str:
    text = f"{limit.test} {limit.ms} ms for {', '.join(limit.veins)}"
    if limit.by_extension:
        text += f"; by extension, not verified, for {', '.join(limit.by_extension)}"
    return f"{text}; {_say_verified(limit.verified, limit.note)}"


def _say_verified(verified: bool, note: str) -> str:
    words = "verified" if verified else "NOT VERIFIED against the publication"
    return f"{words}. {note}" if note else f"{words}."

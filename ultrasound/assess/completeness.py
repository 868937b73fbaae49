"""How much of what a complete report holds is there, by the checklist of completeness.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ultrasound.assess.facts import LegFacts
from ultrasound.assess.systems import LegView
from ultrasound.domain import ChecklistEntry, Observation, Study
from ultrasound.knowledge.schema_scores import ChecklistItem

PRESENT, MISSING, NOT_APPLICABLE = "present", "missing", "not_applicable"


def check_report(
    view: LegView, study: Study, other: LegFacts, examined: str
) -> tuple[ChecklistEntry, ...]:
    """Each item of the checklist for one leg.

    Items on reflux do not apply where no reflux was tested, and no item on veins applies to a leg
    that was only sampled for comparison.
    """
    entries = []
    for item in view.tables.checklist.item:
        proof: tuple[Observation, ...] = ()
        if not _applies(item, examined, other, view):
            state = NOT_APPLICABLE
        elif item.needs in ("study", "context"):
            state = PRESENT if _is_told(item, view.facts, study) else MISSING
        else:
            proof = tuple(_find_proof(item, view, other))
            state = PRESENT if proof else MISSING
        entries.append(ChecklistEntry(item.code, item.tier, state, proof))
    return tuple(entries)


def rate_completeness(entries: Iterable[ChecklistEntry]) -> tuple[int | None, tuple[str, ...]]:
    """The percentage of the essential items that are present, and those that are missing."""
    essential = [e for e in entries if e.tier == "essential" and e.state != NOT_APPLICABLE]
    missing = tuple(e.item for e in essential if e.state == MISSING)
    if not essential:
        return None, ()
    share = Decimal(100 * (len(essential) - len(missing))) / len(essential)
    return int(share.quantize(Decimal(1), ROUND_HALF_UP)), missing


def _applies(item: ChecklistItem, examined: str, other: LegFacts, view: LegView) -> bool:
    if item.needs == "other_leg":
        only_sampled = {o.place.vein for o in other.observations} <= set(
            view.anatomy.rules.comparison
        )
        return only_sampled and examined != "contralateral_only"
    if examined == "contralateral_only" and item.needs in ("leg", "section"):
        return False
    return not (item.reflux and examined in ("dvt_only", "contralateral_only"))


def _is_told(item: ChecklistItem, facts: LegFacts, study: Study) -> bool:
    if item.needs == "study":
        return any(getattr(study, fact) for fact in item.facts)
    return any(facts.context_values(fact) for fact in item.facts)


def _find_proof(item: ChecklistItem, view: LegView, other: LegFacts) -> Sequence[Observation]:
    if item.needs == "section":
        return [o for o in view.facts.observations if o.section in item.facts]
    if item.needs == "other_leg":
        return other.about(item.veins)
    found = view.facts.about(item.veins)
    if item.segments:
        rows = [s for vein in item.veins for s in view.of(vein) if s.segment in item.segments]
        found = list(dict.fromkeys(o for row in rows for o in row.observations))
    return [
        o
        for o in found
        if o.value != "not_assessed" and (not item.properties or o.property in item.properties)
    ]

"""Limits that a report only defines are told from its findings by the figures in use."""

from __future__ import annotations

from decimal import Decimal

from ultrasound.extract.clauses.limits import USUAL_LIMITS
from ultrasound.knowledge import load_knowledge


def test_the_usual_limits_are_those_of_the_criteria() -> None:
    """Each reflux limit of a shipped criteria set is known in ms and in s, and no other figure."""
    sets = load_knowledge().criteria.sets.values()
    in_ms = {limit.ms for criteria in sets for limit in criteria.limits}
    assert in_ms | {ms / Decimal(1000) for ms in in_ms} == USUAL_LIMITS

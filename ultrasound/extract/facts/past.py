"""What a history or an indication tells that counts."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.facts.fact import EXPERIENCED, Fact, Outcome, Pass

_SYSTEMS: Final = ("DEEP", "SUPERFICIAL")


def counts_in_past(outcome: Outcome) -> bool:
    """Whether an outcome counts: a treatment, what an exam had found, a leg that was left out."""
    if isinstance(outcome, Pass):
        return True
    if not isinstance(outcome, Fact):
        return False
    found = outcome.prior and outcome.property not in EXPERIENCED
    left_out = outcome.vein in _SYSTEMS and outcome.value == "not_assessed"
    return found or left_out or outcome.property == "treatment"

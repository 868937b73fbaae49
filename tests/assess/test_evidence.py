"""The answers of the criteria: verdict, what was found and asked, and the reason."""

from __future__ import annotations

import pytest

from tests.assess.legs import assess, read_cases
from ultrasound.domain import Evidence


def find(facts: str, criteria: str, criterion: str) -> list[Evidence]:
    """The answers of one criterion."""
    rows = assess(facts, criteria).legs["R"].evidence
    return [row for row in rows if row.criterion == f"{criteria}:{criterion}"]


@pytest.mark.parametrize(
    ("facts", "criterion", "verdict", "found", "reason"),
    [pytest.param(*cells, id=case) for case, *cells in read_cases("evidence_cases.txt")],
)
def test_answer(facts: str, criterion: str, verdict: str, found: str, reason: str) -> None:
    """One place gets one answer, with what was found and why."""
    criteria, name = criterion.split(":")
    (row,) = find(facts, criteria, name)
    assert (row.verdict.value, row.found, row.reason) == (verdict, found, reason)
    assert row.observations


def test_two_perforators_are_never_one() -> None:
    """Two perforators at one level, pathologic only if put together, are judged apart."""
    rows = find(
        "R CPV mid_calf reflux_time 900 #1; R CPV mid_calf diameter 2.5 #1;"
        "R CPV mid_calf reflux_time 300 #2; R CPV mid_calf diameter 4.2 #2",
        "svs_avf_avls_2022",
        "pathologic_perforator",
    )
    assert [(row.item, row.verdict.value, row.found) for row in rows] == [
        (1, "not_met", "0.9 s; 2.5 mm"),
        (2, "not_met", "0.3 s; 4.2 mm"),
    ]


@pytest.mark.parametrize(
    ("vein", "verified"), [("GSV", True), ("GIAC", False), ("PTV", True), ("TPT", False)]
)
def test_extended_limits_are_not_verified(vein: str, verified: bool) -> None:
    """A vein that is judged by another class's limit is shown as not verified."""
    (row,) = assess(f"R {vein} - reflux_time 900").legs["R"].evidence
    assert row.verified is verified


def test_silence_has_no_answer() -> None:
    """A place with nothing on its reflux, or that a wider statement fills, has no answer."""
    rows = assess("R GSV - reflux absent; R SSV - diameter 3").legs["R"].evidence
    assert [(row.vein, row.segment) for row in rows] == [("GSV", None)]

"""The answers of the criteria: verdict, what was found and asked, and the reason."""

from __future__ import annotations

import pytest

from tests.assess.legs import assess, knowledge, read_cases
from ultrasound.domain import Evidence
from ultrasound.knowledge.schema_criteria import CriteriaSet
from ultrasound.write.vein_map import write_limits


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


@pytest.mark.parametrize("table", knowledge().criteria.sets.values(), ids=lambda table: table.id)
def test_what_is_not_verified_says_so_wherever_it_is_shown(table: CriteriaSet) -> None:
    """In the answer, in its reason, in the sentence of the leg and over its map."""
    for limit in table.limits:
        leg = assess(f"R {limit.veins[0]} - reflux_time 5000", table.id).legs["R"]
        rows = [row for row in leg.evidence if row.criterion == f"{table.id}:{limit.id}"]
        assert [row.verified for row in rows] == [limit.verified]
        assert ("not verified" in rows[0].reason) is not limit.verified
        assert ("not verified" in leg.sentence) is not table.verified
    assert ("not verified" in write_limits(table)) is not table.verified


def test_silence_has_no_answer() -> None:
    """A place with nothing on its reflux, or that a wider statement fills, has no answer."""
    rows = assess("R GSV - reflux absent; R SSV - diameter 3").legs["R"].evidence
    assert [(row.vein, row.segment) for row in rows] == [("GSV", None)]

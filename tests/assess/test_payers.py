"""What payers ask, held against a leg: verdict, found value, reason, and what never happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assess.legs import assess, assess_facts, knowledge, read_cases
from tests.assess.test_properties import VEINS, describe, facts, mirror
from ultrasound.domain import Evidence, Observation, Verdict

ALL = tuple(knowledge().payers.profiles)
CRITERIA = "svs_avf_avls_2022"


def find(text: str, criterion: str, vein: str, context: str = "") -> list[Evidence]:
    """The answers of one condition about one vein of the right leg."""
    rows = assess(text, context=context, payers=(criterion.partition(":")[0],)).legs["R"].evidence
    return [row for row in rows if (row.criterion, row.vein) == (criterion, vein)]


@pytest.mark.parametrize(
    ("text", "context", "criterion", "vein", "verdict", "found", "reason"),
    [pytest.param(*cells, id=case) for case, *cells in read_cases("payer_cases.txt")],
)
def test_answer(  # noqa: PLR0913, PLR0917 - the columns of the table of cases
    text: str, context: str, criterion: str, vein: str, verdict: str, found: str, reason: str
) -> None:
    """One condition gets one answer about a vein, with what was found and why."""
    (row,) = find(text, criterion, vein, context)
    assert (row.verdict.value, row.found, row.reason) == (verdict, found, reason)
    assert row.verified is ("not verified" not in reason)


def test_none_by_default() -> None:
    """Without a payer asked for, no answer is about one."""
    rows = assess("R GSV sfj reflux_time 900").legs["R"].evidence
    assert {row.criterion.partition(":")[0] for row in rows} == {CRITERIA}


def test_silent_vein_has_no_answer() -> None:
    """A vein that the report does not speak of is no target."""
    rows = assess("R GSV sfj reflux_time 900", payers=("connectcare",)).legs["R"].evidence
    assert {row.vein for row in rows} == {"GSV"}


def test_each_perforator_is_a_target() -> None:
    """Two perforators at one level are answered apart."""
    text = "R CPV mid_calf reflux_time 900 #1; R CPV mid_calf reflux_time 300 #2"
    rows = find(text, "lcd_l34924_2015:reflux_time", "CPV")
    assert [(row.item, row.verdict) for row in rows] == [(1, Verdict.MET), (2, Verdict.NOT_MET)]


@pytest.mark.parametrize(
    ("context", "verdict"),
    [
        ("R indication pain", "met"),
        ("- indication pain", "cannot_say"),
        ("L indication pain", "cannot_say"),
    ],
)
def test_symptom_of_which_leg(context: str, verdict: str) -> None:
    """In an exam of both legs a symptom counts for the leg that it is said of only."""
    text = "R GSV - reflux present; L GSV - reflux absent"
    (row,) = find(text, "lcd_l34924_2015:symptom", "GSV", context)
    assert row.verdict.value == verdict
    assert bool(row.context) is (verdict == "met")


def test_exam_of_one_leg_is_about_that_leg() -> None:
    """Where the other leg was sampled for comparison only, a symptom needs no leg."""
    text = "R GSV - reflux present; L CFV - flow phasic"
    (row,) = find(text, "lcd_l34924_2015:symptom", "GSV", "- indication pain")
    assert row.verdict is Verdict.MET


@pytest.mark.parametrize(("criteria", "verified"), [(CRITERIA, True), ("esvs_2022", False)])
def test_reflux_by_unverified_criteria_says_so(criteria: str, verified: bool) -> None:
    """Reflux that is judged by a limit nobody checked is not verified, whatever the payer asks."""
    rows = assess("R GSV sfj reflux_time 900", criteria, payers=("connectcare",)).legs["R"].evidence
    (row,) = [row for row in rows if row.criterion == "connectcare:reflux"]
    assert row.verified is verified
    assert ("not verified" in row.reason) is not verified


@given(facts())
def test_swapping_legs_swaps_outputs(observations: tuple[Observation, ...]) -> None:
    """The answers depend on the facts of a leg and never on which leg it is."""
    here = assess_facts(observations, (), CRITERIA, ALL)
    there = assess_facts(mirror(observations), (), CRITERIA, ALL)
    swapped = {"R": "L", "L": "R"}
    assert {swapped[side]: describe(leg) for side, leg in here.legs.items()} == {
        side: describe(leg) for side, leg in there.legs.items()
    }


@given(facts(), st.sampled_from(VEINS))
def test_removing_a_vein_decides_nothing_about_it(
    observations: tuple[Observation, ...], vein: str
) -> None:
    """Without its facts a vein has no answer, and every answer that decides has its proof."""
    left = [o for o in observations if o.place.vein != vein]
    for leg in assess_facts(left, (), CRITERIA, ALL).legs.values():
        for row in leg.evidence:
            assert row.vein != vein
            assert row.observations or row.verdict is Verdict.CANNOT_SAY

"""Constructed legs, each with what the contract of the tables says must follow from its facts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.assess.legs import Evidence, assess
from ultrasound.domain import LegEvidence

TABLE = Path(__file__).with_name("constructed_legs.toml")
LEGS: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["leg"]
KEYS = {"id", "facts", "criteria", "context", "places", "verdicts", "checklist", "R", "L"}
KEYS |= {"asked", "payers"}
SETS = {"svs_avf_avls_2022", "svs_avf_2011", "invest_500", "esvs_2015", "lcd_l39121"}


def list_lines(facts: str) -> list[str]:
    """The facts of a leg, one by one."""
    return [line.strip() for line in re.split(r"[;\n]", facts) if line.strip()]


def judge(case: dict[str, Any]) -> Evidence:
    """The evidence of a constructed leg by its criteria set."""
    criteria = case.get("criteria", "svs_avf_avls_2022")
    return assess(case["facts"], criteria, case.get("context", ""), case.get("asked", ()))


def name_place(vein: str, segment: str | None, item: int | None) -> str:
    """A place as the table writes it."""
    return f"{vein} {segment or '-'}" + ("" if item is None else f" #{item}")


def list_verdicts(leg: LegEvidence) -> dict[str, str]:
    """Every answer of the criteria about a leg, by criterion, without the set, and place."""
    return {
        f"{e.criterion.partition(':')[2]} {name_place(e.vein, e.segment, e.item)}": e.verdict.value
        for e in leg.evidence
        if e.criterion.partition(":")[0] == leg.columns["criteria"]
    }


def list_payer_verdicts(leg: LegEvidence) -> dict[str, str]:
    """Every answer of the payer profiles about a leg, by condition and vein."""
    return {
        f"{e.criterion} {e.vein}" + ("" if e.item is None else f" #{e.item}"): e.verdict.value
        for e in leg.evidence
        if e.criterion.partition(":")[0] != leg.columns["criteria"]
    }


def find(case: dict[str, Any]) -> dict[str, Any]:
    """What the program finds for everything that the table expects of a leg."""
    evidence = judge(case)
    right = evidence.legs["R"]
    places = {name_place(s.vein, s.segment, s.item): s.status for s in right.segments}
    checks = {entry.item: entry.state for entry in right.completeness}
    found: dict[str, Any] = {
        "places": {place: places.get(place, "not_stated") for place in case.get("places", ())},
        "verdicts": list_verdicts(right),
        "payers": list_payer_verdicts(right),
        "checklist": {item: checks[item] for item in case.get("checklist", ())},
    }
    for side in {"R", "L"} & set(case):
        cells = {column: evidence.cell(column, side) for column in case[side]}
        found[side] = {name: "" if v is None else str(v) for name, v in cells.items()}
    return {key: found[key] for key in found if key in case}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in LEGS])
def test_constructed_leg(case: dict[str, Any]) -> None:
    """A constructed leg has the statuses, cells, answers and checklist that the table names."""
    assert set(case) <= KEYS
    assert find(case) == {key: case[key] for key in find(case)}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"])
        for case in LEGS
        if all(line.startswith("R ") for line in list_lines(case["facts"]))
    ],
)
def test_constructed_leg_swapped(case: dict[str, Any]) -> None:
    """The same facts of the other leg give the other leg the same row."""
    swapped = {**case, "facts": "\n".join(f"L{line[1:]}" for line in list_lines(case["facts"]))}
    here, there = judge(case), judge(swapped)
    assert set(there.legs) == {"L"}
    assert there.legs["L"].columns == here.legs["R"].columns
    assert list_verdicts(there.legs["L"]) == list_verdicts(here.legs["R"])
    assert list_payer_verdicts(there.legs["L"]) == list_payer_verdicts(here.legs["R"])


# Of each of these legs everything that a leg is judged by must stand in the table.
ASKED_FOR = (
    "exactly 0.50 s, more than 0.5 s asked",
    "exactly 0.50 s, at least 0.5 s asked",
    "more than 0.5 s against a limit of 1 s",
    "a study of thrombosis only",
    "one leg examined, the other leg's CFV for comparison",
    "ablated GSV with reflux in the AASV",
    "post-thrombotic popliteal vein with reflux",
    "competent junction over a refluxing trunk",
    "competent junction and nothing said of the trunk",
    "axial reflux from the SFJ to the ankle",
    "perforator of 3.6 mm with no time",
    "two perforators at one level, pathologic only if put together",
    "4.49 mm is not 4.5 mm",
)
TOLD = {"pattern", "ceap_a", "ceap_p", "vsds_reflux", "completeness_pct"}


@pytest.mark.parametrize("name", ASKED_FOR)
def test_all_is_told_of_a_leg(name: str) -> None:
    """Of the typical legs status, pattern, CEAP, VSDS, completeness and payers are all stated."""
    (case,) = [case for case in LEGS if case["id"] == name]
    assert set(case["R"]) >= TOLD
    assert "payers" in case
    assert "places" in case or [cell for cell in case["R"] if cell.endswith("_status")]


def test_table_is_wide_enough() -> None:
    """The table holds at least 40 legs, each of its own name, under every kind of limit."""
    assert len({case["id"] for case in LEGS}) == len(LEGS) >= 40
    assert {case.get("criteria", "svs_avf_avls_2022") for case in LEGS} == SETS

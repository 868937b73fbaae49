"""Status of places and veins: each case is a leg in a line of a table."""

from __future__ import annotations

import pytest

from tests.assess.legs import assess, read_cases


def params(name: str) -> list[object]:
    """One test per line, named by its first cell."""
    return [pytest.param(*cells, id=case) for case, *cells in read_cases(name)]


def split_place(place: str) -> tuple[str, str | None]:
    """A vein and its segment, None for a bar."""
    vein, segment = place.split()
    return vein, None if segment == "-" else segment


@pytest.mark.parametrize(("facts", "criteria", "place", "status"), params("place_cases.txt"))
def test_place(facts: str, criteria: str, place: str, status: str) -> None:
    """One place gets the status that its times and words allow."""
    evidence = assess(f"{facts}; R SSV distal_calf diameter 2", criteria)
    assert evidence.status(*split_place(place)) == status


@pytest.mark.parametrize(("facts", "vein", "status"), params("vein_cases.txt"))
def test_vein(facts: str, vein: str, status: str) -> None:
    """A vein takes the first status in the fixed order and never hides a segment."""
    assert assess(facts).cell(f"{vein.lower()}_status") == status


@pytest.mark.parametrize(("facts", "place", "status"), params("level_cases.txt"))
def test_wider_statement(facts: str, place: str, status: str) -> None:
    """Statements about a vein, a zone or a group speak for a level only as rule 19 says."""
    assert assess(facts).status(*split_place(place)) == status


def test_filled_levels_are_marked() -> None:
    """A level that a statement about the whole vein answered for is marked as such."""
    rows = assess("R GSV - reflux absent; R GSV knee diameter 3").legs["R"].segments
    assert [(s.segment, s.from_vein) for s in rows if s.vein == "GSV"] == [
        (None, False),
        ("sfj", True),
        ("proximal_thigh", True),
        ("mid_thigh", True),
        ("distal_thigh", True),
        ("knee", False),
        ("proximal_calf", True),
        ("mid_calf", True),
        ("distal_calf", True),
    ]
    assert all("from_vein" in s.flags for s in rows if s.segment)


def test_two_trunks_stay_two() -> None:
    """A duplicated vein has two rows at one level, and a whole-vein statement fills its own."""
    evidence = assess(
        "R GSV whole reflux absent #1; R GSV whole reflux_time 900 #2; R GSV knee diameter 4 #2"
    )
    assert evidence.status("GSV", "knee", item=1) == "competent"
    assert evidence.status("GSV", "knee", item=2) == "refluxing"
    assert evidence.cell("gsv_status") == "refluxing"

"""Each row becomes one mark, at the narrowest place that it speaks of."""

from __future__ import annotations

import pytest

from ultrasound.knowledge.schema_drawing import load_vein_map
from ultrasound.write.drawing.marks import LegPlan, plan_leg

TABLE = load_vein_map()


def plan(*places: str) -> LegPlan:
    """A plan of rows, each "VEIN segment [item] [@location]"."""
    rows: list[dict[str, object]] = []
    for place in places:
        words, _, location = place.partition(" @")
        vein, segment, *item = words.split()
        rows.append(
            {"leg": "right", "vein": vein, "segment": None if segment == "-" else segment,
             "item": int(item[0]) if item else None, "status": "refluxing",
             "location": location or None}
        )  # fmt: skip
    return plan_leg("right", rows, TABLE)


def test_the_narrowest_statement_owns_the_line() -> None:
    """A level beats its zone, the zone the whole vein."""
    found = {m.id: m.pieces for m in plan("GSV whole", "GSV thigh", "GSV mid_thigh").marks}
    assert found["right-GSV-mid_thigh"] == ("mid_thigh",)
    assert found["right-GSV-thigh"] == ("proximal_thigh", "distal_thigh")
    assert found["right-GSV-whole"] == (
        "sfj", "knee", "proximal_calf", "mid_calf", "distal_calf",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("place", "site"),
    [
        ("CPV distal_calf @Cockett III, 18 cm", "cockett_3"),
        ("CPV distal_calf @Cockett I", "cockett_1"),
        ("PERF - @Boyd", "boyd"),
        ("CPV mid_calf @lateral", "lateral_calf_mid"),
        ("TPV distal_thigh @posterior", "posterior_thigh_distal"),
        ("CPV proximal_calf", "boyd"),
        ("PERF mid_thigh", "hunterian"),
    ],
)
def test_a_perforator_stands_at_its_site(place: str, site: str) -> None:
    """The site that is named, else that of the side, else the level's first."""
    assert plan(place).marks[0].site == site


def test_perforators_do_not_share_a_site() -> None:
    """The next item takes the next site, and what has none left is told in words."""
    marks = plan(*(f"CPV knee {item}" for item in (1, 2, 3))).marks
    assert [mark.site for mark in marks] == ["knee_medial", "popliteal_fossa", None]
    assert [mark.kind for mark in marks] == ["disc", "disc", "note"]


def test_an_optional_vein_is_drawn_as_far_as_it_is_stated() -> None:
    """The accessory vein from the junction down, the Giacomini vein from its lower end up."""
    found = plan("AASV mid_thigh", "GIAC mid_thigh")
    assert found.drawn["AASV"] == ("sfj", "proximal_thigh", "mid_thigh")
    assert found.drawn["GIAC"] == ("mid_thigh", "distal_thigh")
    assert found.silent["AASV"] == ("sfj", "proximal_thigh")
    assert "PASV" not in found.drawn


def test_two_trunks_lie_side_by_side() -> None:
    """Items of one place have a line each; what names none is of the first."""
    marks = plan("GSV sfj", "GSV mid_thigh 1", "GSV mid_thigh 2").marks
    assert [mark.rank for mark in marks] == [0, 0, 1]
    assert [m.rank for m in plan("GSV mid_thigh", "GSV mid_thigh 1").marks] == [0, 1]


def test_groups_and_unplaced_perforators_are_notes() -> None:
    """They colour no vein."""
    assert {mark.kind for mark in plan("DEEP -", "PERF -", "NSV -", "CALF -").marks} == {"note"}

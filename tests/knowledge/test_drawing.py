"""The geometry of the vein map: veins hang together, and everything lies in the leg."""

from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.path import Path

from ultrasound.knowledge import load_knowledge
from ultrasound.knowledge.schema_drawing import Point, View, load_vein_map
from ultrasound.write.drawing.course import Course

TABLE = load_vein_map()
COURSES = [(view, vein) for view, veins in TABLE.veins.items() for vein in veins]
JOINS = [
    ("EIV", -1, "CFV", 0), ("CFV", -1, "FV", 0), ("CFV", -1, "DFV", 0), ("POPV", -1, "TPT", 0),
    ("TPT", -1, "PTV", 0), ("TPT", -1, "PRV", 0), ("CIV", -1, "EIV", 0), ("IVC", -1, "CIV", 0),
]  # fmt: skip


def end_of(vein: str, end: int) -> Point:
    """The upper (0) or lower (-1) end of a vein."""
    view = TABLE.view_of(vein)
    assert view is not None
    return list(TABLE.veins[view][vein].values())[end][end]


def body_of(view: View) -> Path:
    """The leg with the middle of the body, as an area."""
    outline = TABLE.outline[view]
    inner = Course(outline.details[0]).line
    line = [*Course(outline.body).line, *inner, (inner[-1][0], outline.body[0][1])]
    return Path([*line, line[0]])


@pytest.mark.parametrize(("view", "vein"), COURSES)
def test_segments_share_their_ends(view: View, vein: str) -> None:
    """A vein has no gap."""
    pieces = list(TABLE.veins[view][vein].values())
    assert all(above[-1] == below[0] for above, below in pairwise(pieces))
    assert all(len(piece) % 3 == 1 for piece in pieces)


@pytest.mark.parametrize(("upper", "a", "lower", "b"), JOINS)
def test_veins_join(upper: str, a: int, lower: str, b: int) -> None:
    """Where a vein flows into another, both have one point."""
    assert end_of(upper, a) == end_of(lower, b)


@pytest.mark.parametrize("view", ["front", "back"])
def test_everything_lies_in_the_leg(view: View) -> None:
    """No vein, site or cluster lies outside the outline."""
    body = body_of(view)
    points = [
        p for vein in TABLE.veins[view].values() for c in vein.values() for p in Course(c).line
    ]
    points += [site.at for site in TABLE.site.values() if site.view == view]
    points += TABLE.cluster[view].values()
    assert [p for p in points if not body.contains_point(p, radius=3)] == []


def test_sites_lie_within_their_level() -> None:
    """A perforator's site has the height of its level."""
    wrong = [
        code
        for code, site in TABLE.site.items()
        if not TABLE.levels[site.segment][0] <= site.at[1] <= TABLE.levels[site.segment][1]
    ]
    assert wrong == []


def test_every_code_has_a_place_or_a_rule() -> None:
    """No vein of the contract is left out, and each level of a vein has its own piece."""
    text = load_knowledge().text
    ruled = {*TABLE.groups, *TABLE.perforators, *TABLE.varicose, *TABLE.pelvic}
    for vein in text.vein_rows:
        view = TABLE.view_of(vein)
        assert (view is None) == (vein in ruled), vein
        if view is not None:
            assert list(TABLE.veins[view][vein]) == list(text.order_of(vein)) or list(
                TABLE.veins[view][vein]
            ) == ["whole"]


def test_names_and_words_are_there() -> None:
    """Each vein has a name beside it, each level short words, each site of a level exists."""
    table = TABLE
    named = {*table.names["front"], *table.names["back"], *table.names_if_needed}
    assert {vein for _, vein in COURSES} == named
    assert {*load_knowledge().criteria.display.segments} == {*table.short}
    listed = {
        code for sites in table.site_by_level.values() for row in sites.values() for code in row
    }
    assert listed <= {*table.site}

"""Where a measurement belongs: side, vein and level, carried down the tree."""

from __future__ import annotations

import pytest

from tests.extract.structured_reports import (
    BILATERAL,
    GSV,
    GSV_THIGH,
    POPLITEAL,
    SFJ,
    SSV,
    UNILATERAL,
    extract,
    in_vein,
    list_facts,
    list_review,
    show,
)
from tests.read.dicom_objects import (
    DIAMETER,
    DISTAL,
    FINDINGS,
    LATERALITY,
    LEFT,
    LEVEL,
    PROXIMAL,
    REFLUX_TIME,
    SITE,
    Triple,
    coded,
    container,
    findings,
    number,
)


@pytest.mark.parametrize(
    ("name", "level", "fact"),
    [
        (GSV_THIGH, None, "R GSV thigh"),
        (GSV_THIGH, PROXIMAL, "R GSV proximal_thigh"),
        (GSV, PROXIMAL, "R GSV proximal_thigh"),
        (GSV, None, "R GSV -"),
        (SFJ, None, "R GSV sfj"),
        (SSV, DISTAL, "R SSV distal_calf"),
        (POPLITEAL, DISTAL, "R POPV distal"),
        (("397364003", "SCT", "Superficial Femoral Vein"), PROXIMAL, "R FV proximal"),
        (("128548003", "SCT", "Boyd's perforating vein"), None, "R CPV proximal_calf"),
        (("362072009", "SCT", "Saphenous vein"), None, "R GSV -"),
    ],
)
def test_segments(name: Triple, level: Triple | None, fact: str) -> None:
    """A vein's code and its level make the segment of the contract."""
    levels = [coded(LEVEL, level)] if level else []
    (seen,) = in_vein(name, *levels, number(DIAMETER, "5", "mm")).observations
    assert show(seen).startswith(f"{fact} diameter 5 mm")


@pytest.mark.parametrize(
    ("name", "level", "flags"),
    [
        (GSV, PROXIMAL, ("segment_inferred",)),
        (GSV, None, ()),
        (GSV_THIGH, PROXIMAL, ()),
        (SSV, DISTAL, ("segment_inferred",)),
        (POPLITEAL, DISTAL, ()),
        (("362072009", "SCT", "Saphenous vein"), None, ("vein_inferred",)),
    ],
)
def test_inferred_places_are_flagged(
    name: Triple, level: Triple | None, flags: tuple[str, ...]
) -> None:
    """What the code does not say by itself is flagged."""
    levels = [coded(LEVEL, level)] if level else []
    (seen,) = in_vein(name, *levels, number(DIAMETER, "5", "mm")).observations
    assert seen.flags == flags


def test_level_without_a_segment_is_kept_in_words() -> None:
    """A modifier that names no segment of the contract stays as the location."""
    origin = coded(LEVEL, ("397421006", "SCT", "Origin of vessel"))
    (seen,) = in_vein(GSV, origin, number(DIAMETER, "5", "mm")).observations
    assert (seen.place.segment, seen.place.location) == (
        None,
        "Topographical modifier Origin of vessel",
    )


def test_modifiers_of_the_number_itself() -> None:
    """Site and side may stand at the number, as general measurement templates write them."""
    time = number(REFLUX_TIME, "1.1", "s", coded(SITE, SSV), coded(LATERALITY, LEFT))
    assert list_facts(extract(container(FINDINGS, time))) == ["L SSV - reflux_time 1100 ms"]


def test_both_sides_and_no_side() -> None:
    """Bilateral is one fact for each leg; without a side the leg is open and a person is asked."""
    time = number(REFLUX_TIME, "0", "s")
    both = in_vein(SSV, time, side=BILATERAL)
    assert list_facts(both) == ["R SSV - reflux absent", "L SSV - reflux absent"]
    for side in (None, UNILATERAL):
        found = in_vein(SSV, time, side=side)
        assert list_facts(found) == ["- SSV - reflux absent"]
        assert list_review(found) == [("leg_missing", None, "SSV")]


def test_context_ends_with_its_container() -> None:
    """A vein's level and a section's side do not leak into what follows."""
    first = container(GSV_THIGH, coded(LEVEL, PROXIMAL), number(DIAMETER, "7", "mm"))
    second = container(GSV_THIGH, number(DIAMETER, "6", "mm"))
    loose = container(SSV, number(DIAMETER, "2", "mm"))
    found = extract(findings(LEFT, first, second), loose)
    assert list_facts(found) == [
        "L GSV proximal_thigh diameter 7 mm",
        "L GSV thigh diameter 6 mm",
        "- SSV - diameter 2 mm",
    ]

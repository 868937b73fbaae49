"""The free words of a perforator's place: side, height and ulcer stay as they are written."""

from __future__ import annotations

import pytest

from tests.extract.marked import read_text
from ultrasound.assess.criteria import is_beneath_ulcer
from ultrasound.knowledge import Knowledge, load_knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


def find_locations(text: str, knowledge: Knowledge) -> set[tuple[str | None, str | None]]:
    """The legs and locations of the perforators of a text."""
    found = read_text(text, knowledge).observations
    return {
        (o.place.leg and o.place.leg.value[0].upper(), o.place.location)
        for o in found
        if o.place.vein in ("TPV", "CPV", "PERF")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A medial left calf perforator 12 cm above the heel, beneath the healed ulcer, 4.1 mm.",
            {("L", "medial, 12 cm above the heel, beneath the healed ulcer")},
        ),
        (
            "A perforator beneath the healed ulcer of the left leg is 3.3 mm with flow of 0.9 s.",
            {("L", "beneath the healed ulcer")},
        ),
        (
            "Right leg: perforator under the healed ulcer, 14 cm from the floor, 3.1 mm, 1.1 s.",
            {("R", "under the healed ulcer, 14 cm from the floor")},
        ),
        (
            "Perforator at the left medial distal calf, just above the ulcer bed, 4.4 mm.",
            {("L", "medial, just above the ulcer bed")},
        ),
        ("Right Cockett II perforator, 10 cm above MM, refluxes 0.7 s.", {("R", "10 cm above MM")}),
        ("The right calf perforator is not beneath the ulcer, 3.9 mm.", {("R", None)}),
        (
            "Right: incompetent perforators at 8 cm and 14 cm above the malleolus, 3.2 and 4 mm.",
            {("R", None)},
        ),
        (
            "Posterior calf perforator of the right leg 3.5 mm. None on the left.",
            {("R", "Posterior"), ("L", None)},
        ),
    ],
)
def test_location_of_a_perforator(
    text: str, expected: set[tuple[str, str | None]], knowledge: Knowledge
) -> None:
    """What stands around a perforator's name is its own, and no other's."""
    assert find_locations(text, knowledge) == expected


@pytest.mark.parametrize(
    ("location", "beneath"),
    [
        ("beneath the healed ulcer", True),
        ("medial, under the ulcer scar", True),
        ("in the ulcer bed", True),
        ("at the ulcer", True),
        ("deep to the open ulcer", True),
        ("medial, just above the ulcer bed", False),
        ("next to the ulcer", False),
        ("beside the ulcer", False),
        ("below the ulcer", False),
        ("12 cm above the heel", False),
        (None, False),
    ],
)
def test_beneath_an_ulcer(location: str | None, beneath: bool) -> None:
    """Only words that say so put a perforator beneath an ulcer: beside, above and below do not."""
    assert is_beneath_ulcer(location) is beneath

"""Times recomputed from caliper points, and what stands in the way of that."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ultrasound.assess.calipers import find_checks, list_caliper_review, set_up_bench
from ultrasound.domain import (
    Caliper,
    CaliperCheck,
    ContentItem,
    ContentNode,
    Document,
    Header,
    Leg,
    Observation,
    Place,
    Quantity,
    Region,
    Support,
)

TRACE = Region(3, 3, 80, 320, 719, 579, 4, 7, 0.01, -0.2)
PICTURE = Region(1, 1, 80, 20, 719, 299, 3, 3, 0.02, 0.02)
MOTION = Region(2, 0, 80, 320, 719, 579, 4, 3, 0.02, 0.02)
Points = tuple[tuple[float, float], ...]
ALONG: Points = ((200, 400), (430, 402))


def check(
    points: Points = ALONG,
    regions: tuple[Region, ...] = (PICTURE, TRACE),
    *,
    stated: str = "2.3",
    frame: int | None = None,
    shape: str = "POLYLINE",
    image: str = "1.2.3",
) -> CaliperCheck:
    """The check of a time of a structured report with its points on an image."""
    node = ContentNode("1.1.1", "SCOORD", "", None, value=shape, points=points, children=(
        ContentNode("1.1.1.1", "IMAGE", "", None, image=image, frame=frame),
    ))  # fmt: skip
    tree = ContentNode("1", "CONTAINER", "", None, children=(node,))
    header = Header("1.2.840.10008.5.1.4.1.1.6.1", "1.2.3", regions=regions)
    bench = set_up_bench(
        [Document("sr.dcm", "0", "sr", tree=tree), Document("us", "1", "us_image", header=header)]
    )
    ((_, found),) = find_checks([make_time(stated, image)], bench)
    return found


def make_time(stated: str, image: str = "1.2.3") -> Observation:
    """A reflux time as a structured report sends it, in seconds, perhaps with a bound."""
    number = Decimal(stated.lstrip(">")) * 1000
    return Observation(
        Place(Leg.RIGHT, "GSV", "proximal_thigh"),
        "reflux_time",
        Quantity(number, "ms", ">" if stated.startswith(">") else "="),
        ContentItem("sr.dcm", "1.1", "", f"Reflux Time {stated} s"),
        "sr.dcm",
        support=(Support("caliper", Caliper("sr.dcm", image, "1.1.1")),),
    )


def test_time_is_confirmed() -> None:
    """230 pixels of 0.01 s are the 2.3 s that the report states."""
    found = check()
    assert (found.verdict, found.ms) == ("confirmed", Decimal(2300))
    assert found.reason == "230 px × 0.01 s = 2.3 s"


@pytest.mark.parametrize(
    ("stated", "width", "expected"),
    [
        ("2.30", 232, "confirmed"),  # two pixels off: 0.02 s
        ("2.30", 233, "differs"),
        ("2.3", 235, "confirmed"),  # within the rounding of 2.3
        ("2.3", 236, "differs"),
        ("2", 240, "confirmed"),
        ("2", 251, "differs"),
        ("0.23", 230, "differs"),
    ],
)
def test_tolerance(stated: str, width: int, expected: str) -> None:
    """Two pixels' time or the rounding of the figure, whichever is larger."""
    assert check(((100, 400), (100 + width, 400)), stated=stated).verdict == expected


def test_sign_of_the_scale_and_order_of_points_do_not_matter() -> None:
    """A negative scale and points from right to left give the same time."""
    turned = Region(3, 3, 80, 320, 719, 579, 4, 7, -0.01, 0.2)
    assert check(ALONG[::-1], (turned,)).ms == Decimal(2300)


def test_regions_are_chosen_by_unit_then_by_format() -> None:
    """A trace is preferred to M-mode at the same place; an M-mode region of no data type serves."""
    assert check(regions=(PICTURE, MOTION, TRACE)).ms == Decimal(2300)
    assert check(regions=(PICTURE, MOTION)).ms == Decimal(4600)


def test_regions_of_frames() -> None:
    """The scale is that of the frame that the points lie on."""
    frames = tuple(
        Region(3, 3, 80, 320, 719, 579, 4, 7, 0.01 * number, -0.2, frame=number)
        for number in (1, 2)
    )
    assert check(regions=frames, frame=2).ms == Decimal(4600)
    unnamed = check(regions=frames)
    assert (unnamed.verdict, unnamed.ms) == ("cannot_verify", None)
    assert "frame" in unnamed.reason


OTHER_SCALE = Region(3, 3, 720, 320, 1400, 579, 4, 7, 0.02, -0.2)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (check(regions=()), "no region with a time axis"),
        (check(regions=(PICTURE,)), "no region with a time axis"),
        (check(((200, 400), (430, 100))), "outside"),
        (check(((200, 400), (900, 400)), (TRACE, OTHER_SCALE)), "different scales"),
        (check(((200, 400),)), "points cannot be read"),
        (check(((float("nan"), 400), (430, 400))), "points cannot be read"),
        (check(shape="ELLIPSE"), "no line"),
        (check(image="9.9"), "not among the files"),
        (check(regions=(Region(3, 3, 80, 320, 719, 579, 4, 7, 0.0, 0.2),)), "no region"),
    ],
)
def test_reasons(found: CaliperCheck, reason: str) -> None:
    """What cannot be verified says why, and has no time."""
    assert (found.verdict, found.ms) == ("cannot_verify", None)
    assert reason in found.reason


def test_bound_is_confirmed_by_a_longer_time() -> None:
    """More than 2 s is borne out by 2.3 s, and not by 1.5 s."""
    assert check(stated=">2").verdict == "confirmed"
    assert check(((200, 400), (350, 400)), stated=">2").verdict == "differs"


def test_review_tells_the_difference() -> None:
    """A time that its calipers do not bear out is asked about, with the difference."""
    observation, found = make_time("2.3"), check(stated="2.3")
    assert not list(list_caliper_review([(observation, found)]))
    differing = check(((200, 400), (380, 400)), stated="2.3")
    (item,) = list_caliper_review([(observation, differing)])
    assert (item.code, item.leg, item.vein) == ("conflict", Leg.RIGHT, "GSV")
    assert "differs by 0.5 s" in item.message

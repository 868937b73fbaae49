"""What became of each place from exam to exam, whatever the order in which the exams came."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from tests.assess.legs import parse_value
from tests.trends.exams import Row, follow, make_exam, read_rows
from ultrasound.trends.changes import compare, subtract

OLDEST = make_exam(1, "2023-03-01", "R GSV sfj reflux_time 2400; R GSV sfj diameter 7.4")
MIDDLE = make_exam(2, "2024-05-02", "R GSV sfj reflux_time >4000; L SSV spj reflux_time 800")
LATEST = make_exam(3, "2025-06-09", "R GSV sfj reflux_time 300; L SSV spj reflux_time 1200")
TOLD = (
    *("leg", "vein", "segment", "property"),
    *("first_date", "first_value", "last_date", "last_value", "change", "difference", "exams"),
)
SWAP = {"right": "left", "left": "right"}


def tell(row: Row) -> str:
    """A row in a line: place, first and last exam, change."""
    return " ".join("-" if row[name] is None else str(row[name]) for name in TOLD)


def test_three_exams(tmp_path: Path) -> None:
    """The last exam that states a thing against the first, and against the one before it."""
    assert follow(tmp_path, [LATEST, MIDDLE, OLDEST]).patients == 1
    rows = read_rows(tmp_path, "trends")
    assert [tell(row) for row in rows] == [
        "right GSV sfj reflux_time 2023-03-01 2400 2025-06-09 300 decreased -2100.0 3",
        "right GSV sfj status 2023-03-01 refluxing 2025-06-09 below_threshold changed - 3",
        "left SSV spj reflux_time 2024-05-02 800 2025-06-09 1200 increased 400.0 2",
        "left SSV spj status 2024-05-02 refluxing 2025-06-09 refluxing unchanged - 2",
    ]
    before = ("previous_date", "previous_value", "change_since_previous")
    assert [rows[0][name] for name in before] == ["2024-05-02", "> 4000", "decreased"]
    assert rows[0]["difference_since_previous"] is None
    studies = ("first_study", "previous_study", "last_study")
    assert [rows[0][name] for name in studies] == ["study-001", "study-002", "study-003"]
    assert {row["patient_id"] for row in rows} == {"P-1"}


@pytest.mark.parametrize("order", list(permutations([OLDEST, MIDDLE, LATEST])))
@pytest.mark.parametrize("per_batch", [1, 3])
def test_the_order_of_exams_does_not_matter(
    order: tuple[object, ...], per_batch: int, tmp_path: Path
) -> None:
    """The oldest exam may come last, and the exams may lie in any parts."""
    follow(tmp_path / "usual", [OLDEST, MIDDLE, LATEST])
    follow(tmp_path / "turned", order, per_batch)  # type: ignore[arg-type]
    assert read_rows(tmp_path / "turned", "trends") == read_rows(tmp_path / "usual", "trends")
    assert len(read_rows(tmp_path / "usual", "trends")) == 4


def test_swapped_legs_swap_the_trend(tmp_path: Path) -> None:
    """Reports about the other leg give the same rows about the other leg."""
    exams = ["R GSV sfj reflux_time 600; L SSV spj diameter 4", "R GSV sfj reflux_time 900"]
    exams[1] += "; L SSV spj diameter 3; R SSV spj diameter 5"
    turned = [text.translate(str.maketrans("RL", "LR")) for text in exams]
    for name, texts in {"as_is": exams, "turned": turned}.items():
        follow(tmp_path / name, [make_exam(n, f"2024-0{n}-01", t) for n, t in enumerate(texts, 1)])
    rows = read_rows(tmp_path / "as_is", "trends")
    swapped = [{**row, "leg": SWAP[str(row["leg"])]} for row in rows]
    assert sorted(swapped, key=repr) == sorted(read_rows(tmp_path / "turned", "trends"), key=repr)
    assert [row["leg"] for row in rows] == ["right", "right", "left"]


@pytest.mark.parametrize(
    ("prop", "one", "other", "change", "difference"),
    [
        ("reflux_time", "500", "1200", "increased", "700"),
        ("reflux_time", "1200", "500", "decreased", "-700"),
        ("diameter", "4.5", "4.5", "unchanged", "0"),
        ("reflux_time", "500", ">4000", "increased", None),
        ("reflux_time", ">4000", "4000", "decreased", None),
        ("reflux_time", ">=4000", "4000", "cannot_say", None),
        ("reflux_time", ">4000", ">4000", "cannot_say", None),
        ("reflux_time", "<500", "500", "increased", None),
        ("reflux_time", "400-900", "800", "cannot_say", None),
        ("reflux_time", "400-900", "1000", "increased", None),
        ("reflux_time", "~1000", "1050", "cannot_say", None),
        ("status", "refluxing", "treated_closed", "changed", None),
        ("status", "competent", "competent", "unchanged", None),
        ("status", "refluxing", "not_visualized", "cannot_say", None),
        ("status", "not_assessed", "not_assessed", "cannot_say", None),
        ("status", "cannot_say", "competent", "cannot_say", None),
    ],
)
def test_change(prop: str, one: str, other: str, change: str, difference: str | None) -> None:
    """Bounds that overlap decide nothing, and what was not seen did not change."""
    first, second = parse_value(prop, one), parse_value(prop, other)
    assert compare(first, second) == change
    assert subtract(first, second) == (None if difference is None else Decimal(difference))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "R CPV mid_calf diameter 4 #1; R CPV mid_calf diameter 5 #2",
            "R CPV mid_calf diameter 4",
            [],
        ),
        ("R CPV mid_calf diameter 4 #1", "R CPV mid_calf diameter 5 #1", []),
        ("R GSV sfj reflux absent", "R GSV sfj compressibility full", []),
        ("R GSV sfj reflux_time 900", "R GSV knee reflux_time 900", []),
        ("R GSV sfj reflux_time 900", "L GSV sfj reflux_time 900", []),
        ("- GSV sfj reflux_time 900", "- GSV sfj reflux_time 900", []),
        ("R GSV sfj diameter 4", "R GSV sfj diameter 5", ["diameter"]),
    ],
)
def test_only_the_same_place_is_followed(
    one: str, other: str, expected: list[str], tmp_path: Path
) -> None:
    """Veins that a report numbers, silence, other levels and other legs give no trend."""
    follow(tmp_path, [make_exam(1, "2024-01-01", one), make_exam(2, "2025-01-01", other)])
    assert [row["property"] for row in read_rows(tmp_path, "trends")] == expected


def test_two_exams_of_one_day(tmp_path: Path) -> None:
    """Nothing tells which of two values of one day came later."""
    days = [("2024-01-01", 700), ("2025-01-01", 900), ("2025-01-01", 500)]
    exams = [
        make_exam(n, day, f"R GSV sfj reflux_time {time}") for n, (day, time) in enumerate(days, 1)
    ]
    follow(tmp_path, exams)
    row = read_rows(tmp_path, "trends")[0]
    assert (row["last_value"], row["change"], row["difference"]) == ("900; 500", "cannot_say", None)
    assert row["exams"] == 2


def test_a_level_that_the_vein_answers_for_is_marked(tmp_path: Path) -> None:
    """Where all exams speak of the vein as a whole only, its levels say so."""
    exams = [make_exam(n, f"2024-0{n}-01", "R GSV - reflux absent") for n in (1, 2)]
    follow(tmp_path / "both", exams)
    marked = {row["segment"]: row["flags"] for row in read_rows(tmp_path / "both", "trends")}
    assert (marked[None], marked["knee"]) == (None, "from_vein")
    follow(tmp_path / "one", [exams[0], make_exam(2, "2024-02-01", "R GSV knee reflux absent")])
    assert [row["flags"] for row in read_rows(tmp_path / "one", "trends")] == [None]


def test_a_fact_of_the_level_itself_is_not_marked(tmp_path: Path) -> None:
    """A level's own time is its own where the vein adds its patency, and only a time is."""
    facts = "R GSV - patency patent; R GSV - reflux absent; R GSV knee diameter {}"
    exams = [make_exam(n, f"2024-0{n}-01", facts.format(n + 3)) for n in (1, 2)]
    follow(tmp_path / "size", exams)
    rows = read_rows(tmp_path / "size", "trends")
    marked = {(row["segment"], row["property"]): row["flags"] for row in rows}
    assert marked["knee", "diameter"] is None
    assert marked["knee", "status"] == marked["mid_thigh", "status"] == "from_vein"
    facts = "R GSV - patency patent; R GSV knee reflux_time 1600"
    follow(tmp_path / "time", [make_exam(n, f"2024-0{n}-01", facts) for n in (1, 2)])
    rows = read_rows(tmp_path / "time", "trends")
    assert [(row["segment"], row["property"], row["flags"]) for row in rows] == [
        ("knee", "reflux_time", None),
        ("knee", "status", None),
    ]

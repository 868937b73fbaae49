"""What a report repeats from an earlier exam, against that exam."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trends.exams import follow, make_exam, read_rows

EARLIER = "R GSV sfj reflux_time 2400; R GSV sfj diameter 7.4; R SSV - reflux absent"
NOW = "R GSV sfj reflux_time 2900"


@pytest.mark.parametrize(
    ("prior", "context", "asked"),
    [
        ("R GSV sfj reflux_time 2400 prior", "", 0),
        ("R GSV sfj reflux_time 3100 prior", "", 1),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date 2023-03-01", 1),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date 03/2023", 1),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date March 2023", 1),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date 2023", 1),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date 2022", 0),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date 04/2023", 0),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date 2022-03-01", 0),
        ("R GSV sfj reflux_time 3100 prior", "- comparison_date last autumn", 0),
        ("R GSV sfj reflux_time >2000 prior", "", 0),
        ("R GSV sfj reflux_time >2500 prior", "", 1),
        ("R GSV - reflux_time 2400 prior", "", 0),
        ("R GSV - reflux_time 3100 prior", "", 1),
        ("R GSV knee reflux_time 3100 prior", "", 0),
        ("L GSV sfj reflux_time 3100 prior", "", 0),
        ("R GSV sfj reflux_time 3100 prior ?", "", 0),
        ("R GSV sfj reflux_time 3100 prior !other_method", "", 0),
        ("R GSV sfj reflux_time 3100 prior; R GSV sfj diameter 9 prior", "", 2),
        ("R SSV - reflux absent prior", "", 0),
        ("R SSV - reflux present prior", "", 1),
        ("R SSV - treatment stripped prior", "", 0),
        ("R GSV sfj reflux_time 3100", "", 0),
    ],
)
def test_prior_value(prior: str, context: str, asked: int, tmp_path: Path) -> None:
    """An equal value is nothing, a differing one an item on the later study."""
    exams = [
        make_exam(1, "2025-06-09", f"{NOW}; {prior}", context),
        make_exam(2, "2023-03-01", EARLIER),
    ]
    assert follow(tmp_path, exams).review_items == asked
    review = read_rows(tmp_path, "review")
    assert [(row["study"], row["code"]) for row in review] == [("study-001", "conflict")] * asked


def test_the_item_names_both(tmp_path: Path) -> None:
    """Both values, both quotes and the earlier document are told, and the leg counts the item."""
    exams = [
        make_exam(1, "2023-03-01", EARLIER),
        make_exam(
            2, "2025-06-09", f"{NOW}; R GSV sfj reflux_time 3100 prior; L SSV - reflux absent"
        ),
    ]
    follow(tmp_path, exams)
    (item,) = read_rows(tmp_path, "review")
    assert [item[name] for name in ("document", "leg", "vein", "segment", "severity")] == [
        "site/report_2.txt", "right", "GSV", "sfj", "high",
    ]  # fmt: skip
    assert item["message"] == (
        "right GSV sfj: this report gives reflux time 3100 ms for an earlier exam; that of "
        "2023-03-01 (site/report_1.txt) says reflux time 2400 ms. Check which one holds."
    )
    assert item["quotes"] == ("R GSV sfj reflux_time 3100 prior; R GSV sfj reflux_time 2400")
    counted = {(r["study"], r["leg"]): r["review_items"] for r in read_rows(tmp_path, "legs")}
    assert counted["study-002", "right"] == 1
    assert counted["study-002", "left"] == counted["study-001", "right"] == 0
    lines = [str(r["line"]) for r in read_rows(tmp_path, "_lines") if r["study"] == "study-002"]
    assert sum('"type":"review"' in line for line in lines) == 1


def test_any_exam_that_can_be_meant_settles_it(tmp_path: Path) -> None:
    """Without a date the value may be that of any earlier exam, with one of that exam only."""
    days = ("2022-01-01", "2023-01-01")
    earlier = [make_exam(n, day, f"R GSV sfj reflux_time {n}000") for n, day in enumerate(days, 1)]
    facts = f"{NOW}; R GSV sfj reflux_time 1000 prior"
    follow(tmp_path / "undated", [*earlier, make_exam(3, "2024-01-01", facts)])
    assert read_rows(tmp_path / "undated", "review") == []
    dated = make_exam(3, "2024-01-01", facts, "- comparison_date 2023-01-01")
    follow(tmp_path / "dated", [*earlier, dated])
    assert "2000 ms" in str(read_rows(tmp_path / "dated", "review")[0]["message"])


def test_a_later_exam_is_no_prior_one(tmp_path: Path) -> None:
    """What a report repeats cannot be of an exam that was made after it."""
    exams = [
        make_exam(1, "2023-03-01", f"{NOW}; R GSV sfj reflux_time 3100 prior"),
        make_exam(2, "2025-06-09", EARLIER),
    ]
    assert follow(tmp_path, exams).review_items == 0

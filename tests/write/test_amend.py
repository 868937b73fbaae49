"""Review items that are added to the parts once all studies are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.write.studies import ACUTE, make_decided, make_result, make_review, write_parts
from ultrasound.domain import Leg
from ultrasound.write.amend import add_review
from ultrasound.write.columns import PART_TABLES
from ultrasound.write.parquet import read_table
from ultrasound.write.review_rows import LateItem

Tables = dict[str, list[dict[str, object]]]


def read_all(parts: Path) -> Tables:
    """Every row of the parts."""
    return {table: list(read_table(parts, table)) for table in PART_TABLES}


def test_it_is_as_if_the_items_had_come_with_their_studies(tmp_path: Path) -> None:
    """Counts, attention, order and lines are those of a study that had the items from the start."""
    first, late = make_review("unread"), make_review("identity_mismatch")
    leg = make_review("conflict", leg=Leg.LEFT)
    facts = {1: "R GSV sfj reflux absent; L GSV sfj reflux absent", 2: ACUTE, 3: ACUTE}
    whole = [
        make_result(1, facts[1], review=[first, leg]),
        make_result(2, facts[2], review=[first, late]),
        make_result(3, facts[3], review=[first]),
    ]
    studies = [make_result(n, facts[n], review=[first]) for n in facts]
    parts = write_parts(tmp_path / "parts", studies)
    asked = {"study-001": [leg], "study-002": [late], "study-x": [late]}
    add_review(parts, {study: [LateItem(item) for item in items] for study, items in asked.items()})
    assert _without_ids(read_all(parts)) == _without_ids(
        read_all(write_parts(tmp_path / "whole", whole))
    )


def _without_ids(tables: Tables) -> Tables:
    """Late items are known by ids of their own."""
    return {**tables, "review": [{**row, "id": None} for row in tables["review"]]}


def test_a_decided_item_is_settled(tmp_path: Path) -> None:
    """A decision stands in its row and in the trail of its study, and the item is not counted."""
    asked = {
        "study-002": [
            LateItem(make_review("identity_mismatch")),
            LateItem(make_review("conflict"), ("f",)),
        ]
    }
    results = [make_result(n, ACUTE) for n in (1, 2)]
    before = write_parts(tmp_path / "before", results)
    assert add_review(before, asked) == (2, set())
    keys = [str(row["id"]) for row in read_table(before, "review")]
    decided = make_decided(results[0]).corrections[0]
    lost = replace(
        decided,
        decision="accept",
        observation=None,
        review=keys[0],
        state="not_found",
        value_to=None,
    )
    after = write_parts(tmp_path / "after", results)
    assert add_review(after, asked, [lost, replace(lost, review="other", id="1")]) == (1, {lost.id})
    assert [row["id"] for row in read_table(after, "review")] == keys
    assert [row["decision"] for row in read_table(after, "review")] == ["accept", None]
    (trail,) = read_table(after, "corrections")
    assert (trail["study"], trail["state"]) == ("study-002", "in_force")
    for parts, items, urgent in ((before, 2, True), (after, 1, False)):
        legs = [row for row in read_table(parts, "legs") if row["study"] == "study-002"]
        assert {row["review_items"] for row in legs} == {items}
        assert {"identity_mismatch" in str(row["attention"]) for row in legs} == {urgent}


def test_nothing_to_add_writes_nothing(tmp_path: Path) -> None:
    """Batches without an item keep their files."""
    parts = write_parts(tmp_path / "parts", [make_result(n) for n in (1, 2, 3)])
    before = {path: path.stat().st_mtime_ns for path in parts.rglob("*.parquet")}
    add_review(parts, {"study-003": [LateItem(make_review("conflict"))]})
    after = {path: path.stat().st_mtime_ns for path in parts.rglob("*.parquet")}
    changed = {path.name for path, time in after.items() if before.get(path) != time}
    assert changed == {"00000001.parquet"}

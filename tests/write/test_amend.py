"""Review items that are added to the parts once all studies are there."""

from __future__ import annotations

from pathlib import Path

from tests.write.studies import ACUTE, make_result, make_review, write_parts
from ultrasound.domain import Leg
from ultrasound.write.amend import add_review
from ultrasound.write.columns import PART_TABLES
from ultrasound.write.parquet import read_table


def read_all(parts: Path) -> dict[str, list[dict[str, object]]]:
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
    add_review(parts, {"study-001": [leg], "study-002": [late], "study-x": [late]})
    assert read_all(parts) == read_all(write_parts(tmp_path / "whole", whole))


def test_nothing_to_add_writes_nothing(tmp_path: Path) -> None:
    """Batches without an item keep their files."""
    parts = write_parts(tmp_path / "parts", [make_result(n) for n in (1, 2, 3)])
    before = {path: path.stat().st_mtime_ns for path in parts.rglob("*.parquet")}
    add_review(parts, {"study-003": [make_review("conflict")]})
    after = {path: path.stat().st_mtime_ns for path in parts.rglob("*.parquet")}
    changed = {path.name for path, time in after.items() if before.get(path) != time}
    assert changed == {"00000001.parquet"}

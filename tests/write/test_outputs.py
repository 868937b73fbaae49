"""All outputs of a run: complete, the same on every run, and none left half written."""

from __future__ import annotations

from pathlib import Path

from tests.write.studies import ACUTE, make_result, make_review, write_all

RESULTS = [
    make_result(1),
    make_result(2, ACUTE),
    make_result(3, review=[make_review("identity_mismatch"), make_review("unread")]),
]


def read_bytes(folder: Path) -> dict[str, bytes]:
    """The content of each file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_bytes_on_every_run(tmp_path: Path) -> None:
    """Two runs give the same bytes, the workbook's too, however the studies were batched."""
    first = read_bytes(write_all(tmp_path / "a", RESULTS, per_batch=1))
    second = read_bytes(write_all(tmp_path / "b", RESULTS, per_batch=3))
    assert first == second


def test_files_of_a_run(tmp_path: Path) -> None:
    """The folder holds the workbook, the JSON lines, two files a table and two helpers, no more."""
    tables = ("legs", "segments", "observations", "context", "review", "criteria", "completeness")
    others = ("codes", "rls", "trends", "images", "files", "corrections")
    expected = {f"{table}.{end}" for table in (*tables, *others) for end in ("csv", "parquet")}
    expected |= {"evidence.xlsx", "observations.jsonl", "_links.parquet", "_studies.parquet"}
    assert set(read_bytes(write_all(tmp_path, RESULTS))) == expected


def test_run_without_studies(tmp_path: Path) -> None:
    """A run that found nothing still gives all files."""
    assert len(read_bytes(write_all(tmp_path, []))) == 30

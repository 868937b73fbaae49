"""Vein maps of a run: one for each study with a leg, named without a patient's data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import ultrasound.write.vein_map
from ultrasound.batch.outputs import hash_file
from ultrasound.batch.run import Job, run_batch
from ultrasound.config import Settings
from ultrasound.domain import FileEntry

REPORT = (
    "Patient: DOE, JANE\nDate of birth: 04/02/1961\nExam date: 03/02/2026\n"
    "VENOUS INSUFFICIENCY DUPLEX OF THE LOWER EXTREMITIES\n"
    "Right leg: The GSV at the SFJ shows reflux of 2.8 s. The right SSV is competent.\n"
)


def run(folder: Path, out: Path, *, maps: bool) -> tuple[list[str], tuple[FileEntry, ...]]:
    """Run the folder; what the person was told, and the fate of the files."""
    told: list[str] = []
    job = Job((folder,), out, settings=Settings(), maps=maps)
    summary = run_batch(job, lambda *_: None, told.append)
    return told, summary.files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One report of one study."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "doe_jane.txt").write_text(REPORT, encoding="utf-8")
    return folder


def test_maps_are_written_on_request(folder: Path, tmp_path: Path) -> None:
    """The file has the study's key for a name, its hash is recorded, and no patient is in it."""
    out = tmp_path / "out"
    _, files = run(folder, out, maps=True)
    (path,) = (out / "maps").iterdir()
    assert path.name == f"{files[0].study}.svg"
    svg = path.read_text("utf-8")
    ET.fromstring(svg)
    assert not re.search("doe|jane|1961", svg, re.IGNORECASE)
    assert "Right GSV, SFJ: refluxing, 2.8 s" in svg
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert record["outputs"][f"maps/{path.name}"] == hash_file(path)


def test_a_later_run_without_maps_removes_them(folder: Path, tmp_path: Path) -> None:
    """No map of an earlier run stays beside newer tables; what a person put there does."""
    out = tmp_path / "out"
    run(folder, out, maps=True)
    (out / "maps" / "mine.svg").write_text("mine", encoding="utf-8")
    run(folder, out, maps=False)
    assert [path.name for path in (out / "maps").iterdir()] == ["mine.svg"]


def test_no_maps_unless_asked(folder: Path, tmp_path: Path) -> None:
    """Maps are off by default."""
    run(folder, tmp_path / "out", maps=False)
    assert not (tmp_path / "out" / "maps").exists()


def test_a_map_that_fails_takes_nothing_from_the_rows(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told how many, observations.jsonl of which report, and the tables are whole."""

    def fail(*_: object) -> None:
        raise ArithmeticError("words of a report")

    run(folder, tmp_path / "whole", maps=False)
    monkeypatch.setattr(ultrasound.write.vein_map, "draw_map", fail)
    told, files = run(folder, tmp_path / "out", maps=True)
    assert told[-1].startswith("vein maps that could not be drawn: 1;")
    assert files[0].used
    lines = (tmp_path / "out" / "observations.jsonl").read_text("utf-8")
    assert '"stage":"map"' in lines
    assert "words of a report" not in lines
    tables = [tmp_path / name / "segments.csv" for name in ("whole", "out")]
    assert tables[0].read_bytes() == tables[1].read_bytes()

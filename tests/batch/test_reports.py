"""Text reports of a run: one for each study and format, named without a patient's data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import ultrasound.write.report.formats
from tests.batch.test_over_time import LATEST, MIDDLE, OLDEST
from ultrasound.batch.outputs import hash_file
from ultrasound.batch.run import Job, run_batch
from ultrasound.domain import FileEntry
from ultrasound.errors import ConfigError, UsageError
from ultrasound.write.report.compose import compose_report

REPORTS = {"a_doe.txt": OLDEST, "b_doe.txt": MIDDLE, "c_doe.txt": LATEST}


def run(
    folder: Path, out: Path, *formats: str, workers: int = 1
) -> tuple[list[str], tuple[FileEntry, ...]]:
    """Run the folder; what the person was told, and the fate of the files."""
    told: list[str] = []
    job = Job((folder,), out, workers, formats=formats)
    summary = run_batch(job, lambda *_: None, told.append)
    return told, summary.files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three exams of one patient, of which the second repeats a value wrongly."""
    folder = tmp_path_factory.mktemp("reports") / "incoming"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_reports_are_written_on_request(folder: Path, tmp_path: Path) -> None:
    """Each has its study's key for a name, and its hash is recorded."""
    out = tmp_path / "out"
    _, files = run(folder, out, "md", "docx", "md")
    names = sorted(path.name for path in (out / "reports").iterdir())
    assert names == sorted(f"{entry.study}.{end}" for entry in files for end in ("docx", "md"))
    assert all(re.fullmatch(r"[0-9a-f]{16}\.(docx|md)", name) for name in names)
    record = json.loads((out / "run.json").read_text("utf-8"))
    for name in names:
        assert record["outputs"][f"reports/{name}"] == hash_file(out / "reports" / name)


def test_what_is_noticed_between_exams_is_in_the_report(folder: Path, tmp_path: Path) -> None:
    """A value that another exam contradicts is an open item of the later exam's report."""
    _, files = run(folder, tmp_path / "out", "md")
    texts = {
        entry.path: (tmp_path / "out" / "reports" / f"{entry.study}.md").read_text("utf-8")
        for entry in files
    }
    assert "| **high** | **conflict: right, GSV, SFJ** |" in texts["b_doe.txt"]
    assert "conflict" not in texts["a_doe.txt"]


def test_the_number_of_workers_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    """Two processes write the same reports as one."""
    for name, workers in (("one", 1), ("two", 2)):
        run(folder, tmp_path / name, "docx", "md", workers=workers)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "reports").iterdir()}
        for name in ("one", "two")
    )
    assert one == two != {}


def test_no_reports_unless_asked(folder: Path, tmp_path: Path) -> None:
    """They are off by default, and a later run without them leaves none of an earlier one."""
    out = tmp_path / "out"
    run(folder, out, "md")
    (out / "reports" / "mine.md").write_text("mine", encoding="utf-8")
    run(folder, out)
    assert [path.name for path in (out / "reports").iterdir()] == ["mine.md"]
    run(folder, tmp_path / "other")
    assert not (tmp_path / "other" / "reports").exists()


def test_a_report_that_a_person_edited_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    """A second run stops before it takes a physician's words."""
    out = tmp_path / "out"
    run(folder, out, "md")
    edited = min((out / "reports").iterdir())
    edited.write_text("seen and signed", encoding="utf-8")
    with pytest.raises(UsageError, match="was edited since it was written; move it away"):
        run(folder, out, "md")
    assert edited.read_text("utf-8") == "seen and signed"


def test_an_unknown_format_is_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    """Nothing is written."""
    with pytest.raises(ConfigError, match="format 'pdf' is not known"):
        run(folder, tmp_path / "out", "pdf")
    assert not (tmp_path / "out").exists()


def test_a_report_that_fails_takes_nothing_from_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told how many, observations.jsonl of which exam, and nothing else changes."""

    def fail(rows: object) -> object:
        if "b_doe" in str(rows):
            raise ArithmeticError("words of a report")
        return compose_report(rows)  # type: ignore[arg-type]

    monkeypatch.setattr(ultrasound.write.report.formats, "compose_report", fail)
    told, files = run(folder, tmp_path / "out", "md")
    assert told[-1].startswith("text reports that could not be made: 1;")
    assert all(entry.used for entry in files)
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 2
    lines = (tmp_path / "out" / "observations.jsonl").read_text("utf-8").splitlines()
    (problem,) = [line for line in lines if '"stage":"report"' in line]
    assert '"path":"b_doe.txt"' in problem
    assert "words of a report" not in problem

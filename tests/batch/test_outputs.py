"""The output folder: what may be replaced in it, and what never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ultrasound.batch.outputs import (
    RECORD,
    check_output,
    hash_file,
    prepare_output,
    write_record,
)
from ultrasound.errors import UsageError
from ultrasound.write.outputs import WORKBOOK


def finish(out: Path, workbook: str = "sheet") -> None:
    """Leave a folder as a run leaves it."""
    out.mkdir(exist_ok=True)
    (out / WORKBOOK).write_text(workbook, encoding="utf-8")
    (out / "legs.csv").write_text("old", encoding="utf-8")
    write_record(
        out, {"program": "venous-ultrasound", "outputs": {WORKBOOK: hash_file(out / WORKBOOK)}}
    )


def prepare(out: Path, *inputs: Path) -> list[str]:
    """Prepare a folder; what the person is told."""
    told: list[str] = []
    check_output(out, inputs)
    prepare_output(out, told.append)
    return told


def test_a_new_folder_is_made_and_marked(tmp_path: Path) -> None:
    """From the first moment on a run is known as one, so that it can be repeated."""
    assert prepare(tmp_path / "deep" / "out") == []
    record = json.loads((tmp_path / "deep" / "out" / RECORD).read_text("utf-8"))
    assert record == {"program": "venous-ultrasound", "finished": False}
    assert prepare(tmp_path / "deep" / "out") != []


def test_an_earlier_run_is_replaced_and_told(tmp_path: Path) -> None:
    """Own outputs go, other files stay, and the person is told."""
    out = tmp_path / "out"
    finish(out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert prepare(out) == [f"replacing the outputs of an earlier run in {out}"]
    assert sorted(path.name for path in out.iterdir()) == ["notes.txt", RECORD]


def test_files_of_others_are_not_replaced(tmp_path: Path) -> None:
    """A folder that holds a file of our names and no record of ours is refused as it is."""
    (tmp_path / "legs.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds a legs\.csv that no run of this program wrote"):
        prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["legs.csv"]


def test_a_record_of_another_program_is_not_ours(tmp_path: Path) -> None:
    """Any program may write a run.json."""
    (tmp_path / RECORD).write_text('{"program": "other"}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds a run\.json that no run"):
        prepare(tmp_path)


def test_an_edited_workbook_is_not_replaced(tmp_path: Path) -> None:
    """A physician's decisions are not overwritten by a second run."""
    finish(tmp_path)
    (tmp_path / WORKBOOK).write_text("sheet with decisions", encoding="utf-8")
    with pytest.raises(UsageError, match="was edited since it was written; move it away"):
        prepare(tmp_path)
    assert (tmp_path / WORKBOOK).read_text("utf-8") == "sheet with decisions"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """The person learns that a folder is needed."""
    path = tmp_path / "out"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file; name a folder"):
        prepare(path)
    with pytest.raises(UsageError, match="cannot be written to"):
        prepare(path / "deeper")


def test_the_output_folder_is_no_input(tmp_path: Path) -> None:
    """Reading from the folder that is written to would never end well."""
    with pytest.raises(UsageError, match="is an input as well"):
        prepare(tmp_path, tmp_path)

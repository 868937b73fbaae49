"""One DICOM object in several files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.make_dicom_samples import make_measured
from tests.read.dicom_objects import write_bytes
from ultrasound.batch.run import Job, run_batch
from ultrasound.config import Settings


def run(folder: Path, out: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The Files and Review tables of a run."""
    run_batch(Job((folder,), out, 1, Settings()), lambda *_: None, lambda _: None)
    return pd.read_csv(out / "files.csv").set_index("path"), pd.read_csv(out / "review.csv")


@pytest.mark.parametrize("names", [("a.dcm", "b.dcm"), ("b.dcm", "a.dcm")])
def test_the_whole_version_is_used(tmp_path: Path, names: tuple[str, str]) -> None:
    """Of two different files with one identifier the fuller one, whatever its name; both named."""
    folder = tmp_path / "in"
    folder.mkdir()
    whole, part = names
    dataset = make_measured()["report.dcm"]
    (folder / whole).write_bytes(write_bytes(dataset))
    del dataset.ContentSequence[-1]
    (folder / part).write_bytes(write_bytes(dataset))
    files, review = run(folder, tmp_path / "out")
    assert bool(files.loc[whole, "used"])
    assert not bool(files.loc[part, "used"])
    assert files.loc[part, "code"] == "other_version"
    (message,) = review[review["code"] == "conflict"]["message"]
    assert whole in message
    assert part in message


def test_the_same_bytes_twice_are_a_copy(tmp_path: Path) -> None:
    """Identical files are one, and nothing is asked."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.dcm", "b.dcm"):
        (folder / name).write_bytes(write_bytes(make_measured()["report.dcm"]))
    files, review = run(folder, tmp_path / "out")
    assert files.loc["b.dcm", "code"] == "duplicate"
    assert review.empty


def test_a_cut_version_is_a_problem_and_the_whole_one_is_used(tmp_path: Path) -> None:
    """What was cut short is listed as such."""
    folder = tmp_path / "in"
    folder.mkdir()
    data = write_bytes(make_measured()["report.dcm"])
    (folder / "a.dcm").write_bytes(data[: len(data) // 2])
    (folder / "b.dcm").write_bytes(data)
    files, _ = run(folder, tmp_path / "out")
    assert files.loc["a.dcm", "code"] == "truncated"
    assert bool(files.loc["b.dcm", "used"])

"""The tables of a run as data frames."""

from __future__ import annotations

from pathlib import Path

import pytest

from ultrasound.cli import main
from ultrasound.errors import UsageError
from ultrasound.write.columns import TABLES
from ultrasound.write.frame import read_frame

REPORT = "VENOUS DUPLEX, RIGHT LEG\nGSV at mid thigh 5.4 mm, reflux 1.2 s. SSV competent.\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run over one report."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "report.txt").write_text(REPORT, "utf-8")
    with pytest.raises(SystemExit):
        main(["run", str(folder / "report.txt"), "--out", str(folder / "out")])
    return folder / "out"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_reads_with_its_columns(run: Path, table: str) -> None:
    """Each table of a run is a frame with the columns that its page lists."""
    assert list(read_frame(run, table).columns) == [column.name for column in TABLES[table]]


def test_missing_values_stay_missing(run: Path) -> None:
    """What was not measured is missing, and what was measured is a number."""
    frame = read_frame(run, "segments")
    gsv = frame[(frame["vein"] == "GSV") & (frame["segment"] == "mid_thigh")]
    ssv = frame[frame["vein"] == "SSV"]
    assert gsv["reflux_time_ms"].tolist() == [1200]
    assert ssv["reflux_time_ms"].isna().all()


@pytest.mark.parametrize(("table", "message"), [("legz", "no table 'legz'"), ("legs", "not here")])
def test_wrong_names_are_told(tmp_path: Path, table: str, message: str) -> None:
    """A table that is not known, or a folder without it, is told with what to do."""
    with pytest.raises(UsageError, match=message):
        read_frame(tmp_path, table)

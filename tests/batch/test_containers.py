"""Whole runs on archives and media: the same results as from folders, whatever holds the files."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.batch.test_run import bytes_of, run
from tests.read.media import make_medium
from tests.zips import UP, make_zip, zip_folder
from ultrasound.batch.lines import extract_lines
from ultrasound.batch.medium import list_missing
from ultrasound.batch.summary import Summary
from ultrasound.config import Settings
from ultrasound.domain import FileEntry
from ultrasound.knowledge import load_knowledge

SAMPLES = Path(__file__).parents[2] / "sample_reports"
STUDY = "dicom/text_and_sr"


def copy_samples(target: Path) -> Path:
    """Samples of several kinds, one of them cut short, and clutter."""
    for name in ("dicom", "two_reports_in_one", "prose_by_leg"):
        shutil.copytree(SAMPLES / name, target / name)
    (target / "dicom" / "half.dcm").write_bytes(
        (target / "dicom" / "sr_measured" / "report.dcm").read_bytes()[:3000]
    )
    shutil.copy(target / "prose_by_leg" / "heel_heights_dodd.txt", target / "copy.txt")
    (target / ".DS_Store").write_bytes(b"\0\0\0\x01Bud1\0\0")
    return target


def files_of(done: Summary) -> dict[str, FileEntry]:
    """The rows of the Files table."""
    return {entry.path: entry for entry in done.files}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one archive of samples in it."""
    folder = tmp_path_factory.mktemp("packed")
    samples = copy_samples(tmp_path_factory.mktemp("samples"))
    (folder / "a.zip").write_bytes(zip_folder(samples))
    return folder


@pytest.fixture(scope="module")
def done(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """The run over the archive."""
    return run(tmp_path_factory.mktemp("done") / "out", packed)


def test_an_archive_gives_what_its_folder_gives(packed: Path, done: Summary) -> None:
    """Every table but for the archive's own row is the same, byte for byte."""
    home = packed.parent / f"{packed.name}_as_folder"
    copy_samples(home / "a.zip")
    plain = run(home.parent / f"{home.name}_out", home)
    one, other = bytes_of(done.workbook.parent), bytes_of(plain.workbook.parent)
    differ = {name for name in one if one[name] != other[name]}
    assert differ == {"evidence.xlsx", "files.csv", "files.parquet", "run.json"}
    rows = files_of(done)
    own = rows.pop("a.zip")
    assert (own.kind, own.code, own.used, own.failed) == ("container", "archive", False, False)
    assert rows == files_of(plain)
    assert {**done.counts, "files": done.counts["files"] - 1} == plain.counts
    assert done.counts["legs"] > 10


def test_two_workers_read_an_archive_as_one_does(
    packed: Path, done: Summary, tmp_path: Path
) -> None:
    """Every output is the same, byte for byte."""
    two = run(tmp_path / "out", packed, workers=2)
    assert bytes_of(two.workbook.parent) == bytes_of(done.workbook.parent)


def test_a_report_in_an_archive_joins_its_images(tmp_path: Path) -> None:
    """Studies are put together from archives and folders alike, and from two archives."""
    source = SAMPLES / STUDY
    (tmp_path / "in").mkdir()
    for name in ("report.txt", "measurements.dcm"):
        data = (source / name).read_bytes()
        (tmp_path / "in" / f"{name}.zip").write_bytes(make_zip({name: data}))
    rows = files_of(run(tmp_path / "out", tmp_path / "in"))
    text, scan = rows["report.txt.zip/report.txt"], rows["measurements.dcm.zip/measurements.dcm"]
    assert text.used
    assert text.study == scan.study is not None


def test_hostile_archives_in_a_run(tmp_path: Path) -> None:
    """A trick, a bomb and a lie are rows and lines of problems; the report beside them is read."""
    report = (SAMPLES / STUDY / "report.txt").read_bytes()
    members = {f"{UP}up.txt": report, "bomb.dcm": b"\0" * 9_000_000, "r.txt": report}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(make_zip(members))
    rows = files_of(run(tmp_path / "out", tmp_path / "in"))
    found = {path: (entry.used, entry.code, entry.failed) for path, entry in rows.items()}
    assert found == {
        "a.zip": (False, "archive", False),
        "a.zip/%2E%2E/up.txt": (False, "unsafe_name", True),
        "a.zip/bomb.dcm": (False, "bomb", True),
        "a.zip/r.txt": (True, None, False),
    }
    lines = (tmp_path / "out" / "observations.jsonl").read_text("utf-8").splitlines()
    problems = [line for line in map(json.loads, lines) if line["type"] == "problem"]
    assert {(p["path"], p["code"]) for p in problems} == {
        ("a.zip/%2E%2E/up.txt", "unsafe_name"),
        ("a.zip/bomb.dcm", "bomb"),
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


# --- media ---------------------------------------------------------------------------------------


def make_disc(folder: Path, *, lower: bool = False) -> Path:
    """A disc with a study of two files and one that no directory lists; the third is missing."""
    listed = {"DATA/SR1": "measurements.dcm", "DATA/TXT1": "report.txt"}
    for name, source in listed.items():
        path = folder / (name.lower() if lower else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLES / STUDY / source, path)
    shutil.copy(SAMPLES / "dicom" / "us_images" / "IM0001", folder / "EXTRA")
    directory = folder / ("dicomdir" if lower else "DICOMDIR")
    directory.write_bytes(make_medium(*listed, "DATA/IM9"))
    return directory


@pytest.mark.parametrize("lower", [False, True], ids=["capitals", "small"])
@pytest.mark.parametrize("form", ["folder", "archive"])
def test_what_a_directory_lists_and_is_not_there_is_told(
    tmp_path: Path, lower: bool, form: str
) -> None:
    """The directory has a row, its missing file a problem; the case of letters makes none."""
    directory = make_disc(tmp_path / "in" / "a.zip", lower=lower)
    if form == "archive":
        data = zip_folder(directory.parent)
        shutil.rmtree(directory.parent)
        (tmp_path / "in" / "a.zip").write_bytes(data)
    rows = files_of(run(tmp_path / "out", tmp_path / "in"))
    own = rows[f"a.zip/{directory.name}"]
    assert (own.kind, own.code, own.failed) == ("other_dicom", "medium_directory", False)
    assert own.reason == "the directory of a medium (DICOMDIR): it lists 3 files"
    assert [(e.path, e.code) for e in rows.values() if e.failed] == [("a.zip/DATA/IM9", "missing")]
    data_folder = "data" if lower else "DATA"
    assert rows[f"a.zip/{data_folder}/{'sr1' if lower else 'SR1'}"].used
    text = (tmp_path / "out" / "observations.jsonl").read_text("utf-8")
    assert text.count('"code":"missing"') == 1
    with (tmp_path / "out" / "files.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert sum(row["code"] == "missing" for row in csv.DictReader(stream)) == 1


@pytest.mark.parametrize("lower", [False, True], ids=["capitals", "small"])
def test_a_directory_given_alone_stands_for_its_files(tmp_path: Path, lower: bool) -> None:
    """The files that it lists are read under the names that their folder would give them."""
    directory = make_disc(tmp_path / "disc", lower=lower)
    alone = files_of(run(tmp_path / "out", directory))
    whole = files_of(run(tmp_path / "all", directory.parent))
    assert whole.pop("EXTRA").used
    assert alone == whole
    assert {entry.code for entry in alone.values()} == {None, "medium_directory", "missing"}


def test_a_directory_beside_other_inputs(tmp_path: Path) -> None:
    """Two discs are told apart by their folders, and a file given twice is read once."""
    one, two = make_disc(tmp_path / "one"), make_disc(tmp_path / "two")
    (tmp_path / "two" / "DATA" / "SR1").write_bytes(b"\0" * 200)
    rows = files_of(run(tmp_path / "out", one, two, tmp_path / "one" / "DATA" / "SR1"))
    assert rows["one/DICOMDIR"].code == "medium_directory"
    assert rows["two/DICOMDIR"].code == "duplicate"
    assert rows["two/DATA/SR1"].code == "truncated"
    assert {path for path, entry in rows.items() if entry.code == "missing"} == {
        "one/DATA/IM9",
        "two/DATA/IM9",
    }
    assert sum(path.endswith("SR1") for path in rows) == 2


def test_lines_tell_what_is_missing(tmp_path: Path) -> None:
    """The command that writes lines names it as well."""
    refused: list[FileEntry] = []
    directory = make_disc(tmp_path / "disc")
    tools = (load_knowledge(), Settings())
    lines = list(extract_lines([directory], *tools, lambda *_: None, refused.append))
    assert [e.path for e in refused if e.code == "missing"] == ["DATA/IM9"]
    assert sum('"code":"missing"' in line for line in lines) == 1


def test_a_listed_name_never_leads_out_of_the_medium(tmp_path: Path) -> None:
    """A directory that lists a file outside its folder does not make it an input."""
    (tmp_path / "disc").mkdir()
    shutil.copy(SAMPLES / STUDY / "measurements.dcm", tmp_path / "SECRET")
    directory = tmp_path / "disc" / "DICOMDIR"
    shutil.copy(SAMPLES / STUDY / "measurements.dcm", tmp_path / "disc" / "SR1")
    listed = make_medium("SR1", "AA/SECRET")
    directory.write_bytes(listed.replace(b"AA\\SECRET", b"..\\SECRET"))
    rows = files_of(run(tmp_path / "out", directory))
    assert {path: entry.code for path, entry in rows.items()} == {
        "DICOMDIR": "medium_directory",
        "SR1": None,
        "%2E%2E/SECRET": "missing",
    }


def test_a_missing_file_is_told_once() -> None:
    """Listed twice, or in two directories of one folder, it has one row."""
    rows = list_missing({"d/DICOMDIR": ["A/B", "C"], "d/COPY": ["a/b"]}, ["d/c"])
    assert [row.path for row in rows] == ["d/A/B"]

"""A whole run on real files: what is written, and that nothing but the inputs decides it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from ultrasound.batch import process
from ultrasound.batch.run import Job, run_batch
from ultrasound.batch.summary import Summary
from ultrasound.config import Settings
from ultrasound.errors import ConfigError

SAMPLES = Path(__file__).parents[2] / "sample_reports"
FOLDERS = ("dicom", "not_ours", "two_reports_in_one", "prose_by_leg")


def run(out: Path, *inputs: Path, workers: int = 1, settings: Settings | None = None) -> Summary:
    """Run a batch in silence."""
    job = Job(inputs, out, workers, settings or Settings())
    return run_batch(job, lambda *_: None, lambda _: None)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Some of the samples, a broken file and a copy."""
    folder = tmp_path_factory.mktemp("inputs")
    for name in FOLDERS:
        shutil.copytree(SAMPLES / name, folder / name)
    (folder / "broken").mkdir()
    (folder / "broken" / "half.dcm").write_bytes(
        (folder / "dicom" / "sr_measured" / "report.dcm").read_bytes()[:3000]
    )
    shutil.copy(folder / "prose_by_leg" / "heel_heights_dodd.txt", folder / "broken" / "copy.txt")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def done(inputs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """The run that the others are compared with."""
    return run(tmp_path_factory.mktemp("done") / "out", *inputs)


def bytes_of(out: Path) -> dict[str, bytes]:
    """Every file of an output folder."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_order_of_inputs_and_the_number_of_workers_change_no_byte(
    inputs: list[Path], done: Summary, tmp_path: Path, workers: int
) -> None:
    """Every output is the same, byte for byte."""
    turned = run(tmp_path / "elsewhere", *inputs[::-1], workers=workers)
    assert turned.counts == done.counts
    first, second = bytes_of(done.workbook.parent), bytes_of(turned.workbook.parent)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_every_input_file_has_its_row(inputs: list[Path], done: Summary) -> None:
    """Used or not, each path is in the list, and only what should have been usable failed."""
    given = {
        f"{folder.name}/{path.relative_to(folder).as_posix()}"
        for folder in inputs
        for path in folder.rglob("*")
        if path.is_file()
    }
    listed = {entry.path: entry for entry in done.files}
    assert given - listed.keys() == set()
    assert {path.partition("#")[0] for path in listed.keys() - given} <= given
    assert all(entry.used or (entry.code and entry.reason) for entry in done.files)
    assert [entry.path for entry in done.unused] == ["broken/half.dcm"]
    copy = listed["prose_by_leg/heel_heights_dodd.txt"]
    assert (copy.code, copy.used) == ("duplicate", True)


def test_text_and_structured_report_of_one_study_are_one_study(done: Summary) -> None:
    """The sample study with both is joined, and its legs have one row each."""
    entries = {entry.path: entry for entry in done.files}
    text = entries["dicom/text_and_sr/report.txt"]
    scan = entries["dicom/text_and_sr/measurements.dcm"]
    assert text.study == scan.study is not None
    assert text.joined_by == scan.joined_by == "accession"
    legs = (done.workbook.parent / "legs.csv").read_text("utf-8").splitlines()
    assert sum(line.startswith(f"{text.study},") for line in legs) == 2


def test_two_reports_in_one_file_are_two_studies(done: Summary) -> None:
    """The second report is a document of its own."""
    entries = {entry.path: entry for entry in done.files}
    name = "two_reports_in_one/two_patients.txt"
    studies = {entries[name].study, entries[f"{name}#2"].study}
    assert len(studies - {None}) == 2


def test_the_record_names_what_went_in_and_came_out(inputs: list[Path], done: Summary) -> None:
    """Versions, hashes and counts are there; the folder that it ran in is not."""
    out = done.workbook.parent
    text = (out / "run.json").read_text("utf-8")
    record = json.loads(text)
    assert record["finished"] is True
    assert set(record["versions"]) >= {"venous-ultrasound", "python", "pydicom", "spacy"}
    assert len(record["knowledge_hash"]) == 64
    assert record["counts"]["files"] == len(record["inputs"]) == len(done.files)
    assert sorted(record["outputs"]) == sorted(
        path.name for path in out.iterdir() if path.name != "run.json"
    )
    assert str(inputs[0].parent) not in text


def test_no_output_names_the_folder_of_the_inputs(inputs: list[Path], done: Summary) -> None:
    """Outputs can be handed on: no path of this machine is in them."""
    place = str(inputs[0].parent).encode()
    assert [name for name, data in bytes_of(done.workbook.parent).items() if place in data] == []


def test_a_study_that_fails_is_told_and_the_others_are_written(
    inputs: list[Path], done: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of the failed study are not used, with the reason; nothing else changes."""
    build = process.make_study

    def fail(plan: object, documents: object) -> object:
        study = build(plan, documents)  # type: ignore[arg-type]
        if any("text_and_sr/" in document.name for document in study.documents):
            raise ArithmeticError("DOE, JANE")
        return study

    monkeypatch.setattr(process, "make_study", fail)
    found = run(tmp_path / "out", *inputs)
    assert [entry.path for entry in found.unused] == [
        "broken/half.dcm",
        "dicom/text_and_sr/measurements.dcm",
        "dicom/text_and_sr/report.txt",
    ]
    assert found.counts["studies"] == done.counts["studies"]
    assert found.counts["legs"] == done.counts["legs"] - 2
    lines = (tmp_path / "out" / "observations.jsonl").read_text("utf-8")
    assert lines.count('"code":"internal_error"') == 2
    assert "DOE, JANE" not in lines


def test_an_unknown_criteria_set_stops_before_anything_is_written(
    inputs: list[Path], tmp_path: Path
) -> None:
    """The output folder is not touched."""
    with pytest.raises(ConfigError, match="choose one of"):
        run(tmp_path / "out", *inputs, settings=Settings(criteria="nothing"))
    assert not (tmp_path / "out").exists()


def test_an_unknown_payer_stops_before_anything_is_written(
    inputs: list[Path], tmp_path: Path
) -> None:
    """The output folder is not touched."""
    with pytest.raises(ConfigError, match="choose from"):
        run(tmp_path / "out", *inputs, settings=Settings(payers=("nothing",)))
    assert not (tmp_path / "out").exists()


def test_payers_add_rows_of_criteria_and_nothing_else(tmp_path: Path) -> None:
    """With profiles asked for, legs and observations are the same, and each profile has rows."""
    report = SAMPLES / "prose_by_leg" / "heel_heights_dodd.txt"
    names = ("aetna_0050_2018", "connectcare")
    run(tmp_path / "without", report)
    run(tmp_path / "with", report, settings=Settings(payers=names))
    before, after = bytes_of(tmp_path / "without"), bytes_of(tmp_path / "with")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"criteria.csv", "criteria.parquet", "evidence.xlsx", "run.json"}
    rows = after["criteria.csv"].decode("utf-8-sig")
    assert all(f",{name}:" in rows for name in names)


def test_swapping_the_legs_of_a_report_swaps_what_payers_ask(tmp_path: Path) -> None:
    """From the words of a report to the table of criteria, each leg has its own answers."""
    sides: dict[str, list[tuple[str, str, str, str]]] = {}
    for number, (one, other) in enumerate((("RIGHT", "LEFT"), ("LEFT", "RIGHT"))):
        report = tmp_path / f"{number}.txt"
        report.write_text(
            "BILATERAL VENOUS REFLUX STUDY\nMRN: 7   Exam date: 2024-01-02\n\n"
            f"{one} LEG:\nGSV at the SFJ: reflux 2.1 s. GSV proximal thigh: 4.4 mm.\n\n"
            f"{other} LEG:\nGSV at the SFJ: no reflux. GSV proximal thigh: 4.5 mm.\n",
            encoding="utf-8",
        )
        run(tmp_path / one, report, settings=Settings(payers=("aetna_0050_2018",)))
        with (tmp_path / one / "criteria.csv").open(encoding="utf-8-sig", newline="") as table:
            rows = [row for row in csv.DictReader(table) if row["criterion"].startswith("aetna")]
        leg = {"RIGHT": "right", "LEFT": "left"}
        for side, asked in ((one, "one"), (other, "other")):
            found = [
                (row["criterion"], row["verdict"], row["found"], row["reason"])
                for row in rows
                if row["leg"] == leg[side]
            ]
            assert sides.setdefault(asked, found) == found
    verdicts = {name: [row[1] for row in rows[:2]] for name, rows in sides.items()}
    assert verdicts == {"one": ["met", "not_met"], "other": ["not_met", "met"]}


def test_200_reports_of_200_patients_are_200_studies(tmp_path: Path) -> None:
    """In one folder, with equal wording, each report stands alone."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(200):
        identity = f"MRN: {number}   Exam date: 2024-01-02"
        text = f"VENOUS DUPLEX, RIGHT LEG\n{identity}\n\nNo DVT. GSV competent.\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    found = run(tmp_path / "out", folder)
    assert (found.counts["studies"], found.counts["legs"]) == (200, 200)
    assert len({entry.study for entry in found.files}) == 200

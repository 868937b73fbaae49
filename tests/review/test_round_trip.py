"""The way back: a physician corrects the workbook, and the corrections stand with their trail."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.knowledge.test_own import CRITERIA, PAYER, write
from tests.review.booking import OpenBook
from tests.review.reviewed import HOSTILE, SAMPLES, WHEN, bytes_of, pick, review, rows, run
from ultrasound.batch.run import Job, run_batch
from ultrasound.config import Settings
from ultrasound.evaluate import evaluate_folder
from ultrasound.evaluate.facts import read_gold
from ultrasound.knowledge import load_knowledge
from ultrasound.review.compare import compare_workbook
from ultrasound.review.trail import read_trail


def test_corrections_stand_with_their_trail(home: Path) -> None:
    """Each decision is in the tables, with what, from, to, who, when and where."""
    trail = rows(home / "reviewed", "corrections")
    assert {row["decided"] for row in trail} == {WHEN}
    assert {row["workbook"] for row in trail} == {"decided.xlsx"}
    assert {row["state"] for row in trail} == {"in_force"}
    told = [(r["decision"], r["value_from"], r["value_to"], r["initials"]) for r in trail]
    assert sorted(told, key=str) == [
        ("accept", "1900 ms", None, "AB"),
        ("accept", "acute", None, "AB"),
        ("add", None, "> 900 ms", "AB"),
        ("correct", "1400 ms", "1900 ms", "AB"),
        ("correct", "7.4 mm", "4.1 mm", "CD"),
        ("reject", "acute", None, "AB"),
    ]
    assert str(pick(trail, initials="CD")["cell"]).startswith("Segments!")


def test_what_was_read_stays_listed_and_flagged(home: Path) -> None:
    """The old value and the reviewer's stand side by side, and nothing else is lost."""
    before, after = rows(home / "out", "observations"), rows(home / "reviewed", "observations")
    assert {row["id"] for row in before} <= {row["id"] for row in after}
    added = [row for row in after if row["source_kind"] == "reviewer"]
    assert sorted(str(row["value_number"]) for row in added) == ["1900.0", "4.1", "900.0"]
    flags = [str(row["flags"]).split("; ")[-1] for row in after]
    assert (flags.count("corrected"), flags.count("rejected")) == (2, 1)


def test_evidence_follows_the_decisions(home: Path) -> None:
    """A corrected value leads its cell; a rejected thrombus leaves the leg's row."""
    place = {"leg": "right", "vein": "GSV", "segment": "sfj", "diameter_mm": 4.1}
    assert pick(rows(home / "reviewed", "segments"), **place)
    place = {"leg": "left", "vein": "GSV", "segment": "mid_thigh", "reflux_time_ms": 1900.0}
    assert pick(rows(home / "reviewed", "segments"), **place)["reflux_time_comparator"] == "="
    trail = rows(home / "reviewed", "corrections")
    study = pick(trail, decision="reject")["study"]
    thrombi = [
        [row["thrombus_deep"] for row in rows(home / name, "legs") if row["study"] == study]
        for name in ("out", "reviewed")
    ]
    assert "acute" in thrombi[0]
    assert "acute" not in thrombi[1]


def test_review_shows_what_was_decided(home: Path) -> None:
    """The new workbook's Review rows hold the decisions, and these count as settled."""
    found = rows(home / "reviewed", "review")
    assert sorted(str(row["decision"]) for row in found if row["decision"]) == [
        "accept",
        "add",
        "correct",
        "reject",
    ]
    counts = [
        sum(int(str(row["review_items"])) for row in rows(home / name, "legs"))
        for name in ("out", "reviewed")
    ]
    assert counts[1] < counts[0]


def test_a_later_run_keeps_the_decisions(home: Path) -> None:
    """A run with the trail gives the same bytes as the review did."""
    trail = read_trail(home / "reviewed" / "corrections.csv", load_knowledge())
    summary = run(home / "later", home / "in", trail)
    undecided = [row for row in rows(home / "later", "review") if row["decision"] is None]
    assert summary.counts["review_items"] == len(undecided)
    first, second = bytes_of(home / "reviewed"), bytes_of(home / "later")
    assert [name for name in first if first[name] != second[name]] == []


def test_files_may_be_renamed(home: Path, tmp_path: Path) -> None:
    """Decisions are known by what the files hold, and not by their names."""
    shutil.copytree(home / "in", tmp_path / "in" / "moved")
    for path in list((tmp_path / "in").rglob("*.txt")):
        path.rename(path.with_name(f"renamed_{path.name}"))
    trail = read_trail(home / "reviewed" / "corrections.csv", load_knowledge())
    run(tmp_path / "out", tmp_path / "in", trail)
    assert {row["state"] for row in rows(tmp_path / "out", "corrections")} == {"in_force"}


def test_decisions_of_which_nothing_is_found_are_listed(home: Path, tmp_path: Path) -> None:
    """A run of other inputs says which decisions belong to nothing."""
    trail = read_trail(home / "reviewed" / "corrections.csv", load_knowledge())
    notes: list[str] = []
    job = Job((home / "in" / "pipe_table",), tmp_path / "out", corrections=trail)
    run_batch(job, lambda *_: None, notes.append)
    states = [row["state"] for row in rows(tmp_path / "out", "corrections")]
    assert (states.count("in_force"), states.count("not_found")) == (2, 4)
    assert "4 of 6 decisions" in notes[0]


def test_a_decision_can_be_changed(home: Path, tmp_path: Path) -> None:
    """A new decision on a review item supersedes the earlier; a corrected value is corrected."""
    with OpenBook(home / "reviewed" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        row = book.find("Review", lambda r: r["Decision"] == "reject")
        book.write("Review", row, Decision="correct", Corrected_value="chronic", Initials="EF")
        row = book.find("Segments", lambda r: r["Diameter (mm)"] == 4.1)
        book.cell("Segments", row, "Diameter (mm)").value = "4.3 mm"
    review(tmp_path / "b.xlsx", tmp_path / "out", home / "reviewed", inputs=(home / "in",))
    trail = rows(tmp_path / "out", "corrections")
    assert pick(trail, decision="reject")["state"] == "superseded"
    assert pick(trail, value_to="chronic")["state"] == "in_force"
    assert pick(trail, value_to="4.3 mm")["value_from"] == "4.1 mm"
    assert pick(rows(tmp_path / "out", "segments"), leg="right", vein="GSV", diameter_mm=4.3)


def test_edits_elsewhere_are_told(home: Path, tmp_path: Path) -> None:
    """A cell that is not for the reviewer, and a deleted row, are named and not read back."""
    with OpenBook(home / "decided.xlsx", tmp_path / "b.xlsx") as book:
        book.cell("Legs", 3, "Evidence").value = HOSTILE
        book.cell("Observations", 5, "Quote").value = "another"
        book.sheet("Files").delete_rows(2)
    notes = review(tmp_path / "b.xlsx", tmp_path / "out", home / "out")
    assert [note.partition("!")[0] for note in notes[:2]] == ["Legs", "Observations"]
    assert notes[2].startswith("Files: a row was deleted")
    assert rows(tmp_path / "out", "legs") == rows(home / "reviewed", "legs")


def test_sorted_rows_and_moved_columns_change_nothing(home: Path, tmp_path: Path) -> None:
    """Rows are known by their keys and columns by their headers."""
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        sheet = book.sheet("Segments")
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        turned = [cells[0], *cells[:0:-1]]
        for row, values in zip(sheet.iter_rows(), turned, strict=True):
            for cell, value in zip(row, values[::-1], strict=True):
                cell.value = value
    findings = compare_workbook(tmp_path / "b.xlsx", home / "out")
    assert (findings.edits, findings.notices, findings.errors) == ([], [], [])


@pytest.mark.needs_program("soffice")
@pytest.mark.parametrize("name", ["out/evidence.xlsx", "decided.xlsx"])
def test_a_workbook_that_libreoffice_saved_reads_the_same(
    home: Path, tmp_path: Path, name: str
) -> None:
    """The same cells differ, with the same values, and no other."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(home / name)], check=True, capture_output=True)
    one = compare_workbook(home / name, home / "out")
    other = compare_workbook(tmp_path / Path(name).name, home / "out")
    assert [(e.cells, e.places) for e in one.edits] == [(e.cells, e.places) for e in other.edits]
    assert (other.notices, other.errors) == (one.notices, one.errors)


def test_annotations_grow_by_use(home: Path) -> None:
    """Decided facts are required, a mended report is not, and the files can be evaluated."""
    written = {path.name for path in (home / "gold").rglob("*.gold.tsv")}
    assert "both_legs_pipes.gold.tsv" in written
    gold = read_gold(next((home / "gold").rglob("calf_muscle_postop.gold.tsv")))
    assert not any(
        f[:4] == ("right", "PRV", "mid", "thrombus") for f in gold.required | gold.allowed
    )
    gold = read_gold(next((home / "gold").rglob("both_legs_pipes.gold.tsv")))
    assert ("left", "GSV", "knee", "reflux_time", 900, ">", None) in gold.required
    gold = read_gold(next((home / "gold" / "dicom").rglob("report.gold.tsv")))
    times = {f.value for f in gold.allowed if f[:4] == ("left", "GSV", "mid_thigh", "reflux_time")}
    assert times == {1400, 1900}
    shutil.copytree(home / "in", home / "gold", dirs_exist_ok=True, ignore=_annotations)
    found = evaluate_folder(home / "gold", load_knowledge(), Settings())
    assert found.unread == ()


def _annotations(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(".gold.tsv")]


def test_results_inside_an_input_are_no_input(home: Path, tmp_path: Path) -> None:
    """A review passes over the folder of the run that it reviews, wherever it lies."""
    shutil.copytree(home / "in" / "pipe_table", tmp_path / "in")
    run(tmp_path / "in" / "out", tmp_path / "in")
    with OpenBook(tmp_path / "in" / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        book.write("Review", 2, Decision="accept", Initials="AB")
    review(tmp_path / "b.xlsx", tmp_path / "new", tmp_path / "in" / "out")
    paths = [
        [row["path"] for row in rows(folder, "files")]
        for folder in (tmp_path / "in" / "out", tmp_path / "new")
    ]
    assert paths[0] == paths[1]


def test_a_run_by_the_laboratorys_own_tables(home: Path, tmp_path: Path) -> None:
    """A review judges by the same files, which it finds where they lay, seen from the results."""
    before = tmp_path / "before"
    before.mkdir()
    settings = Settings(
        criteria=write(before, "lab.toml", CRITERIA),
        payers=("connectcare", write(before, "plan.toml", PAYER)),
    )
    job = Job((home / "in" / "pipe_table",), before / "out", settings=settings)
    run_batch(job, lambda *_: None, lambda _: None)
    moved = (before.rename(tmp_path / "after")) / "out"
    with OpenBook(moved / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        book.write("Review", 2, Decision="accept", Initials="AB")
    told = review(tmp_path / "b.xlsx", tmp_path / "new", moved, inputs=job.inputs)
    assert not any("tables of words" in note for note in told)
    assert rows(tmp_path / "new", "criteria") == rows(moved, "criteria")
    asked = {str(row["criterion"]).partition(":")[0] for row in rows(moved, "criteria")}
    assert {"lab", "connectcare", "plan"} <= asked


@pytest.mark.prove
def test_nothing_differs_in_a_workbook_that_nobody_edited(tmp_path: Path) -> None:
    """Of all samples, no cell of the workbook differs from the tables."""
    run(tmp_path / "out", SAMPLES)
    findings = compare_workbook(tmp_path / "out" / "evidence.xlsx", tmp_path / "out")
    assert (findings.edits, findings.notices, findings.errors) == ([], [], [])

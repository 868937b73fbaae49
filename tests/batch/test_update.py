"""A run that reads only what is new: its outputs are those of a run from nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.batch.test_over_time import LATEST, MIDDLE, OLDEST
from tests.samples import SAMPLES
from ultrasound import trends
from ultrasound.batch import run as run_module
from ultrasound.batch import studies
from ultrasound.batch.outputs import LEDGER
from ultrasound.batch.process import StudyOutput, StudyTask, process_task
from ultrasound.batch.run import Job, run_batch
from ultrasound.config import Settings
from ultrasound.domain import Result
from ultrasound.errors import UsageError
from ultrasound.trends.changes import list_trends
from ultrasound.trends.patients import Patient
from ultrasound.write.page.page import write_page

OTHER = OLDEST.replace("P-1001", "P-2002")
OTHER_LATER = LATEST.replace("P1001", "P2002")
REPORTS = {"a.txt": OLDEST, "b.txt": MIDDLE, "c.txt": OTHER, "d.txt": OTHER_LATER}
STUDIES = len(REPORTS) + 1
SEEN = list[str]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two patients with two exams each, one DICOM study, and a file that is broken."""
    folder = tmp_path / "in"
    shutil.copytree(SAMPLES / "dicom" / "sr_measured", folder / "sr")
    (folder / "half.dcm").write_bytes((folder / "sr" / "report.dcm").read_bytes()[:3000])
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> SEEN:
    """The first document of each study that is read, as it is read in this process."""
    seen: SEEN = []
    process = process_task

    def note(task: StudyTask) -> StudyOutput:
        seen.append(task.plan.records[0].document)
        return process(task)

    monkeypatch.setattr(studies, "process_task", note)
    return seen


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> SEEN:
    """The numbers of the patients whose exams are compared."""
    seen: SEEN = []
    tell = list_trends

    def note(patient: Patient, *rest: object) -> object:
        seen.append(patient.number)
        return tell(patient, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(trends, "list_trends", note)
    return seen


def run(
    source: Path, out: Path, *, update: bool = True, whole: bool = False, **told: object
) -> dict[str, bytes]:
    """Run a batch, ``whole``: with every kind of file, and return what it wrote but the ledger."""
    job = replace(Job((source,), out, update=update), **told)  # type: ignore[arg-type]
    if whole:
        job = replace(job, maps=True, pages=True, formats=("md",), per_patient=True)
    run_batch(job, lambda *_: None, lambda _: None)
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != LEDGER)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def count_entries(out: Path) -> int:
    """How many entries a ledger has."""
    with closing(sqlite3.connect(out / LEDGER)) as store:
        (found,) = store.execute("SELECT count(*) FROM entries").fetchone()
        return int(found)


def test_a_new_exam_is_read_and_its_patient_compared_again(
    source: Path, tmp_path: Path, read: SEEN, compared: SEEN
) -> None:
    """No other exam is read, no other patient compared, and every byte is as from nothing."""
    run(source, tmp_path / "out", whole=True)
    assert len(read) == STUDIES
    assert compared == ["p1001", "p2002"]
    read.clear()
    compared.clear()
    (source / "e.txt").write_text(LATEST, encoding="utf-8")
    updated = run(source, tmp_path / "out", whole=True)
    assert read == ["e.txt"]
    assert compared == ["p1001"]
    assert updated == run(source, tmp_path / "fresh", update=False, whole=True)


@pytest.mark.parametrize(
    ("change", "workers"),
    [("nothing", 2), ("edited", 1), ("removed", 1), ("renamed", 1), ("of another patient", 1)],
)
def test_whatever_has_changed_the_outputs_are_those_of_a_run_from_nothing(
    source: Path, tmp_path: Path, change: str, workers: int
) -> None:
    """The report of the first exam changes, goes, or gets another name; or nothing does."""
    run(source, tmp_path / "out", workers=workers)
    first = source / "a.txt"
    if change == "edited":
        first.write_text(OLDEST.replace("2.4 s", "3.4 s"), encoding="utf-8")
    elif change == "removed":
        first.unlink()
    elif change == "renamed":
        first.rename(source / "z.txt")
    elif change == "of another patient":
        first.write_text(OLDEST.replace("P-1001", "P-2002"), encoding="utf-8")
    updated = run(source, tmp_path / "out", workers=workers)
    assert updated == run(source, tmp_path / "fresh", update=False)


def test_other_criteria_and_another_program_trust_no_entry(
    source: Path, tmp_path: Path, read: SEEN, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is read again where what it follows from has changed."""
    out = tmp_path / "out"
    run(source, out)
    other = Settings(criteria="esvs_2022")
    updated = run(source, out, settings=other)
    assert len(read) == 2 * STUDIES
    assert updated == run(source, tmp_path / "fresh", update=False, settings=other)
    read.clear()
    monkeypatch.setattr(run_module, "hash_program", lambda: "another")
    run(source, out, settings=other)
    assert len(read) == STUDIES


def test_the_ledger_is_what_is_used(source: Path, tmp_path: Path) -> None:
    """A planted change of an entry shows in the outputs: the comparison above can fail."""
    out = tmp_path / "out"
    before = run(source, out)
    with closing(sqlite3.connect(out / LEDGER)) as store:
        query = "SELECT name, content FROM entries WHERE name LIKE 'study:%'"
        (one, _), (_, other), *_ = store.execute(query).fetchall()
        store.execute("UPDATE entries SET content = ? WHERE name = ?", (other, one))
        store.commit()
    assert run(source, out) != before


def test_what_is_gone_leaves_nothing_behind(source: Path, tmp_path: Path) -> None:
    """Entries of an exam that is no longer there, and of its patient over time, are removed."""
    out = tmp_path / "out"
    run(source, out)
    assert count_entries(out) == STUDIES + 2
    (source / "a.txt").unlink()
    run(source, out)
    assert count_entries(out) == STUDIES  # one exam less, and one patient with a single exam


def test_a_run_that_was_ended_is_taken_up(source: Path, tmp_path: Path, read: SEEN) -> None:
    """What was whole when it ended is not read again."""

    def end(stage: str, number: int, _: int) -> None:
        if (stage, number) == ("studies", 3):
            raise KeyboardInterrupt

    out = tmp_path / "out"
    job = Job((source,), out, update=True)
    with pytest.raises(KeyboardInterrupt):
        run_batch(job, end, lambda _: None)
    assert len(read) == 3
    read.clear()
    run_batch(job, lambda *_: None, lambda _: None)
    assert len(read) == STUDIES - 3


def test_what_went_wrong_is_tried_again(
    source: Path, tmp_path: Path, read: SEEN, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A study that failed once is read in the next run; the others are not."""

    def fail(result: Result, *rest: object) -> bytes:
        if result.study.documents[0].name == "b.txt":
            raise ValueError
        return write_page(result, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as planted:
        planted.setattr("ultrasound.write.page.page.write_page", fail)
        run(source, tmp_path / "out", pages=True)
    read.clear()
    updated = run(source, tmp_path / "out", pages=True)
    assert read == ["b.txt"]
    assert updated == run(source, tmp_path / "fresh", update=False, pages=True)


def test_a_damaged_ledger_is_named(source: Path, tmp_path: Path) -> None:
    """Nothing is guessed from it, and the message says what to do."""
    out = tmp_path / "out"
    run(source, out)
    whole = (out / LEDGER).read_bytes()
    (out / LEDGER).write_bytes(b"no ledger" * 500)
    with pytest.raises(UsageError, match=r"ledger\.sqlite: is damaged.*remove it"):
        run(source, out)
    (out / LEDGER).write_bytes(whole)
    with closing(sqlite3.connect(out / LEDGER)) as store:
        store.execute("UPDATE entries SET content = x'00'")
        store.commit()
    with pytest.raises(UsageError, match=r"ledger\.sqlite: is damaged.*remove it"):
        run(source, out)
    (out / LEDGER).unlink()
    assert run(source, out) == run(source, tmp_path / "fresh", update=False)


def test_two_runs_into_one_folder(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger that another run writes to is named, and the run says that it cannot go on."""
    out = tmp_path / "out"
    run(source, out)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, timeout=0))
    with closing(connect(out / LEDGER)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(
            UsageError, match=r"ledger\.sqlite: cannot be used \(database is locked"
        ):
            run(source, out)


def test_a_run_from_nothing_leaves_no_ledger(source: Path, tmp_path: Path) -> None:
    """Rows of patients lie twice only where that was asked for."""
    run(source, tmp_path / "out")
    assert (tmp_path / "out" / LEDGER).exists()
    run(source, tmp_path / "out", update=False)
    assert not (tmp_path / "out" / LEDGER).exists()

"""A whole run: index all files, put them together into studies, process these, write.

Two passes read the files: the first keeps only whose exam each document is, the second takes one
study at a time. Rows go to Parquet parts as they come, and every output is made from the parts,
so that nothing holds all studies at once.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from ultrasound.assess.examples import check_examples
from ultrasound.batch.discover import discover_inputs
from ultrasound.batch.files import list_files
from ultrasound.batch.index import Observe
from ultrasound.batch.inputs import Index, index_inputs
from ultrasound.batch.listing import list_problems
from ultrasound.batch.outputs import (
    LEDGER,
    PARTS,
    check_output,
    list_single_files,
    list_versions,
    make_record,
    name_inputs,
    name_tables,
    prepare_output,
    save_study_files,
    write_record,
)
from ultrasound.batch.patients import Shelf, write_months, write_patients
from ultrasound.batch.process import Rows, StudyOutput, prepare_worker
from ultrasound.batch.reports import write_reports
from ultrasound.batch.studies import hash_program, process_plans
from ultrasound.batch.summary import Summary, count_files, count_rows, describe_run
from ultrasound.batch.workers import Crew
from ultrasound.config import Settings
from ultrasound.domain import Correction, Problem
from ultrasound.errors import UsageError
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.knowledge.own import OwnTables, take_own_tables
from ultrasound.read.archive import keep_archives
from ultrasound.review.trail import note_states, settle_corrections
from ultrasound.trends import follow_patients
from ultrasound.write.folders import MAPS, PAGES
from ultrasound.write.ledger import PATIENT, STUDY, Ledger
from ultrasound.write.outputs import (
    RUN,
    WORKBOOK,
    fits_one_workbook,
    name_run,
    write_outputs,
)
from ultrasound.write.parquet import PartWriter
from ultrasound.write.report.formats import check_formats
from ultrasound.write.review_rows import NOT_FOUND
from ultrasound.write.rows import file_rows

LOST: Final = "decisions_not_found"
_STUDIES_PER_PART: Final = 100


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: the inputs, the folder to write to, how to read, what else to write.

    ``maps``, ``pages``: a file of this kind for each study; ``formats``: its text report in each of
    these; ``per_patient``: a workbook of each patient, in a file that ``patient_names`` names by
    the patient; ``corrections`` are a physician's earlier decisions, which the run keeps;
    ``passed_over`` are folders of results, which are no inputs where an input holds them;
    ``update``: what the ledger in ``out`` holds is not read again; ``own``: the tables of the
    laboratory that ``settings`` name, once they are loaded.
    """

    inputs: tuple[Path, ...]
    out: Path
    workers: int = 1
    settings: Settings = field(default_factory=Settings)
    knowledge_file: Path | None = None
    maps: bool = False
    pages: bool = False
    formats: tuple[str, ...] = ()
    per_patient: bool = False
    patient_names: bool = False
    corrections: tuple[Correction, ...] = ()
    passed_over: tuple[Path, ...] = ()
    update: bool = False
    own: OwnTables = field(default_factory=OwnTables)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that each study gets a file in."""
        return tuple(name for name, asked in ((MAPS, self.maps), (PAGES, self.pages)) if asked)

    def call_crew(self) -> Crew:
        """The processes that do the work."""
        asked = frozenset(self.folders)
        tools = (self.knowledge_file, self.settings, asked, self.own, self.corrections)
        return Crew(self.workers, prepare_worker, tools)

    def open_ledger(self, knowledge: Knowledge) -> AbstractContextManager[Ledger | None]:
        """What an earlier run has left in the output folder, where it is to be used."""
        if not self.update:
            return nullcontext()
        made_of = knowledge.hash, repr(self.settings), repr(self.folders), repr(self.corrections)
        base = hash_program(), repr(list_versions()), *made_of
        return Ledger(self.out / LEDGER, base)


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with; ``note`` is told what a person should know and no output holds."""

    crew: Crew
    knowledge: Knowledge
    note: Callable[[str], None]
    ledger: Ledger | None


def run_batch(job: Job, observe: Observe, note: Callable[[str], None]) -> Summary:
    """Read all inputs and write every output.

    Args:
        job: what is asked for.
        observe: is told the stage, how much of it is done, and how much there is.
        note: is told what a person should know and no output holds.

    Raises:
        UsageError: an input is missing or holds no file, or the output folder cannot be used.
        ConfigError: the criteria set, a payer profile or a format is not known.
        KnowledgeError: a table of the laboratory is not well formed, or one of its examples fails.
    """
    settings, own = take_own_tables(job.settings)
    job = replace(job, settings=settings, own=own)
    knowledge = load_knowledge(job.knowledge_file, own)
    check_examples(own, knowledge)
    knowledge.criteria.choose(job.settings.criteria)
    knowledge.payers.choose(job.settings.payers)
    check_formats(job.formats)
    check_output(job.out, job.inputs)
    discovery = discover_inputs(job.inputs, knowledge, job.out, *job.passed_over)
    if not discovery.files and not discovery.listed:
        raise UsageError(f"{job.inputs[0]}: holds no file; name a folder with reports")
    prepare_output(job.out, note, update=job.update)
    try:
        with job.call_crew() as crew, keep_archives(), job.open_ledger(knowledge) as ledger:
            means = Means(crew, knowledge, note, ledger)
            index = index_inputs(crew, discovery, knowledge, observe)
            outputs = process_plans(crew, index, observe, ledger)
            return _write_all(job, means, index, save_study_files(job.out, outputs, note))
    except OSError as error:
        raise UsageError(f"{job.out}: cannot be written to ({error.strerror})") from error


def _write_all(job: Job, means: Means, index: Index, outputs: Iterable[StudyOutput]) -> Summary:
    """Write the rows as they come, then every output from them."""
    knowledge, note = means.knowledge, means.note
    parts = PartWriter(job.out / PARTS)
    counts = Counter(studies=len(index.plans), **count_rows({}))
    failures: list[Problem] = []
    states: dict[str, str] = {}
    number = 0
    for number, group in enumerate(_in_groups(outputs), 1):
        rows = _collect(group)
        parts.write(number, rows)
        counts.update(count_rows(rows))
        failures += [problem for output in group for problem in output.problems]
        note_states(states, rows.get("corrections", ()))
    entries = list_files(index.indexed, index.listed, index.copies, index.plans, failures)
    unread = [*(p for f in index.indexed for p in f.problems), *list_problems(index.listed)]
    settled = settle_corrections(job.corrections, states)
    followed = follow_patients(parts.folder, number + 2, knowledge, settled, means.ledger)
    _note_recalled(means, len(index.plans), followed.patients)
    counts.update(review_items=followed.review_items, patients_followed=followed.patients)
    unread += write_reports(means.crew, parts.folder, job.out, job.formats, note)
    settled = [c for c in settled if c.id not in followed.decided]
    lost = [c for c in settled if c.id not in states]
    parts.write(number + 1, file_rows(entries, unread, lost))
    counts.update(_count_lost(job, settled, note) if job.corrections else {})
    counts.update(count_files(entries))
    about = describe_run(knowledge, job.settings, counts)
    written = write_outputs(parts.folder, job.out, about)
    about[RUN] = name_run(job.out)
    months = _write_books(job, means, about)
    shutil.rmtree(parts.folder)
    written = (*written, *list_single_files(job.out))
    record = make_record(job.settings, knowledge.hash, entries, counts, written)
    seen = {"given": name_inputs(job.inputs, job.out), "tables": name_tables(job.own, job.out)}
    write_record(job.out, {**record, **seen, "about": about})
    return Summary(counts, entries, job.out / WORKBOOK, months)


def _write_books(job: Job, means: Means, about: Mapping[str, str]) -> int:
    """Write the workbooks beside the whole one; how many of months there are."""
    criteria = means.knowledge.criteria.choose(job.settings.criteria)
    shelf = Shelf(job.out / PARTS, job.out, about, criteria, job.patient_names)
    if job.per_patient:
        write_patients(means.crew, shelf, means.note)
    return 0 if fits_one_workbook(shelf.parts) else write_months(shelf)


def _note_recalled(means: Means, studies: int, patients: int) -> None:
    if means.ledger is not None:
        recalled = means.ledger.recalled
        means.note(
            f"as in the earlier run: {recalled[STUDY]} of {studies} exams, {recalled[PATIENT]} of "
            f"{patients} patients over time"
        )


def _count_lost(
    job: Job, settled: Iterable[Correction], note: Callable[[str], None]
) -> dict[str, int]:
    lost = sum(correction.state == NOT_FOUND for correction in settled)
    if lost:
        note(
            f"{lost} of {len(job.corrections)} decisions of the review belong to nothing that was "
            "read: the sheet Corrections lists them as not found"
        )
    return {LOST: lost}


def _in_groups(outputs: Iterable[StudyOutput]) -> Iterator[list[StudyOutput]]:
    """As many studies at a time as one part holds."""
    remaining = iter(outputs)
    while group := list(islice(remaining, _STUDIES_PER_PART)):
        yield group


def _collect(outputs: Iterable[StudyOutput]) -> Rows:
    rows: dict[str, list[dict[str, object]]] = {}
    for output in outputs:
        for table, found in output.rows.items():
            rows.setdefault(table, []).extend(found)
    return rows

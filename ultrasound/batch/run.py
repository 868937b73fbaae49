"""A whole run: index all files, put them together into studies, process these, write.

Two passes read the files: the first keeps only whose exam each document is, the second takes one
study at a time. Rows go to Parquet parts as they come, and every output is made from the parts,
so that nothing holds all studies at once.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from ultrasound.assess.examples import check_examples
from ultrasound.batch.assemble import StudyPlan, assemble_studies
from ultrasound.batch.discover import Discovery, InputFile, discover_inputs
from ultrasound.batch.files import list_files
from ultrasound.batch.index import (
    IndexedFile,
    Observe,
    find_copies,
    miss_references,
    place_records,
)
from ultrasound.batch.listing import list_problems
from ultrasound.batch.outputs import (
    PARTS,
    check_output,
    list_single_files,
    make_record,
    name_inputs,
    name_tables,
    prepare_output,
    save_study_files,
    write_record,
)
from ultrasound.batch.patients import Shelf, write_months, write_patients
from ultrasound.batch.process import (
    Rows,
    StudyOutput,
    StudyTask,
    give_up_file,
    give_up_study,
    index_files,
    prepare_worker,
    process_task,
)
from ultrasound.batch.reports import write_reports
from ultrasound.batch.summary import Summary, count_files, count_rows, describe_run
from ultrasound.batch.versions import add_doubts, choose_versions
from ultrasound.batch.workers import Crew
from ultrasound.config import Settings
from ultrasound.domain import Correction, FileEntry, Problem
from ultrasound.errors import UsageError
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.knowledge.own import OwnTables, take_own_tables
from ultrasound.read.archive import keep_archives
from ultrasound.review.trail import note_states, settle_corrections
from ultrasound.trends import follow_patients
from ultrasound.write.folders import MAPS, PAGES
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
_FILES_PER_TASK: Final = 16
_STUDIES_PER_PART: Final = 100


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: the inputs, the folder to write to, how to read, what else to write.

    ``maps``, ``pages``: a file of this kind for each study; ``formats``: its text report in each of
    these; ``per_patient``: a workbook of each patient, in a file that ``patient_names`` names by
    the patient; ``corrections`` are a physician's earlier decisions, which the run keeps;
    ``passed_over`` are folders of results, which are no inputs where an input holds them; ``own``:
    the tables of the laboratory that ``settings`` name, once they are loaded.
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
    own: OwnTables = field(default_factory=OwnTables)

    def call_crew(self) -> Crew:
        """The processes that do the work."""
        folders = ((MAPS, self.maps), (PAGES, self.pages))
        asked = frozenset(name for name, wanted in folders if wanted)
        tools = (self.knowledge_file, self.settings, asked, self.own, self.corrections)
        return Crew(self.workers, prepare_worker, tools)


@dataclass(frozen=True, slots=True)
class Index:
    """All inputs after the first pass."""

    files: dict[str, InputFile]
    indexed: tuple[IndexedFile, ...]
    listed: tuple[FileEntry, ...]
    copies: dict[str, str]
    plans: tuple[StudyPlan, ...]


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
    prepare_output(job.out, note)
    try:
        with job.call_crew() as crew, keep_archives():
            index = index_inputs(crew, discovery, knowledge, observe)
            outputs = process_plans(crew, index, observe)
            saved = save_study_files(job.out, outputs, note)
            return _write_all(job, crew, index, saved, knowledge, note)
    except OSError as error:
        raise UsageError(f"{job.out}: cannot be written to ({error.strerror})") from error


def index_inputs(crew: Crew, discovery: Discovery, knowledge: Knowledge, observe: Observe) -> Index:
    """Read whose exam each file is, and put the documents together into studies."""
    copies = find_copies(discovery.files, knowledge)
    originals = [file for file in discovery.files if file.name not in copies]
    tasks = [
        tuple(originals[start : start + _FILES_PER_TASK])
        for start in range(0, len(originals), _FILES_PER_TASK)
    ]
    indexed: list[IndexedFile] = []
    for answer in crew.run(index_files, tasks, _give_up_files(crew)):
        indexed += answer
        observe("index", len(indexed), len(originals))
    indexed, doubts = choose_versions(indexed)
    records, texts = place_records(discovery, copies, indexed)
    plans = assemble_studies(records, texts, knowledge.identity.table.dates.months)
    return Index(
        {file.name: file for file in discovery.files},
        tuple(indexed),
        (*discovery.listed, *miss_references(discovery, copies, indexed)),
        copies,
        add_doubts(plans, doubts),
    )


def _give_up_files(crew: Crew) -> Callable[[tuple[InputFile, ...]], list[IndexedFile]]:
    """Answer for files of which one ended its process: try each alone."""

    def give_up(files: tuple[InputFile, ...]) -> list[IndexedFile]:
        if len(files) == 1:
            return [give_up_file(files[0])]
        singles = [(file,) for file in files]
        answers = crew.run(index_files, singles, give_up)
        return [found for answer in answers for found in answer]

    return give_up


def process_plans(crew: Crew, index: Index, observe: Observe) -> Iterator[StudyOutput]:
    """Process the studies, one result after the other in their order."""
    tasks = (
        StudyTask(plan, tuple(index.files[name] for name in _files_of(plan)))
        for plan in index.plans
    )
    for number, output in enumerate(crew.run(process_task, tasks, give_up_study), 1):
        yield output
        observe("studies", number, len(index.plans))


def _files_of(plan: StudyPlan) -> list[str]:
    return sorted({record.file for record in plan.records})


def _write_all(
    job: Job,
    crew: Crew,
    index: Index,
    outputs: Iterable[StudyOutput],
    knowledge: Knowledge,
    note: Callable[[str], None],
) -> Summary:
    """Write the rows as they come, then every output from them."""
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
    followed = follow_patients(parts.folder, number + 2, knowledge, settled)
    counts.update(review_items=followed.review_items, patients_followed=followed.patients)
    unread += write_reports(crew, parts.folder, job.out, job.formats, note)
    settled = [c for c in settled if c.id not in followed.decided]
    lost = [c for c in settled if c.id not in states]
    parts.write(number + 1, file_rows(entries, unread, lost))
    counts.update(_count_lost(job, settled, note) if job.corrections else {})
    counts.update(count_files(entries))
    about = describe_run(knowledge, job.settings, counts)
    written = write_outputs(parts.folder, job.out, about)
    about[RUN] = name_run(job.out)
    months = _write_books(job, crew, knowledge, about, note)
    shutil.rmtree(parts.folder)
    written = (*written, *list_single_files(job.out))
    record = make_record(job.settings, knowledge.hash, entries, counts, written)
    seen = {"given": name_inputs(job.inputs, job.out), "tables": name_tables(job.own, job.out)}
    write_record(job.out, {**record, **seen, "about": about})
    return Summary(counts, entries, job.out / WORKBOOK, months)


def _write_books(
    job: Job,
    crew: Crew,
    knowledge: Knowledge,
    about: Mapping[str, str],
    note: Callable[[str], None],
) -> int:
    """Write the workbooks beside the whole one; how many of months there are."""
    criteria = knowledge.criteria.choose(job.settings.criteria)
    shelf = Shelf(job.out / PARTS, job.out, about, criteria, job.patient_names)
    if job.per_patient:
        write_patients(crew, shelf, note)
    return 0 if fits_one_workbook(shelf.parts) else write_months(shelf)


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

"""A reviewed workbook becomes a new run of the same inputs, with the decisions in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ultrasound.batch.index import Observe
from ultrasound.batch.outputs import RECORD, read_record
from ultrasound.batch.run import Job, run_batch
from ultrasound.batch.summary import Summary
from ultrasound.config import Settings
from ultrasound.domain import Correction
from ultrasound.errors import UsageError
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.knowledge.own import take_own_tables
from ultrasound.review.compare import Edit, Row, compare_workbook, read_table_rows
from ultrasound.review.decisions import make_decisions
from ultrasound.review.desk import Desk
from ultrasound.review.gold import write_gold
from ultrasound.review.merge import find_conflicts, renew_trail
from ultrasound.review.trail import TRAIL, read_trail
from ultrasound.write.folders import BOOKS, MAPS, PAGES, REPORTS


@dataclass(frozen=True, slots=True)
class ReviewJob:
    """What is asked for: workbooks with decisions, and where everything else is.

    ``results`` is the folder of the run that wrote the workbooks (that of the first, where it
    is None), ``inputs`` those of that run (where its record says, if there are none); ``initials``
    stand for those that a cell does not give; ``date`` for the date that the workbook gives.
    """

    workbooks: tuple[Path, ...]
    out: Path
    inputs: tuple[Path, ...] = ()
    results: Path | None = None
    initials: str | None = None
    date: str | None = None
    gold: Path | None = None
    workers: int = 1
    knowledge_file: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder of the run that wrote the workbooks; those of patients lie one below."""
        beside = self.workbooks[0].parent
        return self.results or (beside.parent if beside.name == BOOKS else beside)


def review_workbook(asked: ReviewJob, observe: Observe, note: Callable[[str], None]) -> Summary:
    """Take the decisions of workbooks in and write everything anew.

    Args:
        asked: what is asked for.
        observe: is told the stage, how much of it is done, and how much there is.
        note: is told what a person should know: cells that were edited and are not read back.

    Raises:
        UsageError: a workbook, its results or its inputs cannot be used, there is no decision, or
            some are not clear or contradict each other: each is named by sheet and cell.
    """
    record = read_record(asked.folder)
    if record is None or not record.get("finished"):
        raise UsageError(
            f"{asked.folder}: holds no {RECORD} of a finished run; name the folder of the run that "
            "wrote the workbook with --results"
        )
    settings = _name_settings(asked.folder, record)
    knowledge = load_knowledge(asked.knowledge_file, take_own_tables(settings)[1])
    if record.get("knowledge_hash") != knowledge.hash:
        note("the tables of words are not those of the first run: decisions may find no fact")
    corrections = _read_decisions(asked, knowledge, note)
    job = Job(
        asked.inputs or _find_inputs(asked.folder, record),
        asked.out,
        asked.workers,
        settings,
        asked.knowledge_file,
        maps=bool(_list_suffixes(record, MAPS)),
        pages=bool(_list_suffixes(record, PAGES)),
        formats=tuple(_list_suffixes(record, REPORTS)),
        per_patient=bool(_list_suffixes(record, BOOKS)),
        patient_names=any(_is_named(name) for name in record["outputs"]),
        corrections=corrections,
        passed_over=(asked.folder,),
    )
    summary = run_batch(job, observe, note)
    if asked.gold is not None:
        written, notices = write_gold(asked.out, asked.gold)
        note(f"{len(written)} annotations written to {asked.gold}")
        for notice in notices:
            note(notice)
    return summary


def _read_decisions(
    asked: ReviewJob, knowledge: Knowledge, note: Callable[[str], None]
) -> tuple[Correction, ...]:
    """The whole trail: the decisions of earlier reviews, then those of these workbooks."""
    trail = read_trail(asked.folder / TRAIL, knowledge)
    made: list[Correction] = []
    errors: list[str] = []
    for workbook in asked.workbooks:
        named = f"{workbook.name}, " if len(asked.workbooks) > 1 else ""
        findings = compare_workbook(workbook, asked.folder)
        edits, when = findings.edits, asked.date or findings.modified
        desk = _set_up_desk(asked, workbook, edits, knowledge, _date(when))
        decided, remarks = make_decisions(edits, desk)
        made += decided
        for text in (*findings.notices, *(r.text for r in remarks if not r.fatal)):
            note(f"{named}{text}")
        fatal = (*findings.errors, *(remark.text for remark in remarks if remark.fatal))
        errors += (f"{named}{text}" for text in fatal)
    errors += find_conflicts(made)
    if errors:
        raise UsageError("\n".join(errors))
    if not made and not trail:
        names = ", ".join(str(path) for path in asked.workbooks)
        raise UsageError(
            f"{names}: no decision is in it; fill in the yellow cells of Review, or correct values "
            "in Segments"
        )
    renewed, told = renew_trail(trail, made)
    for text in (*told, f"{len(made)} decisions taken in, {len(trail)} of earlier reviews kept"):
        note(text)
    return renewed


def _date(given: str | None) -> str:
    if given is None:
        raise UsageError("the workbook does not say when it was saved; give the date with --date")
    try:
        datetime.datetime.fromisoformat(given)
    except ValueError as error:
        raise UsageError("--date: not a date; write it as 2024-05-31") from error
    return given


def _set_up_desk(
    asked: ReviewJob, workbook: Path, edits: Iterable[Edit], knowledge: Knowledge, decided: str
) -> Desk:
    """Only observations that some edit may be about are held, and the first of each document."""
    wanted = {
        key for edit in edits if edit.row for key in str(edit.row["observations"]).split("; ")
    }
    facts: dict[str, Row] = {}
    first: dict[tuple[str, str | None], Row] = {}
    for row in read_table_rows(asked.folder, "observations"):
        first.setdefault((str(row["study"]), None), row)
        first.setdefault((str(row["study"]), str(row["document"])), row)
        if row["id"] in wanted:
            facts.setdefault(str(row["id"]), row)
    return Desk(facts, first, knowledge, workbook.name, decided, asked.initials)


def _name_settings(folder: Path, record: Mapping[str, Any]) -> Settings:
    """The settings of a run, with the files of the laboratory's own tables where they lay."""
    settings = Settings.model_validate(record["settings"])
    tables = {
        kind: {name: str(folder / file) for name, file in files.items()}
        for kind, files in record.get("tables", {}).items()
    }
    criteria, payers = tables.get("criteria", {}), tables.get("payers", {})
    return settings.model_copy(
        update={
            "criteria": criteria.get(settings.criteria, settings.criteria),
            "payers": tuple(payers.get(name, name) for name in settings.payers),
        }
    )


def _list_suffixes(record: Mapping[str, Any], folder: str) -> list[str]:
    """In which formats a run wrote files of single studies to a folder, in one order."""
    written = (PurePosixPath(name) for name in record["outputs"])
    return sorted({path.suffix[1:] for path in written if path.parent.name == folder})


def _is_named(output: str) -> bool:
    """Whether a file is a workbook that is named by its patient, and not by a key alone."""
    path = PurePosixPath(output)
    return path.parent.name == BOOKS and "_" in path.stem


def _find_inputs(folder: Path, record: Mapping[str, Any]) -> tuple[Path, ...]:
    """The inputs of the first run, where they lay when it wrote its record."""
    given: Sequence[str] = record.get("given", ())
    inputs = tuple(folder / name for name in given)
    if not inputs or not all(path.exists() for path in inputs):
        raise UsageError(
            f"{folder}: the inputs of its run are not where they were; name them with --input"
        )
    return inputs

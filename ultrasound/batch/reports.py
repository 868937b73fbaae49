"""The text reports of a run, made from its parts once all studies are there.

What is noticed only when the exams of a patient are set side by side is among the items to review
by then. One study is one task; a report that cannot be made is a Problem of this study alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ultrasound.batch.process import Rows
from ultrasound.batch.workers import Crew
from ultrasound.domain import Problem
from ultrasound.pipeline import describe_failure
from ultrasound.write.folders import REPORTS, place_file
from ultrasound.write.outputs import JSON_LINES
from ultrasound.write.parquet import MARKER, by_study, list_batches, read_part
from ultrasound.write.report.formats import render_report
from ultrasound.write.report.rows import REPORT_TABLES

_CRASHED = "the program was ended while it worked on this (out of memory?): please report it"


@dataclass(frozen=True, slots=True)
class ReportTask:
    """A study whose report is asked for: its key, a document of it, its rows, the formats."""

    key: str
    document: str
    rows: Rows
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report in each format, or why there is none."""

    key: str
    files: dict[str, bytes]
    problem: Problem | None = None


def write_reports(
    crew: Crew, parts: Path, out: Path, formats: Sequence[str], note: Callable[[str], None]
) -> tuple[Problem, ...]:
    """Write the report of each study in each format; what could not be written is told.

    Args:
        crew: The processes that do the work.
        parts: The folder of the parts.
        out: The output folder; the reports get a folder in it, and the study's key for a name.
        formats: Formats of ``FORMATS``; none: nothing is written.
        note: Is told how many could not be written.
    """
    if not formats:
        return ()
    problems: list[Problem] = []
    tasks = _list_tasks(parts, tuple(dict.fromkeys(formats)))
    for report in crew.run(make_report, tasks, give_up_report):
        for name, content in report.files.items():
            (out / REPORTS).mkdir(exist_ok=True)
            (out / place_file(REPORTS, report.key, f".{name}")).write_bytes(content)
        problems += [report.problem] if report.problem else []
    if problems:
        note(f"text reports that could not be made: {len(problems)}; {JSON_LINES} says of which")
    return tuple(problems)


def _list_tasks(parts: Path, formats: tuple[str, ...]) -> Iterator[ReportTask]:
    """Each study of which something was read or is to be decided; one part is held at a time."""
    for batch in list_batches(parts):
        rows = {table: by_study(read_part(parts, table, batch)) for table in REPORT_TABLES}
        for key, [study, *_] in rows[MARKER].items():
            own = {table: list(found.get(key, ())) for table, found in rows.items()}
            if own["observations"] or own["review"]:
                yield ReportTask(key, str(study["document"]), own, formats)


def make_report(task: ReportTask) -> WrittenReport:
    """Make one study's report."""
    try:
        return WrittenReport(task.key, render_report(task.rows, task.formats))
    except Exception as error:  # noqa: BLE001 - one report must not stop the others
        return WrittenReport(task.key, {}, describe_failure(task.document, "report", error))


def give_up_report(task: ReportTask) -> WrittenReport:
    """Answer for a report that took its process down."""
    return WrittenReport(task.key, {}, Problem(task.document, "report", "crashed", _CRASHED))

"""The fate of every input path: the rows of the Files table, once all studies are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ultrasound.batch.assemble import StudyPlan
from ultrasound.batch.index import IndexedFile, Record
from ultrasound.domain import FileEntry, Problem


def list_files(
    indexed: Iterable[IndexedFile],
    listed: Iterable[FileEntry],
    copies: Mapping[str, str],
    plans: Sequence[StudyPlan],
    problems: Iterable[Problem],
) -> tuple[FileEntry, ...]:
    """One row for each path, in the order of their names; for each document of a file with several.

    Args:
        indexed: the files that were read.
        listed: what was listed without being opened.
        copies: paths with the content of another one, which alone was read.
        plans: the studies that the documents were assembled into.
        problems: what went wrong after a document was read.
    """
    homes = {record.document: plan for plan in plans for record in plan.records}
    failures: dict[str, Problem] = {}
    for problem in problems:
        failures.setdefault(problem.path, problem)
    rows: dict[str, list[FileEntry]] = {}
    for file in indexed:
        rows[file.entry.path] = list(_settle(file, homes, failures))
    repeated = [_repeat(path, first, rows[first]) for path, first in copies.items()]
    entries = [*listed, *(entry for found in rows.values() for entry in found), *repeated]
    return tuple(sorted(entries, key=lambda entry: entry.path))


def _settle(
    file: IndexedFile, homes: Mapping[str, StudyPlan], failures: Mapping[str, Problem]
) -> Iterator[FileEntry]:
    """The row of the file, and one for each further report in it."""
    if all(record.document != file.entry.path for record in file.records):
        yield file.entry
    for record in file.records:
        yield _settle_document(file.entry, record, homes[record.document], failures)


def _settle_document(
    entry: FileEntry, record: Record, plan: StudyPlan, failures: Mapping[str, Problem]
) -> FileEntry:
    settled = replace(
        entry,
        path=record.document,
        reason=entry.reason if record.document == entry.path else None,
        study=plan.key,
        joined_by=plan.joined_by.get(record.document),
    )
    failure = failures.get(record.document)
    return settled if failure is None else settle_failure(settled, failure)


def settle_failure(entry: FileEntry, problem: Problem) -> FileEntry:
    """The row of a document that the program failed on after it was read."""
    return replace(
        entry,
        path=problem.path,
        used=False,
        code=problem.code,
        reason=problem.message,
        failed=True,
    )


def _repeat(path: str, first: str, originals: Sequence[FileEntry]) -> FileEntry:
    """The row of a copy, which is used as far as its original is."""
    original = originals[0]
    fate = "read" if original.used else f"not used ({original.code})"
    studies = {entry.study for entry in originals}
    return replace(
        original,
        path=path,
        study=original.study if len(studies) == 1 else None,
        joined_by=None,
        code="duplicate",
        reason=f"the same content as {first}, which was {fate}",
    )

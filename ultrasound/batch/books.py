"""Workbooks of some studies: those of a patient, of a month, or what is asked of results.

Each is made from the rows that a run has written, so that it can say nothing else.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ultrasound.batch.selection import WHOLE, copy_studies
from ultrasound.knowledge.schema_criteria import CriteriaSet
from ultrasound.trends.patients import group_exams, read_day
from ultrasound.write.excel.contents import Contents, Picture
from ultrasound.write.excel.workbook import write_workbook
from ultrasound.write.parquet import MARKER, by_study, list_batches, read_part, read_table

UNDATED: Final = "undated"
SHORT_TABLES: Final = ("legs", "review", "files", MARKER)
_NAME_PARTS: Final = ("patient_id", "patient_name")
_LONGEST_NAME: Final = 80
_UNSAFE: Final = re.compile(r"[^\w-]+")
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to write: the studies, the batches that hold them, and what it is named by."""

    studies: tuple[str | None, ...]
    batches: tuple[int, ...] | None
    name: str


def list_studies(parts: Path) -> list[dict[str, object]]:
    """Whose exam each study is, when it was, and which batch holds it."""
    return [
        {**row, "batch": number}
        for number in list_batches(parts)
        for row in read_part(parts, MARKER, number)
    ]


def plan_patients(studies: Sequence[Row]) -> Iterator[Book]:
    """One workbook for each patient; an exam that is surely nobody's else has its own.

    Exams under one number that cannot be one person's are not put together.
    """
    batches = {str(row["study"]): row.get("batch") for row in studies}
    joined: set[str] = set()
    for patient in group_exams(studies):
        keys = [exam.study for exam in patient.exams]
        if patient.doubt is None:
            joined.update(keys)
            yield _plan(keys, batches, keys[0])
    for key in batches:
        if key not in joined:
            yield _plan([key], batches, key)


def plan_months(studies: Sequence[Row], *, others: bool) -> Iterator[Book]:
    """One workbook for each exam month, and one for undated exams and files of no exam.

    Args:
        studies: All studies.
        others: Whether there are files that belong to no exam.
    """
    batches = {str(row["study"]): row.get("batch") for row in studies}
    months: dict[str, list[str | None]] = {}
    for row in studies:
        months.setdefault(find_month(row), []).append(str(row["study"]))
    if others:
        months.setdefault(UNDATED, []).append(None)
    for month in sorted(months):
        yield _plan(months[month], batches, month)


def find_month(study: Row) -> str:
    """The month of an exam, year first; "undated" where its date is not certain."""
    return (read_day(study["exam_date"]) or UNDATED)[:7]


def write_book(
    source: Path, book: Book, path: Path, about: Mapping[str, str], contents: Contents
) -> None:
    """Write one workbook from parts or from a folder of results."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".book-") as folder:
        parts = Path(folder)
        tables = SHORT_TABLES if contents.short else WHOLE
        copy_studies(source, book.studies, parts, tables=tables, batches=book.batches)
        write_workbook(parts, path, about, contents)


def write_patient_book(
    source: Path,
    book: Book,
    path: Path,
    about: Mapping[str, str],
    criteria: CriteriaSet | None,
    results: Path,
) -> None:
    """Write the workbook of one patient: a report for each exam first, with its vein map.

    ``results`` is the folder of the run, with whatever else there is of these exams.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".book-") as folder:
        parts = Path(folder)
        copy_studies(source, book.studies, parts, batches=book.batches)
        pictures = draw_pictures(parts, criteria)
        contents = Contents(reports=True, pictures=pictures, results=results)
        write_workbook(parts, path, about, contents)


def draw_pictures(parts: Path, criteria: CriteriaSet | None) -> dict[str, Picture]:
    """The vein map of each study that has a leg."""
    from ultrasound.write.vein_map import draw_map, write_png  # noqa: PLC0415 - slow to load

    legs = by_study(read_table(parts, "legs"))
    segments = by_study(read_table(parts, "segments"))
    pictures = {}
    for study, rows in legs.items():
        page = draw_map(rows, segments.get(study, ()), criteria)
        pictures[study] = Picture(write_png(page), page.size)
    return pictures


def name_patient(source: Path, book: Book) -> str:
    """The patient's number and name, as far as a file may be named by them, and the key."""
    keys, told = set(book.studies), {}
    for number in book.batches or ():
        for row in read_part(source, "legs", number, ["study", *_NAME_PARTS]):
            if row["study"] in keys:
                told.update({part: row[part] for part in _NAME_PARTS if row[part]})
    words = (_UNSAFE.sub("_", str(told[part])).strip("_") for part in _NAME_PARTS if part in told)
    shown = "_".join(word for word in words if word)[:_LONGEST_NAME]
    return f"{shown}_{book.name}" if shown else book.name


def _plan(keys: Sequence[str | None], batches: Mapping[str, object], name: str) -> Book:
    held = {batches.get(str(key)) for key in keys}
    numbers = tuple(sorted(number for number in held if isinstance(number, int)))
    return Book(tuple(keys), numbers, name)

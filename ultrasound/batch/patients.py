"""The workbooks of a run beside the whole one: each patient's, and each month's of a large run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ultrasound.batch.books import (
    Book,
    list_studies,
    name_patient,
    plan_months,
    plan_patients,
    write_book,
    write_patient_book,
)
from ultrasound.batch.outputs import name_month
from ultrasound.batch.summary import describe_selection
from ultrasound.batch.workers import Crew
from ultrasound.knowledge.schema_criteria import CriteriaSet
from ultrasound.write.excel.contents import Contents
from ultrasound.write.folders import BOOKS
from ultrasound.write.parquet import read_table

_FULL: Final = (
    "Legs, Review and Files only; 'ultrasound workbook RESULTS --month {month} --out FILE' writes "
    "all sheets"
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the workbooks of patients come from and go to; ``named``: called by the patient."""

    parts: Path
    out: Path
    about: Mapping[str, str]
    criteria: CriteriaSet
    named: bool = False


def make_patient_book(task: tuple[Shelf, Book]) -> Path | None:
    """Write one patient's workbook; None where that fails, which must not stop the others."""
    shelf, book = task
    about = describe_selection(shelf.about, len(book.studies))
    try:
        name = name_patient(shelf.parts, book) if shelf.named else book.name
        path = shelf.out / BOOKS / f"{name}.xlsx"
        write_patient_book(shelf.parts, book, path, about, shelf.criteria, shelf.out)
    except Exception:  # noqa: BLE001 - one workbook must not stop the others
        return None
    return path


def write_patients(crew: Crew, shelf: Shelf, note: Callable[[str], None]) -> tuple[Path, ...]:
    """Write the workbook of each patient."""
    (shelf.out / BOOKS).mkdir(exist_ok=True)
    tasks = ((shelf, book) for book in plan_patients(list_studies(shelf.parts)))
    answers = list(crew.run(make_patient_book, tasks, _give_up))
    written = tuple(path for path in answers if path is not None)
    if failed := len(answers) - len(written):
        note(f"workbooks of patients that could not be written: {failed}")
    return written


def write_months(parts: Path, out: Path, about: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the workbook of each exam month, with few sheets."""
    others = any(row["study"] is None for row in read_table(parts, "files", ["study"]))
    contents = Contents(short=True, results=out)
    written = []
    for book in plan_months(list_studies(parts), others=others):
        path = out / name_month(book.name)
        exams = sum(key is not None for key in book.studies)
        told = describe_selection(about, exams, _FULL.format(month=book.name))
        write_book(parts, book, path, told, contents)
        written.append(path)
    return tuple(written)


def _give_up(_: tuple[Shelf, Book]) -> None:
    """Answer for a workbook that took its process down."""

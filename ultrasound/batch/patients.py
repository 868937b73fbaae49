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
    """Where these workbooks come from and go to; ``named``: those of patients by their names."""

    parts: Path
    out: Path
    about: Mapping[str, str]
    criteria: CriteriaSet
    named: bool = False


def make_patient_book(task: tuple[Shelf, Book]) -> bool:
    """Write one patient's workbook; whether it is there: no failure must stop the others."""
    shelf, book = task
    about = describe_selection(shelf.about, len(book.studies))
    try:
        name = name_patient(shelf.parts, book) if shelf.named else book.name
        path = shelf.out / BOOKS / f"{name}.xlsx"
        write_patient_book(shelf.parts, book, path, about, shelf.criteria, shelf.out)
    except Exception:  # noqa: BLE001 - one workbook must not stop the others
        return False
    return True


def write_patients(crew: Crew, shelf: Shelf, note: Callable[[str], None]) -> None:
    """Write the workbook of each patient."""
    (shelf.out / BOOKS).mkdir(exist_ok=True)
    tasks = ((shelf, book) for book in plan_patients(list_studies(shelf.parts)))
    if failed := sum(not done for done in crew.run(make_patient_book, tasks, _give_up)):
        note(f"workbooks of patients that could not be written: {failed}")


def write_months(shelf: Shelf) -> int:
    """Write the workbook of each exam month, with few sheets; how many they are."""
    others = any(row["study"] is None for row in read_table(shelf.parts, "files", ["study"]))
    contents = Contents(short=True, results=shelf.out)
    months = list(plan_months(list_studies(shelf.parts), others=others))
    for book in months:
        path = shelf.out / name_month(book.name)
        exams = sum(key is not None for key in book.studies)
        told = describe_selection(shelf.about, exams, _FULL.format(month=book.name))
        write_book(shelf.parts, book, path, told, contents)
    return len(months)


def _give_up(_: tuple[Shelf, Book]) -> bool:
    """Answer for a workbook that took its process down."""
    return False

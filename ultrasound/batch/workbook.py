"""The command ``workbook``: the whole workbook of some exams of a folder of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ultrasound.batch.books import (
    Book,
    Row,
    find_month,
    write_book,
    write_patient_book,
)
from ultrasound.batch.outputs import read_record
from ultrasound.batch.summary import describe_selection
from ultrasound.errors import UsageError
from ultrasound.knowledge.schema_criteria import load_criteria
from ultrasound.reconcile.identity import normalize_number
from ultrasound.trends.patients import group_exams
from ultrasound.write.excel.contents import Contents
from ultrasound.write.parquet import MARKER, read_output

_SUFFIX: Final = ".xlsx"
_NO_RESULTS: Final = "name the folder that `ultrasound run` of this version wrote"


def make_workbook(
    results: Path,
    out: Path,
    *,
    study: str | None = None,
    patient: str | None = None,
    month: str | None = None,
) -> int:
    """Write the workbook of the exams that fit all that is given; how many they are.

    Args:
        results: A folder that ``ultrasound run`` wrote.
        out: The file to write; a month has no reports of a page, since it may have thousands.
        study: The key of one exam.
        patient: A patient's number.
        month: The month of the exams, as 2026-03, or "undated".

    Raises:
        UsageError: No exam fits, the number is that of several patients, or a file is in the way.
    """
    if study is None and patient is None and month is None:
        raise UsageError("which exams? give --study, --patient or --month")
    _check_file(out)
    about, criteria = _read_run(results)
    rows = _read_studies(results)
    chosen = [
        row
        for row in (rows if patient is None else _exams_of(rows, patient))
        if study in (None, row["study"]) and month in (None, find_month(row))
    ]
    if not chosen:
        raise UsageError(f"{results}: holds no such exam; the table legs lists them")
    book = Book(tuple(str(row["study"]) for row in chosen), None, out.stem)
    told = describe_selection(about, len(chosen))
    try:
        if study is None and patient is None:
            write_book(results, book, out, told, Contents(results=results))
        else:
            sets = load_criteria().sets
            write_patient_book(results, book, out, told, sets.get(criteria), results)
    except (OSError, ValueError) as error:
        raise UsageError(f"{out}: cannot be written ({type(error).__name__})") from error
    return len(chosen)


def _check_file(out: Path) -> None:
    if out.suffix.lower() != _SUFFIX:
        raise UsageError(f"{out}: name a file that ends with {_SUFFIX}")
    if out.exists():
        raise UsageError(f"{out}: is there already; move it away or name another file")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent}: no such folder; make it first")


def _read_run(results: Path) -> tuple[Mapping[str, str], str]:
    record: dict[str, Any] = read_record(results) or {}
    about = record.get("about")
    if not isinstance(about, dict):
        raise UsageError(f"{results}: no results; {_NO_RESULTS}")
    return about, str(record.get("criteria"))


def _read_studies(results: Path) -> list[Row]:
    path = results / f"{MARKER}.parquet"
    try:
        return list(read_output(path))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read; {_NO_RESULTS}") from error


def _exams_of(rows: Sequence[Row], patient: str) -> list[Row]:
    """The exams under a number, where it is that of one patient."""
    number = normalize_number(patient)
    found = [row for row in rows if normalize_number(str(row["patient_id"] or "")) == number]
    patients = list(group_exams(found)) if number else []
    if len(patients) > 1 or any(each.doubt for each in patients):
        raise UsageError("this number is that of several patients; give --study instead")
    return found if patients else []

"""Exams of invented patients on several days, in parts, for the tests of what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.assess.legs import knowledge, parse_context
from tests.write.studies import make_result
from ultrasound.assess import assess_study
from ultrasound.domain import Extraction, Result
from ultrasound.trends import Followed, follow_patients
from ultrasound.write.parquet import PartWriter, read_table
from ultrasound.write.rows import result_rows

Row = dict[str, object]
AFTER_ALL = 900


def make_exam(
    number: int, date: str | None, facts: str, context: str = "", **identity: str | None
) -> Result:
    """One study of the patient P-1; ``identity`` replaces fields of it."""
    base = make_result(number, facts)
    told = {"patient_id": "P-1", "exam_date": date, **identity}
    study = replace(base.study, **told)  # type: ignore[arg-type]
    stated = tuple(replace(c, document=study.documents[0].name) for c in parse_context(context))
    merged = Extraction(base.observations, stated)
    legs = assess_study(study, merged, knowledge(), "svs_avf_avls_2022")
    return replace(base, study=study, context=stated, legs=legs)


def write_exams(folder: Path, exams: Sequence[Result], per_batch: int = 2) -> Path:
    """The parts of some exams, in the order given."""
    for number, start in enumerate(range(0, len(exams), per_batch)):
        rows: dict[str, list[Row]] = {}
        for exam in exams[start : start + per_batch]:
            for table, found in result_rows(exam).items():
                rows.setdefault(table, []).extend(found)
        PartWriter(folder).write(number, rows)
    return folder


def follow(folder: Path, exams: Sequence[Result], per_batch: int = 2) -> Followed:
    """Write the parts of some exams, and follow their patients."""
    return follow_patients(write_exams(folder, exams, per_batch), AFTER_ALL, knowledge())


def read_rows(folder: Path, table: str) -> list[Row]:
    """The rows of a table in the parts."""
    return list(read_table(folder, table))

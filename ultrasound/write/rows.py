"""A Result as flat rows, the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ultrasound.domain import Correction, FileEntry, LegEvidence, Observation, Problem, Result
from ultrasound.knowledge.schema_criteria import DisplayTable, load_display
from ultrasound.write.code_rows import code_row
from ultrasound.write.column import Column
from ultrasound.write.columns import PART_TABLES, TABLES
from ultrasound.write.jsonl import (
    Line,
    context_line,
    dismissal_line,
    line_text,
    observation_line,
    problem_line,
    review_line,
)
from ultrasound.write.leg_rows import (
    IDENTITY_MISMATCH,
    checklist_row,
    criterion_row,
    leg_row,
    link_rows,
    restless_row,
    segment_row,
)
from ultrasound.write.origins import ObservationIds
from ultrasound.write.review_rows import correction_row, review_rows
from ultrasound.write.source_rows import (
    Row,
    context_row,
    file_row,
    image_row,
    observation_row,
    sort_key,
)

__all__ = ["PART_TABLES", "TABLES", "Column", "file_rows", "result_rows"]


def result_rows(result: Result, display: DisplayTable | None = None) -> dict[str, list[Row]]:
    """All rows of one study, by table; those whose names start with ``_`` are for the parts only.

    Args:
        result: The study, assessed.
        display: The order of veins and levels; the shipped table where none is given.
    """
    study = result.study
    hashes = {document.name: document.sha256 for document in study.documents}
    ids = ObservationIds(hashes)
    asked, review = review_rows(result, ids, hashes)
    rows: dict[str, list[Row]] = {
        "legs": [leg_row(leg, study, review) for leg in result.legs],
        "segments": [segment_row(s, leg, study, ids) for leg in result.legs for s in leg.segments],
        "observations": [
            observation_row(o, study.key, ids)
            for o in sort_observations(result, display or load_display())
        ],
        "context": [context_row(context, study.key) for context in result.context],
        "review": asked,
        "criteria": [
            criterion_row(e, leg, study.key, ids) for leg in result.legs for e in leg.evidence
        ],
        "completeness": _checklist(result.legs, study.key, ids),
        "codes": [code_row(candidate, study.key, ids) for candidate in result.codes],
        "rls": _restless(result, ids),
        "images": [image_row(image, study.key) for image in result.images],
        "corrections": [correction_row(c, study.key) for c in result.corrections],
        "_lines": [{"study": study.key, "line": line_text(line)} for line in _lines(result)],
        "_links": [row for leg in result.legs for row in link_rows(leg, study.key, ids)],
    }
    urgent = any(row["attention"] for row in rows["legs"])
    urgent |= any(item.code == IDENTITY_MISMATCH for item in review)
    rows["_studies"] = [
        {
            "study": study.key,
            "patient_id": study.patient_id,
            "exam_date": study.exam_date,
            "urgent": urgent,
            "patient_issuer": study.patient_issuer,
            "birth_date": study.birth_date,
            "document": study.documents[0].name if study.documents else None,
        }
    ]
    return {table: [fit_row(row, table) for row in found] for table, found in rows.items()}


def sort_observations(result: Result, display: DisplayTable) -> list[Observation]:
    """The facts of a study in the order of the observations table."""
    veins = {code: order for order, code in enumerate(display.veins)}
    segments = {code: order for order, code in enumerate(display.segments)}
    return sorted(result.observations, key=lambda o: sort_key(o, veins, segments))


def file_rows(
    entries: Iterable[FileEntry],
    problems: Iterable[Problem] = (),
    lost: Iterable[Correction] = (),
) -> dict[str, list[Row]]:
    """The rows of input files, the JSON lines of those that could not be used, lost decisions."""
    lines: list[Row] = [{"line": line_text(problem_line(problem))} for problem in problems]
    return {
        "files": [fit_row(file_row(entry), "files") for entry in entries],
        "corrections": [fit_row(correction_row(c, None), "corrections") for c in lost],
        "_lines": [fit_row(line, "_lines") for line in lines],
    }


def fit_row(row: Row, table: str) -> Row:
    """The row with every column of its table, in order and of its type.

    Raises:
        KeyError: The row has a cell that the table has no column for.
    """
    columns = PART_TABLES[table]
    unknown = set(row) - {column.name for column in columns}
    if unknown:
        raise KeyError(f"{table} has no column {min(unknown)!r}")
    return {column.name: _fit(row.get(column.name), column) for column in columns}


def _fit(value: object, column: Column) -> object:
    if value is None or value == "":
        return None
    if column.type == "double":
        return float(value) if isinstance(value, Decimal | int | float) else None
    if column.type == "int":
        return int(value) if isinstance(value, Decimal | int) else None
    if column.type == "bool":
        return bool(value)
    return str(value)


def _checklist(legs: Iterable[LegEvidence], study: str, ids: ObservationIds) -> list[Row]:
    return [checklist_row(entry, leg, study, ids) for leg in legs for entry in leg.completeness]


def _restless(result: Result, ids: ObservationIds) -> list[Row]:
    found = result.restless_legs
    return [restless_row(found, result.legs, result.study, ids)] if found else []


def _lines(result: Result) -> Iterator[Line]:
    study = result.study.key
    yield from (observation_line(o, study) for o in result.observations)
    yield from (context_line(context, study) for context in result.context)
    yield from (dismissal_line(dismissal) for dismissal in result.dismissals)
    yield from (review_line(item) for item in result.review)
    yield from (problem_line(problem) for problem in result.problems)

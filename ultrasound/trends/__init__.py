"""The exams of one patient over time: a second pass over the parts, once all studies are there.

The parts are the only source, patients come in the order of their numbers and exams in that of
their dates: neither the order of inputs nor the number of workers can matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from ultrasound.domain import Correction, ReviewItem
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_criteria import load_display
from ultrasound.trends.changes import FACT_COLUMNS, SEGMENT_COLUMNS, list_trends
from ultrasound.trends.patients import Patient, find_patients
from ultrasound.trends.priors import CONTEXT_COLUMNS, OBSERVATION_COLUMNS, check_priors
from ultrasound.trends.sorting import read_by_patient
from ultrasound.write.amend import add_review
from ultrasound.write.parquet import PartWriter
from ultrasound.write.review_rows import LateItem
from ultrasound.write.rows import fit_row

_TABLE: Final = "trends"
_COLUMNS: Final = {
    "segments": SEGMENT_COLUMNS,
    "observations": tuple(dict.fromkeys((*FACT_COLUMNS, *OBSERVATION_COLUMNS))),
    "context": CONTEXT_COLUMNS,
}
_ROWS_PER_PART: Final = 5_000
Row = dict[str, object]
Review = dict[str, list[LateItem]]


@dataclass(frozen=True, slots=True)
class Followed:
    """How many patients have several exams, and how many undecided items came of them.

    ``decided`` are the ids of decisions on these items that no fact of a study could place.
    """

    patients: int
    review_items: int
    decided: frozenset[str] = frozenset()


def follow_patients(
    parts: Path, first_batch: int, knowledge: Knowledge, corrections: Iterable[Correction] = ()
) -> Followed:
    """Add the table ``trends`` to the parts, and to the studies what came up beside others.

    Args:
        parts: the parts of all studies.
        first_batch: the number from which on new parts are numbered.
        knowledge: the names of the months.
        corrections: a physician's decisions, with the states that the studies gave them.
    """
    patients = find_patients(parts)
    review: Review = {}
    rows = _follow(parts, patients, knowledge.identity.table.dates.months, review)
    batch = first_batch
    while group := list(islice(rows, _ROWS_PER_PART)):
        PartWriter(parts).write(batch, {_TABLE: group})
        batch += 1
    undecided, decided = add_review(parts, review, corrections)
    return Followed(len(patients), undecided, frozenset(decided))


def _follow(
    parts: Path, patients: tuple[Patient, ...], months: Mapping[str, int], review: Review
) -> Iterator[Row]:
    """Yield the rows of the table, patient by patient; ``review`` gets what a person must see."""
    display = load_display()
    numbers: dict[str, int] = {}
    for number, patient in enumerate(patients):
        if patient.doubt is None:
            numbers |= {exam.study: number for exam in patient.exams}
        else:
            last = patient.exams[-1]
            review[last.study] = [_report_doubt(patient.doubt, last.document)]
    for number, found in read_by_patient(parts, numbers, _COLUMNS):
        patient = patients[number]
        for study, item in check_priors(patient, found["observations"], found["context"], months):
            review.setdefault(study, []).append(item)
        for row in list_trends(patient, found["segments"], found["observations"], display):
            yield fit_row(row, _TABLE)


def _report_doubt(doubt: str, document: str) -> LateItem:
    message = f"{doubt}; they were not compared over time. Check whose they are."
    return LateItem(ReviewItem(document, None, None, "identity_mismatch", message))

"""The exams of one patient over time: a second pass over the parts, once all studies are there.

The parts are the only source, patients come in the order of their numbers and exams in that of
their dates: neither the order of inputs nor the number of workers can matter. A patient of whom an
earlier run has seen the same exams is not compared again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ultrasound.domain import Correction, Leg, ReviewItem, TextSpan
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_criteria import load_display
from ultrasound.trends.changes import FACT_COLUMNS, SEGMENT_COLUMNS, list_trends
from ultrasound.trends.patients import Patient, find_patients
from ultrasound.trends.priors import CONTEXT_COLUMNS, OBSERVATION_COLUMNS, check_priors
from ultrasound.trends.sorting import read_by_patient
from ultrasound.write.amend import add_review
from ultrasound.write.ledger import Ledger
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
class Story:
    """What became of one patient: rows of the table, and items to review, each with its study."""

    rows: list[Row]
    review: list[tuple[str, LateItem]]


@dataclass(frozen=True, slots=True)
class Followed:
    """How many patients have several exams, and how many undecided items came of them.

    ``decided`` are the ids of decisions on these items that no fact of a study could place.
    """

    patients: int
    review_items: int
    decided: frozenset[str] = frozenset()


def follow_patients(
    parts: Path,
    first_batch: int,
    knowledge: Knowledge,
    corrections: Iterable[Correction] = (),
    ledger: Ledger | None = None,
) -> Followed:
    """Add the table ``trends`` to the parts, and to the studies what came up beside others.

    Args:
        parts: the parts of all studies.
        first_batch: the number from which on new parts are numbered.
        knowledge: the names of the months.
        corrections: a physician's decisions, with the states that the studies gave them.
        ledger: what is known of patients whose exams are all as they were.
    """
    patients = find_patients(parts)
    review: Review = {}
    told = _tell_stories(parts, patients, knowledge.identity.table.dates.months, ledger)
    rows = _take_rows(told, review)
    batch = first_batch
    while group := list(islice(rows, _ROWS_PER_PART)):
        PartWriter(parts).write(batch, {_TABLE: group})
        batch += 1
    for patient in patients:
        if patient.doubt is not None:
            last = patient.exams[-1]
            review[last.study] = [_report_doubt(patient.doubt, last.document)]
    undecided, decided = add_review(parts, review, corrections)
    return Followed(len(patients), undecided, frozenset(decided))


def _take_rows(stories: Iterable[Story], review: Review) -> Iterator[Row]:
    """Yield the rows of the table; ``review`` gets what a person must see, by study."""
    for story in stories:
        for study, item in story.review:
            review.setdefault(study, []).append(item)
        yield from story.rows


def _tell_stories(
    parts: Path,
    patients: tuple[Patient, ...],
    months: Mapping[str, int],
    ledger: Ledger | None,
) -> Iterator[Story]:
    """What became of each patient whose exams can be compared, in their order."""
    display = load_display()
    certain = [patient for patient in patients if patient.doubt is None]
    names = [] if ledger is None else [_name(patient, ledger) for patient in certain]
    held = frozenset[str]() if ledger is None else ledger.find_held(names)
    known = [bool(names) and names[number] in held for number in range(len(certain))]
    new = {e.study: n for n, p in enumerate(certain) if not known[n] for e in p.exams}
    read = read_by_patient(parts, new, _COLUMNS)
    for number, patient in enumerate(certain):
        if ledger is not None and known[number]:
            yield _load(ledger.recall(names[number]))
            continue
        _, found = next(read)
        facts, stated = found["observations"], found["context"]
        review = list(check_priors(patient, facts, stated, months))
        rows = [fit_row(r, _TABLE) for r in list_trends(patient, found["segments"], facts, display)]
        story = Story(rows, review)
        if ledger is not None:
            ledger.keep(names[number], asdict(story))
        yield story


def _name(patient: Patient, ledger: Ledger) -> str:
    return ledger.name_patient(patient.number, patient.issuer, (e.study for e in patient.exams))


def _load(kept: Mapping[str, Any]) -> Story:
    """A story as ``asdict`` and JSON have left it."""
    review = [
        (study, LateItem(_load_item(**late["item"]), tuple(late["facts"])))
        for study, late in kept["review"]
    ]
    return Story(kept["rows"], review)


def _load_item(leg: str | None, origins: Iterable[Mapping[str, Any]], **told: Any) -> ReviewItem:
    spans = tuple(TextSpan(**origin) for origin in origins)
    return ReviewItem(leg=None if leg is None else Leg(leg), origins=spans, **told)


def _report_doubt(doubt: str, document: str) -> LateItem:
    message = f"{doubt}; they were not compared over time. Check whose they are."
    return LateItem(ReviewItem(document, None, None, "identity_mismatch", message))

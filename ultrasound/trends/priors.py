"""What a report repeats from an earlier exam, against that exam itself.

Compared is a fact of the same leg, vein, level and property that the earlier exam states as its
own. An equal one is nothing; a differing one is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ultrasound.domain import (
    SET_ASIDE,
    ContentItem,
    Leg,
    Observation,
    Origin,
    Place,
    Quantity,
    ReviewItem,
    TextSpan,
)
from ultrasound.reconcile.facts import agrees, describe, excludes, slack_of, topic
from ultrasound.reconcile.identity import possible_days
from ultrasound.trends.patients import Exam, Patient
from ultrasound.write.review_rows import LateItem

Row = Mapping[str, object]
Matches = Callable[[str], bool]
OBSERVATION_COLUMNS: Final = (
    "id",
    "study",
    "document",
    "leg",
    "vein",
    "segment",
    "property",
    "value_number",
    "value_code",
    "comparator",
    "upper",
    "unit",
    "assertion",
    "temporality",
    "flags",
    "source_kind",
    "source_part",
    "source_start",
    "source_end",
    "source_ref",
    "quote",
)
CONTEXT_COLUMNS: Final = ("study", "fact", "value")
_MONTH: Final = re.compile(r"(?:(?P<name>[A-Za-z]+)\.?,?\s+|(?P<number>\d{1,2})/)?(?P<year>\d{4})")


class _Stated(NamedTuple):
    """A fact with the id of its observation."""

    key: str
    fact: Observation


def check_priors(
    patient: Patient,
    observations: Iterable[Row],
    context: Iterable[Row],
    months: Mapping[str, int],
) -> Iterator[tuple[str, LateItem]]:
    """Yield the study and the review item of each repeated fact that its exam states otherwise.

    Args:
        patient: whose exams they are.
        observations: the rows of its exams in the table ``observations``.
        context: those in the table ``context``.
        months: the names of the months in lower case, with their numbers.
    """
    own: dict[str, list[_Stated]] = {}
    repeated: dict[str, list[_Stated]] = {}
    for row in observations:
        if _is_compared(row):
            kept = repeated if row["temporality"] == "prior" else own
            kept.setdefault(str(row["study"]), []).append(_Stated(str(row["id"]), _read_fact(row)))
    dates: dict[str, list[Matches]] = {}
    for row in context:
        if row["fact"] == "comparison_date":
            matches = _read_comparison(str(row["value"]), months)
            dates.setdefault(str(row["study"]), []).append(matches)
    for exam in patient.exams:
        if exam.study in repeated:
            earlier = _choose_exams(exam, patient.exams, dates.get(exam.study, ()))
            told = [(e, own.get(e.study, [])) for e in earlier]
            yield from ((exam.study, item) for item in _check_exam(repeated[exam.study], told))


def _is_compared(row: Row) -> bool:
    """Whether a fact is stated without doubt, of a known leg, of duplex ultrasound, and holds."""
    flags = str(row["flags"] or "").split("; ")
    stated = row["leg"] is not None and row["assertion"] == "affirmed"
    return stated and not any(flag in flags for flag in ("other_method", *SET_ASIDE))


def _read_comparison(written: str, months: Mapping[str, int]) -> Matches:
    """Whether an exam's date can be the one that a report compares with: a day, month or year."""
    days = possible_days(written, months)
    if days:
        return days.__contains__
    found = _MONTH.fullmatch(written.strip())
    if found is None:
        return lambda _: False
    name = found["name"]
    month = months.get(name.lower()) if name else int(found["number"] or 0)
    start = f"{found['year']}-{month:02}-" if month else f"{found['year']}-"
    return lambda day: day.startswith(start)


def _choose_exams(exam: Exam, exams: Iterable[Exam], dates: Sequence[Matches]) -> list[Exam]:
    """The earlier exams that can be meant, the latest first: all where the report dates none."""
    earlier = [e for e in exams if e.date < exam.date]
    fitting = [e for e in earlier if not dates or any(matches(e.date) for matches in dates)]
    return fitting[::-1]


def _check_exam(
    repeated: Iterable[_Stated], earlier: Sequence[tuple[Exam, Sequence[_Stated]]]
) -> Iterator[LateItem]:
    """One item for each place and topic; agreement with any exam that can be meant settles it."""
    asked: dict[tuple[object, ...], LateItem] = {}
    for key, prior in repeated:
        rivals = [
            (exam, told)
            for exam, facts in earlier
            for told in facts
            if _is_same_place(prior, told.fact) and told.fact.property == prior.property
        ]
        if any(_agree(prior, told.fact) for _, told in rivals):
            continue
        differing = next(((e, t) for e, t in rivals if _differ(prior, t.fact)), None)
        if differing is not None:
            exam, told = differing
            item = _report(prior, exam, told.fact)
            asked.setdefault((prior.place, topic(prior)), LateItem(item, (key, told.key)))
    yield from asked.values()


def _is_same_place(prior: Observation, fact: Observation) -> bool:
    """A repeated value without a level may be that of any level of its vein."""
    one, other = prior.place, fact.place
    same = (one.leg, one.vein) == (other.leg, other.vein)
    return same and one.segment in (None, other.segment)


def _agree(one: Observation, other: Observation) -> bool:
    if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
        return agrees(one.value, other.value, slack_of(one), slack_of(other))
    return one.value == other.value


def _differ(one: Observation, other: Observation) -> bool:
    return isinstance(one.value, Quantity) or excludes(one, other)


def _report(prior: Observation, exam: Exam, fact: Observation) -> ReviewItem:
    place = prior.place
    where = " ".join(str(word) for word in (place.leg, place.vein, place.segment) if word)
    said, then = (text.replace("_", " ") for text in (describe(prior), describe(fact)))
    message = (
        f"{where.replace('_', ' ')}: this report gives {said} for an earlier exam; that of "
        f"{exam.date} ({fact.document}) says {then}. Check which one holds."
    )
    origins = tuple(o.source for o in (prior, fact) if isinstance(o.source, TextSpan))
    return ReviewItem(
        prior.document,
        place.leg,
        place.vein,
        "conflict",
        message,
        segment=place.segment,
        origins=origins,
    )


def _read_fact(row: Row) -> Observation:
    """A fact as far as it is compared and shown."""
    segment = None if row["segment"] is None else str(row["segment"])
    flags = tuple(str(row["flags"] or "").split("; "))
    value: Quantity | str = str(row["value_code"])
    if row["value_number"] is not None:
        upper = None if row["upper"] is None else Decimal(str(row["upper"]))
        number, attained = Decimal(str(row["value_number"])), "attained" in flags
        value = Quantity(number, str(row["unit"]), str(row["comparator"]), upper, attained)
    return Observation(
        Place(Leg(str(row["leg"])), str(row["vein"]), segment),
        str(row["property"]),
        value,
        _read_origin(row),
        str(row["document"]),
    )


def _read_origin(row: Row) -> Origin:
    document, quote = str(row["document"]), str(row["quote"] or "")
    if row["source_kind"] != "text":
        return ContentItem(document, str(row["source_ref"]), "", quote)
    part = None if row["source_part"] is None else str(row["source_part"])
    start = int(str(row["source_start"]))
    return TextSpan(document, part, start, int(str(row["source_end"])), quote)

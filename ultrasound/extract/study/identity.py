"""Whose report it is and of which exam: identity lines by their labels, and the DICOM header.

Nothing here needs the language pipeline, so that a folder can be put together into studies
before any report is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ultrasound.config import Settings
from ultrasound.domain import Context, Document, HeaderElement, ReviewItem, TextPart, TextSpan
from ultrasound.extract.study.identity_lines import Found, find_facts
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.dates import Reading
from ultrasound.knowledge.schema_identity import DateRow, IdentityKnowledge, OrderSideRow

_SAID_ONCE: Final = ("exam_date", "accession", "exam_title", "report_status")
_DATE_NAMES: Final = {"birth_date": "birth date", "exam_date": "exam date"}
_HEADER_FACTS: Final = (
    ("patient_id", "(0010,0020)", "patient_id"),
    ("patient_name", "(0010,0010)", "patient_name"),
    ("birth_date", "(0010,0030)", "birth_date"),
    ("exam_date", "(0008,0020)", "study_date"),
    ("accession", "(0008,0050)", "accession"),
)
# What was ordered or done, the study's own title first.
_ORDER_TITLES: Final = (
    ("StudyDescription", "(0008,1030)"),
    ("RequestedProcedureDescription", "(0032,1060)"),
    ("PerformedProcedureStepDescription", "(0040,0254)"),
)


@dataclass(frozen=True, slots=True)
class IdentityReading:
    """The identity facts of one document, and what a person has to decide about them."""

    context: tuple[Context, ...] = ()
    review: tuple[ReviewItem, ...] = ()


def read_identity(document: Document, knowledge: Knowledge, settings: Settings) -> IdentityReading:
    """Read the patient, the exam and the report's state from a document's header and texts.

    A date becomes ISO 8601 where it has one reading, or one in the settings' ``date_order``;
    else it stays as written, with a review item ``date_ambiguous``.
    """
    no_name = knowledge.identity.table.name.no_name
    header = _read_header(document, knowledge.identity.table.order_side)
    context = [item for item in header if not _is_unnamed(item, no_name)]
    review: list[ReviewItem] = []
    limits = knowledge.identity.table.dates
    exam_date = next((item.value for item in context if item.fact == "exam_date"), None)
    chosen = _choose(document.texts, knowledge.identity)
    for part, found in sorted(chosen, key=lambda pair: pair[1].fact != "exam_date"):
        value = found.value
        origin = _span(document, part, found)
        if found.fact in _DATE_NAMES:
            readings = _prune(found, limits, settings, exam_date)
            if len(readings) == 1:
                value = readings[0].iso
                exam_date = exam_date or (value if found.fact == "exam_date" else None)
            else:
                review.append(_ask(document, found.fact, origin))
        context.append(Context(None, found.fact, value, origin, document.name))
    return IdentityReading(tuple(context), tuple(review))


def _span(document: Document, part: TextPart, found: Found) -> TextSpan:
    quote = part.text[found.start : found.end]
    start, end = found.start + part.offset, found.end + part.offset
    return TextSpan(document.name, part.part, start, end, quote)


def _ask(document: Document, fact: str, origin: TextSpan) -> ReviewItem:
    message = (
        f"The {_DATE_NAMES[fact]} cannot be read in one way only: set date_order in the settings "
        "file, or write the year with four digits."
    )
    return ReviewItem(document.name, None, None, "date_ambiguous", message, origins=(origin,))


def _prune(
    found: Found, limits: DateRow, settings: Settings, exam_date: str | None
) -> tuple[Reading, ...]:
    """The readings that the lab's order of day and month and the calendar leave."""
    readings = found.readings
    if settings.date_order is not None:
        readings = tuple(r for r in readings if r.order in (None, settings.date_order))
    if found.fact == "exam_date":
        return tuple(r for r in readings if r.iso >= str(limits.first_exam_year))
    latest = exam_date or f"20{limits.last_century_above}-12-31"
    return tuple(r for r in readings if r.iso <= latest)


def _read_header(document: Document, sides: OrderSideRow) -> Iterator[Context]:
    """Identity from a header; the title of the exam carries the leg that was ordered."""
    if document.header is None:
        return
    for fact, tag, field in _HEADER_FACTS:
        value = (getattr(document.header, field) or "").strip()
        date = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", value) if field.endswith("_date") else None
        if value:
            origin = HeaderElement(document.name, tag, value)
            iso = "-".join(date.groups()) if date else value
            yield Context(None, fact, iso, origin, document.name)
    words = dict(document.header.descriptions)
    titles = [(tag, words[name]) for name, tag in _ORDER_TITLES if name in words]
    legs = [leg for _, title in titles if (leg := sides.find_leg(title)) is not None]
    for tag, title in titles[:1]:
        origin = HeaderElement(document.name, tag, title)
        yield Context(legs[0] if legs else None, "exam_title", title, origin, document.name)


def _is_unnamed(item: Context, no_name: frozenset[str]) -> bool:
    """Whether a header's name only says that the name was removed ("ANONYMOUS^PATIENT")."""
    words = re.findall(r"\w+", item.value.casefold())
    return item.fact == "patient_name" and set(words) <= no_name


def _choose(
    texts: tuple[TextPart, ...], identity: IdentityKnowledge
) -> Iterator[tuple[TextPart, Found]]:
    """Keep, for each fact, the values of its best label, each once, in the order of the text."""
    found = [(part, item) for part in texts for item in find_facts(part.text, identity)]
    best: dict[str, int] = {}
    for _, item in found:
        best[item.fact] = min(item.rank, best.get(item.fact, item.rank))
    seen: set[tuple[str, str]] = set()
    for part, item in found:
        key = (item.fact, "" if item.fact in _SAID_ONCE else item.value.casefold())
        if item.rank == best[item.fact] and key not in seen:
            seen.add(key)
            yield part, item

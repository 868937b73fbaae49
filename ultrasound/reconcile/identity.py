"""Whether two documents speak of one patient and one exam.

Names are compared by their words, dates by every reading that they can have, numbers without
spaces, hyphens and case. What is missing contradicts nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from ultrasound.domain import Context, HeaderElement, Observation, ReviewItem, TextSpan
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.dates import read_date

_WORDING: Final = {
    "patient_id": "patient's number",
    "patient_name": "patient's name",
    "birth_date": "birth date",
    "exam_date": "exam date",
    "accession": "accession number",
}
_DATES: Final = ("birth_date", "exam_date")


def normalize_number(value: str) -> str:
    """A patient's or accession number without the marks that people put into it."""
    return re.sub(r"[\s._-]", "", value).casefold()


def normalize_name(value: str) -> frozenset[str]:
    """The words of a name, without accents, marks and order."""
    plain = unicodedata.normalize("NFKD", value).casefold()
    return frozenset(re.findall(r"[^\W\d_]+", "".join(c for c in plain if not _is_accent(c))))


def _is_accent(char: str) -> bool:
    return unicodedata.combining(char) > 0


def names_agree(one: str, other: str) -> bool:
    """Whether every word of the shorter name is in the longer one, initials allowed."""
    short, long = sorted((normalize_name(one), normalize_name(other)), key=len)
    return all(any(_is_short_for(word, full) for full in long) for word in short)


def _is_short_for(word: str, full: str) -> bool:
    if min(len(word), len(full)) == 1:
        return word[0] == full[0]
    return word == full


def possible_days(value: str, months: Mapping[str, int]) -> frozenset[str]:
    """Every ISO date that a date as written can mean; empty where it is none."""
    written = read_date(value, months)
    return frozenset(reading.iso for reading in written.readings) if written else frozenset()


def dates_agree(one: str, other: str, months: Mapping[str, int]) -> bool:
    """Whether two dates have a reading in common; what is no date agrees with any."""
    first, second = possible_days(one, months), possible_days(other, months)
    return not first or not second or bool(first & second)


def compare_sides(
    context: Iterable[Context], observations: Iterable[Observation], knowledge: Knowledge
) -> tuple[ReviewItem, ...]:
    """Ask where the exam was ordered for one leg and the report speaks of the other one only.

    A comparison of the other leg's groin does not count: it belongs to an exam of one leg.
    """
    titles = (c for c in context if c.fact == "exam_title" and isinstance(c.source, HeaderElement))
    ordered = [item for item in titles if item.leg is not None]
    if len({item.leg for item in ordered}) != 1:
        return ()
    order, comparison = ordered[0], set(knowledge.criteria.rules.comparison)
    told = [o for o in observations if isinstance(o.source, TextSpan) and o.place.leg is not None]
    full = [o for o in told if o.place.vein not in comparison] or told
    if not full or any(o.place.leg is order.leg for o in full):
        return ()
    message = (
        f"The exam was ordered for the {order.leg} leg, the report speaks of the other one: check "
        "the side, and that they belong together."
    )
    return (
        ReviewItem(
            full[0].document,
            None,
            None,
            "identity_mismatch",
            message,
            origins=(order.source, full[0].source),
        ),
    )


def compare_identities(context: Iterable[Context], knowledge: Knowledge) -> tuple[ReviewItem, ...]:
    """Name each fact of identity that the documents of one study state differently."""
    months = knowledge.identity.table.dates.months
    stated: dict[str, list[Context]] = {}
    for item in context:
        if item.fact in _WORDING:
            stated.setdefault(item.fact, []).append(item)
    found = []
    for fact in _WORDING:
        agree = _choose_comparison(fact, months)
        items = stated.get(fact, [])
        others = [item for item in items if not agree(items[0].value, item.value)]
        if others:
            found.append(_report(fact, items[0], others[0]))
    return tuple(found)


def _choose_comparison(fact: str, months: Mapping[str, int]) -> Callable[[str, str], bool]:
    if fact in _DATES:
        return lambda one, other: dates_agree(one, other, months)
    if fact == "patient_name":
        return names_agree
    return lambda one, other: normalize_number(one) == normalize_number(other)


def _report(fact: str, one: Context, other: Context) -> ReviewItem:
    where = "Two places in this document" if one.document == other.document else "Two documents"
    message = (
        f"{where} of the study state another {_WORDING[fact]}; check that they belong together."
    )
    return ReviewItem(
        one.document,
        None,
        None,
        "identity_mismatch",
        message,
        origins=(one.source, other.source),
    )

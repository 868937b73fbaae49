"""Reading a date as it is written; what cannot be told apart stays apart.

A date has as many readings as it can have: 03/04/2024 has two, 13/04/2024 one. Whether a lab
writes the day or the month first, and which century two digits mean, is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
_YEAR: Final = r"(?P<year>\d{4}|\d{2})(?!\d)"
_FORMS: Final = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        r"(?P<first>\d{1,2})(?P<mark>\s?[-/.]\s?)(?P<second>\d{1,2})(?P=mark)" + _YEAR,
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s?[-./,]\s?|\s+of\s+|\s*)(?P<name>[a-z]{3,9})"
        r"(?:\.?\s?[-./,]?\s?)" + _YEAR,
        r"(?P<name>[a-z]{3,9})\.?\s?-?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|\s+|-)" + _YEAR,
    )
)
_CENTURIES: Final = (1900, 2000)
_LAST_MONTH: Final = 12
_SHORT_YEAR: Final = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a date: ISO 8601, and the order of day and month where it was chosen."""

    iso: str
    order: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at the start of a text: its end, and every way to read it (none: no such day)."""

    end: int
    readings: tuple[Reading, ...]


def read_date(text: str, months: Mapping[str, int]) -> WrittenDate | None:
    """Read the date that ``text`` starts with; None where it starts with none.

    Args:
        text: the words after a label.
        months: the names of the months, in lower case, with their numbers.
    """
    for form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        if parts.get("name") and parts["name"].lower() not in months:
            continue
        found = {reading.iso: reading for reading in _list_readings(parts, months)}
        return WrittenDate(match.end(), tuple(found[iso] for iso in sorted(found)))
    return None


def _list_readings(parts: Mapping[str, str | None], months: Mapping[str, int]) -> Iterator[Reading]:
    year = parts["year"] or ""
    choices = [
        (full, month, day, order)
        for full in _full_years(year)
        for month, day, order in _day_and_month(parts, months)
    ]
    if parts.get("first") and len(year) == _SHORT_YEAR and "-" in (parts["mark"] or ""):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        choices += [(full, second, int(year), None) for full in _full_years(f"{first:02}")]
    for full, month, day, order in choices:
        with suppress(ValueError):
            yield Reading(date(full, month, day).isoformat(), order)


def _full_years(year: str) -> tuple[int, ...]:
    if len(year) == _SHORT_YEAR:
        return tuple(century + int(year) for century in _CENTURIES)
    return (int(year),)


def _day_and_month(
    parts: Mapping[str, str | None], months: Mapping[str, int]
) -> tuple[tuple[int, int, str | None], ...]:
    """Give (month, day, chosen order): two where either number can be the month."""
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        if first == second or max(first, second) > _LAST_MONTH:
            return ((second, first, None), (first, second, None))
        return ((second, first, "dmy"), (first, second, "mdy"))
    name = parts.get("name")
    month = months[name.lower()] if name else int(parts["month"] or 0)
    return ((month, int(parts["day"] or 0), None),)

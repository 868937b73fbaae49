"""The facts of an annotation and of a reading, in the one form in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from ultrasound.domain import (
    LONGEST_QUOTE,
    Document,
    Extraction,
    Observation,
    Quantity,
    Temporality,
    TextPart,
    TextSpan,
)
from ultrasound.errors import UsageError

MEASURED: Final = ("reflux_time", "diameter", "depth", "velocity")
_LEGS: Final = {"R": "right", "L": "left"}
_LEAST_CELLS: Final = 5
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")

Place = tuple[str | None, str | None]


class Fact(NamedTuple):
    """One fact as it is compared; numbers are in ms, mm or cm/s."""

    leg: str | None
    vein: str | None
    segment: str | None
    property: str
    value: float | str
    comparator: str = "="
    upper: float | None = None


@dataclass(slots=True)
class Gold:
    """The annotation of one report."""

    required: set[Fact] = field(default_factory=set)
    allowed: set[Fact] = field(default_factory=set)
    reviews_due: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What was read from one report: its facts, the places of its review items, loose quotes."""

    facts: set[Fact] = field(default_factory=set)
    reviews: list[Place] = field(default_factory=list)
    ungrounded: int = 0


def read_gold(path: Path) -> Gold:
    """Read an annotation; raises UsageError that names the file and the line."""
    gold = Gold()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.lstrip("? \t").split("\t")
        if cells[0] == "!review":
            leg, vein = [*cells[1:], "-", "-"][:2]
            gold.reviews_due.append((_leg(leg), _none(vein)))
            continue
        if len(cells) < _LEAST_CELLS:
            raise UsageError(f"{path.name}:{number}: leg, vein, segment, property and value needed")
        facts = gold.allowed if line.startswith("?") else gold.required
        facts.add(_parse_fact(cells))
    return gold


def _parse_fact(cells: Sequence[str]) -> Fact:
    leg, vein, segment, prop, value, comparator, upper = [*cells, "", ""][:7]
    return Fact(
        _leg(leg),
        _none(vein),
        _none(segment),
        prop,
        _value(prop, value),
        _none(comparator) or "=",
        round(float(upper), 3) if _none(upper) else None,
    )


def _none(cell: str) -> str | None:
    return None if cell in ("", "-") else cell


def _leg(cell: str) -> str | None:
    return _LEGS.get(cell, _none(cell))


def _value(prop: str, value: str | Decimal) -> float | str:
    try:
        return round(float(value), 3) if prop in MEASURED else str(value)
    except ValueError:
        return str(value)


def add_extraction(reading: Reading, document: Document, extraction: Extraction) -> None:
    """Add what was read from one document to the reading of its report."""
    parts = {part.part: part for part in document.texts}
    for observation in extraction.observations:
        if observation.temporality is Temporality.CURRENT:
            reading.facts.add(_fact_of(observation))
            source = observation.source
            if isinstance(source, TextSpan):
                part = parts.get(source.part, TextPart(source.part, ""))
                grounded = is_grounded(observation, part.text, offset=part.offset)
                reading.ungrounded += not grounded
    reading.reviews += [(item.leg and str(item.leg), item.vein) for item in extraction.review]


def _fact_of(observation: Observation) -> Fact:
    place, value = observation.place, observation.value
    frame = (place.leg and str(place.leg), place.vein, place.segment, observation.property)
    if not isinstance(value, Quantity):
        return Fact(*frame, _value(observation.property, value))
    upper = None if value.upper is None else round(float(value.upper), 3)
    return Fact(*frame, _value(observation.property, value.value), value.comparator, upper)


def is_grounded(observation: Observation, text: str, *, offset: int = 0) -> bool:
    """Whether a quote stands at its place, is short, and holds the number as it was written.

    Args:
        observation: what was read.
        text: the text that it was read from.
        offset: where that text begins in the stored one.
    """
    source, value = observation.source, observation.value
    if not isinstance(source, TextSpan):
        return False
    if text[source.start - offset : source.end - offset] != source.quote:
        return False
    if not source.quote or len(source.quote) > LONGEST_QUOTE:
        return False
    if not isinstance(value, Quantity):
        return observation.property not in MEASURED
    written = [number for word in _NUMBER.findall(source.quote) for number in _readings(word)]
    near = Decimal("0.001")
    return any(abs(n * s - value.value) < near for n in written for s in (1, 10, 100, 1000))


def _readings(word: str) -> Iterator[Decimal]:
    """A number with its comma as decimal mark, and as mark of thousands."""
    for mark in (".", ""):
        number = word.replace(",", mark)
        if number.count(".") <= 1:
            yield Decimal(number)

"""Facts in short lines, and the evidence that follows from them.

A line is ``LEG VEIN SEGMENT PROPERTY VALUE [MARK …]``: ``R GSV sfj reflux_time >500 #2 !conflict``.
LEG is R, L or ``-``; SEGMENT may be ``-``. Marks: ``#2`` item, ``x2`` count, ``?`` uncertain,
``prior``, ``sr``, ``!flag``, ``=mean`` derivation, ``@words_of_a_location``, ``+section``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from ultrasound.assess import assess_study
from ultrasound.domain import (
    Assertion,
    ContentItem,
    Context,
    Document,
    Extraction,
    Leg,
    LegEvidence,
    Observation,
    Place,
    Quantity,
    Study,
    Temporality,
    TextSpan,
)
from ultrasound.knowledge import Knowledge, load_knowledge

LEGS = {"R": Leg.RIGHT, "L": Leg.LEFT, "-": None}
UNITS = {"reflux_time": "ms", "diameter": "mm", "depth": "mm", "velocity": "cm/s"}
VALUE = re.compile(r"(<=|>=|<|>|~)?([\d.]+)(?:-([\d.]+))?$")


@dataclass(frozen=True)
class Evidence:
    """The legs that were assessed, by letter."""

    legs: dict[str, LegEvidence]

    def cell(self, column: str, leg: str = "R") -> object:
        """A cell of the legs table."""
        return self.legs[leg].columns[column]

    def status(
        self, vein: str, segment: str | None, leg: str = "R", item: int | None = None
    ) -> str:
        """The status of one place, ``not_stated`` where it has no row."""
        rows = [
            s
            for s in self.legs[leg].segments
            if (s.vein, s.segment, s.item) == (vein, segment, item)
        ]
        assert len(rows) <= 1
        return rows[0].status if rows else "not_stated"


def parse_facts(text: str) -> list[Observation]:
    """The observations of lines separated by line ends or semicolons."""
    lines = [line.strip() for line in re.split(r"[;\n]", text) if line.strip()]
    return [parse_fact(line, number) for number, line in enumerate(lines)]


def parse_fact(line: str, number: int = 0) -> Observation:
    """One observation; its source is a span of its own, or an SR item."""
    leg, vein, segment, prop, value, *marks = line.split()
    observation = Observation(
        place=Place(LEGS[leg], vein, None if segment == "-" else segment),
        property=prop,
        value=parse_value(prop, value),
        source=TextSpan("report.txt", None, number * 100, number * 100 + len(line), line),
        document="report.txt",
        section="findings",
    )
    for mark in marks:
        observation = apply_mark(observation, mark, number)
    return observation


def parse_value(prop: str, value: str) -> Quantity | str:
    """A quantity of a measured property, else the code."""
    if prop not in UNITS:
        return value
    match = VALUE.match(value)
    assert match, value
    comparator, low, high = match.groups()
    return Quantity(
        Decimal(low), UNITS[prop], comparator or "=", None if high is None else Decimal(high)
    )


def apply_mark(observation: Observation, mark: str, number: int) -> Observation:
    """One mark of a line."""
    kind, rest = mark[0], mark[1:]
    place = observation.place
    if mark == "?":
        return replace(observation, assertion=Assertion.UNCERTAIN)
    if mark == "prior":
        return replace(observation, temporality=Temporality.PRIOR)
    if mark == "sr":
        source = ContentItem("sr.dcm", f"1.{number}", "code", "label")
        return replace(observation, source=source, document="sr.dcm")
    changes: dict[str, Callable[[], Observation]] = {
        "#": lambda: replace(observation, place=replace(place, item=int(rest))),
        "x": lambda: replace(observation, count=int(rest)),
        "!": lambda: replace(observation, flags=(*observation.flags, rest)),
        "=": lambda: replace(observation, derivation=rest),
        "@": lambda: replace(observation, place=replace(place, location=rest.replace("_", " "))),
        "+": lambda: replace(observation, section=rest),
    }
    return changes[kind]()


def parse_context(text: str) -> list[Context]:
    """Context facts from lines ``LEG FACT VALUE``."""
    found = []
    for number, line in enumerate(part.strip() for part in text.split(";") if part.strip()):
        leg, fact, value = line.split(maxsplit=2)
        source = TextSpan("report.txt", None, 9000 + number, 9001 + number, "x")
        found.append(Context(LEGS[leg], fact, value, source, "report.txt"))
    return found


def make_study(exam: str = "insufficiency") -> Study:
    """A study of an invented patient."""
    documents = (
        Document("report.txt", "a" * 64, "text", exam),
        Document("sr.dcm", "b" * 64, "sr"),
    )
    return Study("study-1", documents, "P-1", "Doe^Jane", "1960-01-02", "2024-05-06", "A-1")


def assess_facts(
    observations: Iterable[Observation],
    context: Iterable[Context],
    criteria: str,
    payers: Sequence[str] = (),
) -> Evidence:
    """The evidence of both legs."""
    merged = Extraction(observations=tuple(observations), context=tuple(context))
    legs = assess_study(make_study(), merged, knowledge(), criteria, payers=payers)
    return Evidence({leg.leg.value[0].upper(): leg for leg in legs})


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """All shipped tables."""
    return load_knowledge()


def assess(
    text: str,
    criteria: str = "svs_avf_avls_2022",
    context: str = "",
    payers: Sequence[str] = (),
) -> Evidence:
    """Assess lines of facts by a criteria set, and hold them against payer profiles."""
    return assess_facts(parse_facts(text), parse_context(context), criteria, payers)


def read_cases(name: str) -> list[list[str]]:
    """The rows of a table of cases: cells between bars, ``#`` for comments, white space free."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [[cell.strip() for cell in line.split("|")] for line in lines]

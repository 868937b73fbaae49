"""Reads the marked sentences of the tests, strictly, and what the reader makes of a sentence."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.kept import keep_read
from ultrasound.config import Settings
from ultrasound.domain import Document, Extraction, Observation, Quantity, Temporality, TextPart
from ultrasound.extract import extract_observations
from ultrasound.knowledge import Knowledge

Fact = tuple[str, ...]
_CELLS = range(5, 8)


@dataclass(frozen=True)
class Case:
    """A sentence with its facts, the facts of an earlier exam, and the review codes due."""

    rule: str
    text: str
    facts: frozenset[Fact]
    prior: frozenset[Fact]
    review: frozenset[str]


def load_cases(path: Path) -> list[Case]:
    """The cases of a file.

    Raises:
        ValueError: A key is unknown, or a fact has another number of cells than five to seven.
    """
    cases = []
    for raw in tomllib.loads(path.read_text("utf-8"))["case"]:
        unknown = set(raw) - {"rule", "text", "facts", "prior", "review"}
        if unknown:
            raise ValueError(f"{path.name}: {raw['rule']}: unknown key {min(unknown)}")
        cases.append(
            Case(
                raw["rule"],
                raw["text"],
                frozenset(read_fact(line) for line in raw["facts"]),
                frozenset(read_fact(line) for line in raw.get("prior", [])),
                frozenset(raw.get("review", [])),
            )
        )
    return cases


def read_fact(line: str) -> Fact:
    """One line as its cells; numbers in their shortest form, "=" where no comparator is given.

    Raises:
        ValueError: The line has another number of cells than five to seven.
    """
    cells = line.split()
    if len(cells) not in _CELLS:
        raise ValueError(f"five to seven cells are needed: {line!r}")
    cells += ["=", "-"][len(cells) - 5 :] if len(cells) < _CELLS[-1] else []
    cells[4] = shorten(cells[4])
    cells[6] = shorten(cells[6])
    return tuple(cells)


def shorten(value: str) -> str:
    """A number without trailing zeros; anything else as it is."""
    if value.replace(".", "", 1).isdigit() and "." in value:
        return value.rstrip("0").rstrip(".")
    return value


def read_text(text: str, knowledge: Knowledge, exam: str | None = "insufficiency") -> Extraction:
    """What the reader makes of a text."""
    document = Document("case.txt", "0" * 64, "text", exam, (TextPart(None, text),))
    return extract_observations(document, knowledge, Settings())


def read_kept(text: str, knowledge: Knowledge) -> Extraction:
    """What ``read_text`` makes of a text that several checks read, once in a session."""
    return keep_read(repr((text, knowledge.hash)), lambda: read_text(text, knowledge))


def facts_of(extraction: Extraction, temporality: Temporality) -> frozenset[Fact]:
    """The facts of an extraction in the form of the marked sentences; flow words are left out."""
    return frozenset(
        fact_of(obs)
        for obs in extraction.observations
        if obs.temporality is temporality and obs.property != "flow"
    )


def fact_of(obs: Observation) -> Fact:
    """One observation in the form of the marked sentences."""
    leg = obs.place.leg.value[0].upper() if obs.place.leg else "-"
    place = (leg, obs.place.vein, obs.place.segment or "-", obs.property)
    if isinstance(obs.value, Quantity):
        upper = "-" if obs.value.upper is None else shorten(f"{obs.value.upper:f}")
        return (*place, shorten(f"{obs.value.value:f}"), obs.value.comparator, upper)
    return (*place, obs.value, "=", "-")

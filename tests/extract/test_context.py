"""Facts of the study beside its findings, against the list that a second annotator made by hand."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from ultrasound.config import Settings
from ultrasound.domain import Leg
from ultrasound.extract import extract_observations
from ultrasound.extract.study.identity import read_identity
from ultrasound.knowledge import load_knowledge
from ultrasound.read import read_file

SAMPLES = Path(__file__).parents[2] / "sample_reports" / "seventh_hand"
TABLE = Path(__file__).with_name("context.tsv")
KNOWLEDGE = load_knowledge()
LEGS = {"R": Leg.RIGHT, "L": Leg.LEFT, "-": None}
Fact = tuple[Leg | None, str, str]


def read_table() -> dict[str, dict[str, set[Fact]]]:
    """The facts of each report by their mark.

    "" is due and read; "?" may be read or not; "!" is due and still missed; "+" is read and wrong.
    """
    reports: dict[str, dict[str, set[Fact]]] = defaultdict(lambda: defaultdict(set))
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            mark, name, leg, fact, value = line.split("\t")
            reports[name][mark].add((LEGS[leg], fact, fold(value)))
    return reports


def fold(value: str) -> str:
    """A value without the differences that carry nothing: case, blanks, a closing full stop."""
    return " ".join(value.split()).strip(" .,;").casefold()


def read_context(name: str) -> set[Fact]:
    """The context facts that the program reads from a sample."""
    outcome = read_file(SAMPLES / f"{name}.txt", f"{name}.txt", KNOWLEDGE)
    found: set[Fact] = set()
    for document in outcome.documents:
        text = extract_observations(document, KNOWLEDGE, Settings()).context
        named = read_identity(document, KNOWLEDGE, Settings()).context
        found |= {(item.leg, item.fact, fold(item.value)) for item in (*text, *named)}
    return found


REPORTS = read_table()


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_context_is_what_the_list_says(name: str) -> None:
    """Each fact due is read, none that the list lacks; what is still wrong is marked so."""
    marked, found = REPORTS[name], read_context(name)
    missing = marked[""] - found
    too_much = found - marked[""] - marked["?"] - marked["+"]
    mended = (marked["!"] & found) | (marked["+"] - found)
    assert (missing, too_much, mended) == (set(), set(), set())


def test_most_of_the_list_is_read() -> None:
    """The marks for what is still wrong stay the exception."""
    due = sum(len(marks[""]) for marks in REPORTS.values())
    wrong = sum(len(marks["!"]) + len(marks["+"]) for marks in REPORTS.values())
    assert wrong <= due / 3

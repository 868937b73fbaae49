"""Facts that a report repeats from an earlier exam, against the list of a second annotator."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.extract.marked import Fact, fact_of
from ultrasound.config import Settings
from ultrasound.domain import Temporality
from ultrasound.extract import extract_observations
from ultrasound.knowledge import load_knowledge
from ultrasound.read import read_file

SAMPLES = Path(__file__).parents[2] / "sample_reports"
TABLE = Path(__file__).with_name("priors.tsv")
KNOWLEDGE = load_knowledge()


def read_table() -> dict[str, dict[str, set[Fact]]]:
    """The earlier facts of each sample by their mark.

    "" is due and read; "?" may be read or not; "!" is due and still missed; "+" is read and wrong.
    """
    reports: dict[str, dict[str, set[Fact]]] = defaultdict(lambda: defaultdict(set))
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            mark, name, *fact = line.split("\t")
            reports[name][mark].add(tuple(fact))
    return reports


def read_priors(name: str) -> set[Fact]:
    """The earlier facts that the program reads from a sample."""
    documents = read_file(SAMPLES / name, name, KNOWLEDGE).documents
    read = (extract_observations(document, KNOWLEDGE, Settings()) for document in documents)
    return {
        fact_of(obs)
        for extraction in read
        for obs in extraction.observations
        if obs.temporality is Temporality.PRIOR
    }


REPORTS = read_table()


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_earlier_facts_are_what_the_list_says(name: str) -> None:
    """Each earlier fact is read as one, and no other; what is still wrong is marked so."""
    marked, found = REPORTS[name], read_priors(name)
    missing = marked[""] - found
    too_much = found - marked[""] - marked["?"] - marked["+"]
    mended = (marked["!"] & found) | (marked["+"] - found)
    assert (missing, too_much, mended) == (set(), set(), set())


def test_most_of_the_list_is_read() -> None:
    """The marks for what is still wrong stay the lesser part."""
    read = sum(len(marks[""]) for marks in REPORTS.values())
    wrong = sum(len(marks["!"]) + len(marks["+"]) for marks in REPORTS.values())
    assert wrong <= read / 2

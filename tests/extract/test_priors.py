"""Facts that a report repeats from an earlier exam, against the list of a second annotator."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.marked import Fact, fact_of
from tests.extract.noted import count_marks, differ, load_list
from ultrasound.config import Settings
from ultrasound.domain import Temporality
from ultrasound.extract import extract_observations
from ultrasound.knowledge import load_knowledge
from ultrasound.read import read_file

SAMPLES = Path(__file__).parents[2] / "sample_reports"
TABLE = Path(__file__).with_name("priors.tsv")
KNOWLEDGE = load_knowledge()


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


REPORTS = load_list(TABLE)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_earlier_facts_are_what_the_list_says(name: str) -> None:
    """Each earlier fact is read as one, and no other; what is still wrong is marked so."""
    assert differ(REPORTS[name], read_priors(name)) == (set(), set(), set())


def test_most_of_the_list_is_read() -> None:
    """The marks for what is still wrong stay the lesser part."""
    read, wrong = count_marks(REPORTS)
    assert wrong <= read / 2

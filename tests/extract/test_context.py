"""Facts of the study beside its findings, against the list that a second annotator made by hand."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.extract.noted import Marked, Row, count_marks, differ, load_list
from ultrasound.config import Settings
from ultrasound.domain import Leg
from ultrasound.extract import extract_observations
from ultrasound.extract.study.identity import read_identity
from ultrasound.knowledge import load_knowledge
from ultrasound.read import read_file

SAMPLES = Path(__file__).parents[2] / "sample_reports" / "seventh_hand"
TABLE = Path(__file__).with_name("context.tsv")
KNOWLEDGE = load_knowledge()
LEGS = {Leg.RIGHT: "R", Leg.LEFT: "L", None: "-"}


def fold(value: str) -> str:
    """A value without the differences that carry nothing: case, blanks, a closing full stop."""
    return " ".join(value.split()).strip(" .,;").casefold()


def read_context(name: str) -> set[Row]:
    """The context facts that the program reads from a sample."""
    outcome = read_file(SAMPLES / f"{name}.txt", f"{name}.txt", KNOWLEDGE)
    found: set[Row] = set()
    for document in outcome.documents:
        text = extract_observations(document, KNOWLEDGE, Settings()).context
        named = read_identity(document, KNOWLEDGE, Settings()).context
        found |= {(LEGS[item.leg], item.fact, fold(item.value)) for item in (*text, *named)}
    return found


REPORTS = load_list(TABLE)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_context_is_what_the_list_says(name: str) -> None:
    """Each fact due is read, none that the list lacks; what is still wrong is marked so."""
    marked: Marked = defaultdict(set)
    for mark, rows in REPORTS[name].items():
        marked[mark] = {(leg, fact, fold(value)) for leg, fact, value in rows}
    assert differ(marked, read_context(name)) == (set(), set(), set())


def test_most_of_the_list_is_read() -> None:
    """The marks for what is still wrong stay the exception."""
    due, wrong = count_marks(REPORTS)
    assert wrong <= due / 3

"""Negation clause by clause, ambiguous names and misspellings, listed by a second annotator."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.tabled import TabledCase, flags_misspelt, judge, load_table
from ultrasound.knowledge import Knowledge, load_knowledge

HERE = Path(__file__).parent
CLAUSES = load_table(HERE / "clauses.toml")
STATEMENTS = load_table(HERE / "statements.toml")
NAMES = load_table(HERE / "names.toml")
PARAGRAPHS = [*load_table(HERE / "paragraphs.toml"), *load_table(HERE / "branches.toml")]
FEWEST_CLAUSES = 150
FEWEST_NAMES = 60


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


@pytest.mark.parametrize("case", CLAUSES, ids=[f"{c.kind}: {c.text}" for c in CLAUSES])
def test_clause_is_read_as_listed(case: TabledCase, knowledge: Knowledge) -> None:
    """Each clause is read exactly, or fails in the way that is written beside it."""
    assert judge(case, knowledge) == case.outcome


@pytest.mark.parametrize("case", PARAGRAPHS, ids=[c.text[:60] for c in PARAGRAPHS])
def test_paragraph_is_read_as_listed(case: TabledCase, knowledge: Knowledge) -> None:
    """Each paragraph is read exactly, or fails in the way that is written beside it."""
    assert judge(case, knowledge) == case.outcome


@pytest.mark.parametrize("case", STATEMENTS, ids=[c.text[28:90] for c in STATEMENTS])
def test_statement_is_read_as_listed(case: TabledCase, knowledge: Knowledge) -> None:
    """Each statement is read exactly, or fails in the way that is written beside it."""
    assert judge(case, knowledge) == case.outcome


@pytest.mark.parametrize("case", NAMES, ids=[f"{c.kind}: {c.text}" for c in NAMES])
def test_name_is_resolved_as_listed(case: TabledCase, knowledge: Knowledge) -> None:
    """Each ambiguous or misspelt name is resolved or sent to a person as is written beside it."""
    assert judge(case, knowledge) == case.outcome


@pytest.mark.parametrize("case", [c for c in NAMES if c.misspelt and c.outcome == "exact"])
def test_a_corrected_misspelling_is_told(case: TabledCase, knowledge: Knowledge) -> None:
    """What is read through a misspelling carries its flag."""
    assert flags_misspelt(case, knowledge)


def test_the_tables_are_as_long_as_promised() -> None:
    """The tables hold what docs/accuracy.md counts."""
    assert len(CLAUSES) >= FEWEST_CLAUSES
    misspelt = [case for case in NAMES if case.kind.startswith("misspel")]
    assert len(misspelt) >= FEWEST_NAMES
    assert len(NAMES) - len(misspelt) >= FEWEST_NAMES


def test_a_planted_error_is_seen(knowledge: Knowledge) -> None:
    """A case with another leg is judged wrong."""
    case = CLAUSES[0]
    swapped = frozenset(
        ({"R": "L", "L": "R"}.get(fact[0], fact[0]), *fact[1:]) for fact in case.required
    )
    other = TabledCase(case.kind, case.text, swapped, frozenset(), frozenset(), False, "exact")
    assert judge(other, knowledge) == "wrong"

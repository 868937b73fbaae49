"""Restless legs in a history: whose they are, whether denied or asked, and what is said of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ultrasound.config import Settings
from ultrasound.domain import Assertion, Context, Document, TextPart, TextSpan
from ultrasound.extract import extract_observations
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
CASES = tomllib.loads(Path(__file__).with_name("restless_legs.toml").read_text("utf-8"))["case"]
FINDING = "Findings:\nRight GSV competent in the thigh."


def read_context(text: str) -> tuple[Context, ...]:
    """The context facts of a report."""
    document = Document("r.txt", "a" * 64, "text", "insufficiency", texts=(TextPart(None, text),))
    return extract_observations(document, KNOWLEDGE, Settings()).context


def words_of(fact: Context) -> str:
    """The words of a fact; a question mark behind those of a question."""
    assert isinstance(fact.source, TextSpan)
    words = " ".join(fact.source.quote.split())
    return f"{words}?" if fact.assertion is Assertion.UNCERTAIN else words


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["history"][:40])
def test_history(case: dict[str, Any]) -> None:
    """What names restless legs, their criteria and contributors: those of the list, no others."""
    context = read_context(f"History:\n{case['history']}\n\n{FINDING}")
    named = [words_of(c) for c in context if c.value == "restless_legs"]
    criteria = [f"{c.kind} {words_of(c)}" for c in context if c.fact == "rls_wording" and c.kind]
    contributors = [words_of(c) for c in context if c.fact == "contributor"]
    assert named == case.get("named", [])
    assert criteria == case.get("criteria", [])
    assert contributors == case.get("contributors", [])


@pytest.mark.parametrize("row", KNOWLEDGE.text.restless.criterion, ids=lambda row: row.code)
def test_each_word_of_the_table_is_found(row: Any) -> None:
    """Each word of a criterion is found beside the name, as one of its criterion."""
    for term in row.terms:
        context = read_context(f"History:\nRestless legs {term}.\n\n{FINDING}")
        found = [(c.kind, c.value) for c in context if c.fact == "rls_wording" and c.kind]
        assert (row.code, term) in found


def test_findings_name_nobodys_restless_legs() -> None:
    """What an impression weighs is no indication: restless legs there make no fact."""
    text = f"{FINDING}\n\nImpression:\nVenous disease may explain the restless legs at night."
    assert [c for c in read_context(text) if "rls" in c.fact or c.value == "restless_legs"] == []


@pytest.mark.parametrize(
    ("history", "indications"),
    [
        ("Denies swelling.", []),
        ("Swelling, denies cramps.", ["swelling"]),
        ("Mother had leg ulcers. Swelling.", ["swelling"]),
        ("[ ] swelling [x] cramps [x] pain", ["cramps", "pain"]),
    ],
)
def test_complaints_of_the_patient(history: str, indications: list[str]) -> None:
    """Complaints that are denied, not ticked or a relative's are no reason of the exam."""
    context = read_context(f"History:\n{history}\n\n{FINDING}")
    assert [c.value for c in context if c.fact == "indication"] == indications

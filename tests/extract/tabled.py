"""Reads the tables of clauses and names, which a second annotator wrote, with optional facts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.extract.marked import Fact, fact_of, read_fact, read_kept
from ultrasound.domain import Assertion, Observation, Temporality
from ultrasound.knowledge import Knowledge

OUTCOMES: Final = ("exact", "review", "missing", "wrong")
_SUFFIXES: Final = ("prior", "uncertain")


@dataclass(frozen=True)
class TabledCase:
    """A clause with the facts that it says, those that it may say, and the reviews due.

    ``outcome`` is how the program reads it: exactly; with facts missing that a review item stands
    for; with facts missing in silence; or with wrong facts.
    """

    kind: str
    text: str
    required: frozenset[Fact]
    allowed: frozenset[Fact]
    review: frozenset[str]
    misspelt: bool
    outcome: str


def load_table(path: Path) -> list[TabledCase]:
    """The cases of a file.

    Raises:
        ValueError: A key or an outcome is unknown, or a fact has too few or too many cells.
    """
    cases = []
    for raw in tomllib.loads(path.read_text("utf-8"))["case"]:
        unknown = set(raw) - {"kind", "text", "facts", "review", "flag", "outcome"}
        outcome = raw.get("outcome", "exact")
        if unknown or outcome not in OUTCOMES:
            raise ValueError(f"{path.name}: {raw['text']!r}: {sorted(unknown) or outcome}")
        required = [line for line in raw["facts"] if not line.startswith("?")]
        optional = [line[1:] for line in raw["facts"] if line.startswith("?")]
        cases.append(
            TabledCase(
                raw["kind"],
                raw["text"],
                frozenset(map(_read, required)),
                frozenset(map(_read, optional)),
                frozenset(raw.get("review", [])),
                raw.get("flag") == "misspelt",
                outcome,
            )
        )
    return cases


def judge(case: TabledCase, knowledge: Knowledge) -> str:
    """How a case is read: one of :data:`OUTCOMES`."""
    found = read_kept(case.text, knowledge)
    got = frozenset(_full(obs) for obs in found.observations if obs.property != "flow")
    required = frozenset(fact for fact in case.required if fact[3] != "flow")
    codes = {item.code for item in found.review}
    if got - required - case.allowed:
        return "wrong"
    if required <= got and case.review <= codes:
        return "exact"
    return "review" if codes - {"misspelt", "acute_thrombus"} else "missing"


def flags_misspelt(case: TabledCase, knowledge: Knowledge) -> bool:
    """Whether the misspelling of a case is told."""
    found = read_kept(case.text, knowledge)
    flagged = any("misspelt" in obs.flags for obs in found.observations)
    return flagged or any(item.code == "misspelt" for item in found.review)


def _read(line: str) -> Fact:
    cells = line.split()
    said = [cells.pop() for _ in _SUFFIXES if cells[-1] in _SUFFIXES]
    return (*read_fact(" ".join(cells)), *(name if name in said else "" for name in _SUFFIXES))


def _full(obs: Observation) -> Fact:
    prior = "prior" if obs.temporality is Temporality.PRIOR else ""
    return (*fact_of(obs), prior, "uncertain" if obs.assertion is Assertion.UNCERTAIN else "")

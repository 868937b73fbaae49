"""codes.toml: codes of diagnoses and procedures that findings may support."""

from __future__ import annotations

from itertools import pairwise
from typing import Self

from pydantic import model_validator

from ultrasound.knowledge.tables import Row, load_table


class CodeSystem(Row):
    """A system of codes, with the edition that its codes were taken from."""

    code: str
    edition: str
    reference: str
    verified: bool


class Procedure(Row):
    """The codes of the exam itself; ``examined`` are the kinds of exam that make a leg complete."""

    complete: str
    complete_title: str
    limited: str
    limited_title: str
    examined: tuple[str, ...]


class Ground(Row):
    """Something found that a code may rest on: any one of what it lists is enough."""

    words: str
    status: tuple[str, ...] = ()
    thrombus: tuple[str, ...] = ()
    anatomy: tuple[str, ...] = ()
    veins: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()


class Candidate(Row):
    """A code of ICD-10-CM for each side, where all of ``when`` is found and none of ``unless``."""

    title: str
    right: str
    left: str
    both: str = ""
    when: tuple[str, ...]
    unless: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes that it can give."""
        return tuple(code for code in (self.right, self.left, self.both) if code)


class CodeTable(Row):
    """codes.toml."""

    system: tuple[CodeSystem, ...]
    procedure: Procedure
    ground: dict[str, Ground]
    candidate: tuple[Candidate, ...]
    leaves: dict[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _check(self) -> Self:
        leaves = sorted(code for codes in self.leaves.values() for code in codes)
        for shorter, longer in pairwise(leaves):
            if longer.startswith(shorter):
                raise ValueError(f"{shorter} is no leaf beside {longer}")
        for row in self.candidate:
            if unknown := sorted({*row.when, *row.unless} - set(self.ground)):
                raise ValueError(f"{row.title}: no ground {unknown[0]}")
            if wrong := sorted(set(row.codes) - set(leaves)):
                raise ValueError(f"{row.title}: {wrong[0]} is no leaf")
            if all(self.ground[name].indications for name in row.when):
                raise ValueError(f"{row.title}: rests on indications alone")
        return self

    def name_system(self, code: str) -> CodeSystem:
        """The system of that name.

        Raises:
            KeyError: There is none.
        """
        return {system.code: system for system in self.system}[code]


def load_codes() -> CodeTable:
    """Load the shipped table.

    Raises:
        KnowledgeError: The table is not well formed, or one of its codes is no leaf.
    """
    return load_table("codes.toml", CodeTable)

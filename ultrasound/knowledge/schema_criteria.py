"""The tables by which observations are judged: the criteria sets, and all tables together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Literal, Self

from pydantic import model_validator

from ultrasound.domain import Quantity, Verdict
from ultrasound.errors import ConfigError, KnowledgeError
from ultrasound.knowledge.schema_scores import (
    AssessmentTable,
    CeapTable,
    ChecklistTable,
    VsdsTable,
)
from ultrasound.knowledge.tables import Row, load_table

DEFAULT_CRITERIA = "svs_avf_avls_2022"
PATHOLOGIC_PERFORATOR = "pathologic_perforator"


class Limit(Row):
    """A reflux time in ms from which the veins of one class count as refluxing.

    ``by_extension`` veins have no limit of their own in the source and are judged by this one,
    which is shown as not verified.
    """

    id: str
    veins: tuple[str, ...]
    by_extension: tuple[str, ...] = ()
    test: Literal[">", ">="]
    ms: Decimal
    verified: bool
    note: str = ""

    @property
    def quantity(self) -> Quantity:
        """The limit as a quantity."""
        return Quantity(self.ms, "ms")


class PathologicPerforator(Row):
    """What makes a refluxing perforator pathologic; times in ms, diameters in mm."""

    reflux_test: Literal[">", ">="]
    reflux_ms: Decimal
    diameter_test: Literal[">", ">="]
    diameter_mm: Decimal
    beneath_ulcer: bool
    verified: bool
    note: str = ""


class Example(Row):
    """One measured place and the verdict that it must get: each is a test."""

    limit: str
    vein: str
    verdict: Verdict
    ms: Decimal | None = None
    upper_ms: Decimal | None = None
    comparator: str = "="
    mm: Decimal | None = None
    location: str | None = None


class CriteriaSet(Row):
    """One family of thresholds, with the publication that it comes from."""

    id: str
    title: str
    edition: str
    effective: datetime.date
    reference: str
    position: str | None = None
    limits: tuple[Limit, ...]
    pathologic_perforator: PathologicPerforator | None = None
    examples: tuple[Example, ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [limit.id for limit in self.limits]
        veins = [vein for limit in self.limits for vein in (*limit.veins, *limit.by_extension)]
        for kind, values in (("limit", names), ("vein", veins)):
            if twice := _first_repeated(values):
                raise ValueError(f"{kind} {twice} has two limits")
        known = {*names} | ({PATHOLOGIC_PERFORATOR} if self.pathologic_perforator else set())
        shown = {example.limit for example in self.examples}
        if unknown := sorted(shown - known):
            raise ValueError(f"example of an unknown limit: {unknown[0]}")
        if silent := sorted(known - shown):
            raise ValueError(f"no example for {silent[0]}")
        return self

    def limit_for(self, vein: str) -> Limit | None:
        """The limit of a vein, or None where only the words of the report count."""
        for limit in self.limits:
            if vein in limit.veins or vein in limit.by_extension:
                return limit
        return None

    @property
    def verified(self) -> bool:
        """Whether every figure of the set was checked against the publication itself."""
        perforator = self.pathologic_perforator
        checked = perforator is None or perforator.verified
        return checked and all(limit.verified for limit in self.limits)


class StatusWords(Row):
    """How a status is shown, and what it means."""

    code: str
    label: str
    meaning: str


class DisplayTable(Row):
    """display.toml: the words for codes."""

    veins: dict[str, str]
    segments: dict[str, str]
    status: tuple[StatusWords, ...]
    values: dict[str, str]
    systems: dict[str, str]
    thrombus: dict[str, str]
    attention: dict[str, str]
    examined: dict[str, str]

    def name_status(self, code: str) -> str:
        """The words for a status code."""
        return next((row.label for row in self.status if row.code == code), code)


@dataclass(frozen=True)
class CriteriaKnowledge:
    """All tables that judge; ``sets`` by id, in the order of their ids."""

    sets: Mapping[str, CriteriaSet]
    rules: AssessmentTable
    ceap: CeapTable
    vsds: VsdsTable
    checklist: ChecklistTable
    display: DisplayTable

    def choose(self, name: str) -> CriteriaSet:
        """The set of that id.

        Raises:
            ConfigError: No set has that id; the message lists those there are.
        """
        if name not in self.sets:
            known = ", ".join(self.sets)
            raise ConfigError(
                f"criteria {name!r} are not known; choose one of {known}, or name a .toml file"
            )
        return self.sets[name]


@lru_cache(maxsize=1)
def load_display() -> DisplayTable:
    """Load the words for codes alone."""
    return load_table("display.toml", DisplayTable)


@lru_cache(maxsize=1)
def name_checklist() -> Mapping[str, str]:
    """The words for the items of the checklist, by code."""
    return {item.code: item.name for item in load_table("completeness.toml", ChecklistTable).item}


def load_criteria() -> CriteriaKnowledge:
    """Load the shipped tables.

    Raises:
        KnowledgeError: A table is not well formed, or a set's file has another name.
    """
    sets: dict[str, CriteriaSet] = {}
    for name, table in _shipped_sets():
        if name != f"{table.id}.toml":
            raise KnowledgeError(f"criteria/{name}: id: a file is named by its set's id")
        sets[table.id] = table
    return CriteriaKnowledge(
        sets=dict(sorted(sets.items())),
        rules=load_table("assessment.toml", AssessmentTable),
        ceap=load_table("ceap.toml", CeapTable),
        vsds=load_table("vsds.toml", VsdsTable),
        checklist=load_table("completeness.toml", ChecklistTable),
        display=load_display(),
    )


def _shipped_sets() -> Iterable[tuple[str, CriteriaSet]]:
    folder = resources.files(__package__).joinpath("criteria")
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        yield name, load_table(f"criteria/{name}", CriteriaSet)


def _first_repeated(values: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None

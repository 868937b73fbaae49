"""Payer profiles: what a payer's document asks of a vein before it is treated, as data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from ultrasound.domain import Quantity, Verdict
from ultrasound.errors import ConfigError, KnowledgeError
from ultrasound.knowledge.schema_criteria import Limit
from ultrasound.knowledge.tables import Row, load_table

Kind = Literal[
    "reflux_time",
    "reflux",
    "diameter",
    "ceap_class",
    "symptom",
    "no_deep_obstruction",
    "conservative_therapy",
    "exam_age",
]
# What a condition of each kind must give, beside what every condition has.
_NEEDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "reflux_time": ("test", "ms"),
    "reflux": (),
    "diameter": ("test", "mm"),
    "ceap_class": ("ceap",),
    "symptom": ("facts",),
    "no_deep_obstruction": (),
    "conservative_therapy": ("months",),
    "exam_age": ("months",),
}
_GIVEN: Final = ("test", "ms", "mm", "ceap", "facts", "months")


class Condition(Row):
    """One thing that a profile asks of each of its veins.

    ``levels`` names, vein by vein, the only levels that count; a vein that it leaves out is not
    asked. Without it all levels of all target veins count.
    """

    id: str
    kind: Kind
    verified: bool
    levels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    test: Literal[">", ">="] | None = None
    ms: Decimal | None = None
    mm: Decimal | None = None
    ceap: int | None = None
    facts: tuple[str, ...] = ()
    months: int | None = None
    note: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        given = {name for name in _GIVEN if getattr(self, name) not in (None, ())}
        if given != set(_NEEDS[self.kind]):
            asked = ", ".join(_NEEDS[self.kind]) or "nothing more"
            raise ValueError(f"{self.id}: a condition of kind {self.kind} takes {asked}")
        return self

    @property
    def figure(self) -> Quantity | None:
        """The time or diameter that is asked for."""
        if self.ms is not None:
            return Quantity(self.ms, "ms")
        return None if self.mm is None else Quantity(self.mm, "mm")

    def limit_for(self, vein: str) -> Limit | None:
        """The reflux time as a limit, so that places are judged by it as by a criteria set."""
        if self.ms is None or self.test is None:
            return None
        return Limit(id=self.id, veins=(vein,), test=self.test, ms=self.ms, verified=self.verified)


class PayerExample(Row):
    """What a report may say of one vein, and the verdict that it must get: each is a test."""

    condition: str
    vein: str
    verdict: Verdict
    segment: str | None = None
    ms: Decimal | None = None
    mm: Decimal | None = None
    upper: Decimal | None = None
    comparator: str = "="
    reflux: str | None = None
    stated: str | None = None
    deep: str | None = None


class PayerProfile(Row):
    """The conditions of one edition of one payer's document.

    ``by_extension`` veins are not named in what was seen of it; their answers are not verified.
    ``seen`` says in what form the document was seen; ``superseded`` that a later edition is known.
    ``left_out`` lists what the document asks beside, and no duplex exam can show.
    """

    id: str
    title: str
    edition: str
    effective: datetime.date | None = None
    reference: str
    seen: str
    superseded: str = ""
    targets: tuple[str, ...]
    by_extension: tuple[str, ...] = ()
    conditions: tuple[Condition, ...]
    left_out: tuple[str, ...] = ()
    examples: tuple[PayerExample, ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [condition.id for condition in self.conditions]
        if len(set(names)) < len(names):
            raise ValueError("two conditions have one id")
        shown = {example.condition for example in self.examples}
        if unknown := sorted(shown - set(names)):
            raise ValueError(f"example of an unknown condition: {unknown[0]}")
        if silent := sorted(set(names) - shown):
            raise ValueError(f"no example for {silent[0]}")
        for condition in self.conditions:
            if strange := sorted(set(condition.levels) - set(self.veins)):
                raise ValueError(f"{condition.id}: {strange[0]} is no target of the profile")
        return self

    @property
    def veins(self) -> tuple[str, ...]:
        """All veins that are held against the conditions."""
        return (*self.targets, *self.by_extension)

    @property
    def verified(self) -> bool:
        """Whether every condition was checked against the document itself."""
        return all(condition.verified for condition in self.conditions)


class LeftOut(Row):
    """A payer's document that no profile is made of, and why."""

    title: str
    edition: str
    reason: str


class LeftOutTable(Row):
    """payers_left_out.toml."""

    document: tuple[LeftOut, ...]


@dataclass(frozen=True)
class PayerKnowledge:
    """All profiles, by id in the order of their ids, and the documents that have none."""

    profiles: Mapping[str, PayerProfile]
    left_out: tuple[LeftOut, ...]

    def choose(self, names: Iterable[str]) -> tuple[PayerProfile, ...]:
        """The profiles of these ids, each once, in the order asked.

        Raises:
            ConfigError: No profile has an id; the message lists those there are.
        """
        wanted = tuple(dict.fromkeys(names))
        for name in wanted:
            if name not in self.profiles:
                known = ", ".join(self.profiles)
                raise ConfigError(
                    f"payer {name!r} is not known; choose from {known}, or name a .toml file"
                )
        return tuple(self.profiles[name] for name in wanted)


def load_payers() -> PayerKnowledge:
    """Load the shipped profiles.

    Raises:
        KnowledgeError: A table is not well formed, or a profile's file has another name.
    """
    folder = resources.files(__package__).joinpath("payers")
    found: dict[str, PayerProfile] = {}
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        profile = load_table(f"payers/{name}", PayerProfile)
        if name != f"{profile.id}.toml":
            raise KnowledgeError(f"payers/{name}: id: a file is named by its profile's id")
        found[profile.id] = profile
    return PayerKnowledge(found, load_table("payers_left_out.toml", LeftOutTable).document)

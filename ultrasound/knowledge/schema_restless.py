"""The table of restless legs: words of the criteria, and of whom a report says them."""

from __future__ import annotations

from ultrasound.knowledge.tables import Row


class RestlessCriterion(Row):
    """One criterion of restless legs; ``optional``: its lack is not told as missing."""

    code: str
    name: str
    optional: bool = False
    terms: tuple[str, ...]


class RestlessMimic(Row):
    """A reason of the exam that the criteria ask to be excluded."""

    indication: str


class RestlessTable(Row):
    """restless_legs.toml."""

    reference: str
    edition: str
    verified: bool
    note: str
    not_stated: str
    not_excluded: str
    not_verified: str
    lead: tuple[str, ...]
    family: tuple[str, ...]
    doubt: tuple[str, ...]
    denial: tuple[str, ...]
    between: tuple[str, ...]
    criterion: tuple[RestlessCriterion, ...]
    mimic: tuple[RestlessMimic, ...]

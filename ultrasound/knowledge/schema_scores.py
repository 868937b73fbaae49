"""The tables that sum a leg up: how places make a vein, patterns, CEAP codes, VSDS, checklist."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ultrasound.knowledge.tables import Row, load_table


class Sourced(Row):
    """What rests on a publication; ``verified``: it was held against the publication itself."""

    reference: str
    edition: str
    verified: bool
    note: str = ""


class BeneathUlcer(Row):
    """The words that put a perforator beneath an ulcer."""

    before: tuple[str, ...]
    between: tuple[str, ...]
    ulcer: tuple[str, ...]


class Pattern(Sourced):
    """A pattern of reflux, as its source defines it."""

    code: str
    means: str


class AssessmentTable(Row):
    """assessment.toml: how places make a vein, and veins a leg."""

    pattern: tuple[Pattern, ...]

    columns: tuple[str, ...]
    trunks: tuple[str, ...]
    filled: tuple[str, ...]
    junctions: tuple[str, ...]
    superficial_core: tuple[str, ...]
    deep_core: tuple[str, ...]
    axial_start: tuple[str, ...]
    femoral: tuple[str, ...]
    calf_deep: tuple[str, ...]
    comparison: tuple[str, ...]
    expected: tuple[str, ...]
    zones: dict[str, tuple[str, ...]]
    enough: dict[str, tuple[tuple[str, ...], ...]]
    denials: dict[str, tuple[str, ...]]
    beneath_ulcer: BeneathUlcer
    position_notes: dict[str, str]


class CeapCode(Row):
    """A CEAP anatomic code and the places it stands for; ``mapped`` has no code of its own."""

    code: str
    vein: str
    segments: tuple[str, ...] = ()
    mapped: bool = False


class CeapTable(Sourced):
    """ceap.toml."""

    code: tuple[CeapCode, ...]


class VsdsComponent(Row):
    """One segment of the score; points are None where the score gives none."""

    code: str
    veins: tuple[str, ...]
    reflux: Decimal | None = None
    obstruction: Decimal | None = None
    whole_length: bool = False
    several: bool = False


class VsdsTable(Sourced):
    """vsds.toml."""

    single_calf: str
    single_calf_reflux: Decimal
    component: tuple[VsdsComponent, ...]


class ChecklistItem(Row):
    """One thing that a complete report holds; ``asked_by``: the standards that were seen to ask."""

    code: str
    name: str
    tier: Literal["essential", "recommended"]
    needs: Literal["study", "context", "leg", "section", "other_leg"]
    facts: tuple[str, ...] = ()
    veins: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    reflux: bool = False
    asked_by: tuple[str, ...] = ()


class ChecklistTable(Sourced):
    """completeness.toml."""

    item: tuple[ChecklistItem, ...]


@lru_cache(maxsize=1)
def match_beneath_ulcer() -> re.Pattern[str]:
    """What the words of a location that put a perforator beneath an ulcer look like."""
    words = load_table("assessment.toml", AssessmentTable).beneath_ulcer
    before, between, ulcer = (
        "|".join(re.escape(word) for word in part)
        for part in (words.before, words.between, words.ulcer)
    )
    return re.compile(rf"\b(?:{before})(?:[ -](?:{between}))*[ -](?:{ulcer})\b", re.IGNORECASE)

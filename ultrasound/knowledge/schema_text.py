"""The tables of the report language: veins, levels, findings, cues, units, headings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from ultrasound.knowledge.measure_rows import MeasureTable
from ultrasound.knowledge.schema_dictation import DictationTable
from ultrasound.knowledge.schema_restless import RestlessTable
from ultrasound.knowledge.schema_sections import SectionTable
from ultrasound.knowledge.schema_turns import TurnTable
from ultrasound.knowledge.schema_wordings import WordingTable
from ultrasound.knowledge.short_rows import (
    CompressionDegree,
    CompressionWord,
    HoldingWords,
    LetterFinding,
    ShortFinding,
    Words,
)
from ultrasound.knowledge.tables import Row, load_table
from ultrasound.knowledge.vein_rows import Vein, VeinTable


class Scale(Row):
    """How one kind of vein is divided, from the groin down; `bare` is the zone of a bare level."""

    order: tuple[str, ...]
    bare: str


class Level(Row):
    """Words for a level within a zone; ``letters`` are short for it behind a vein."""

    level: str
    terms: tuple[str, ...]
    letters: tuple[str, ...] = ()


class Zone(Row):
    """Words for a zone of the leg, with its level where the words fix it.

    ``end``: the zone to which a range reaches that ends there.
    """

    zone: str
    terms: tuple[str, ...]
    level: str | None = None
    end: str | None = None


class LevelAbbreviation(Row):
    """Letters that are a level only where others of their kind stand in the report."""

    term: str
    zone: str
    level: str | None = None
    beside: tuple[str, ...]


class SegmentTable(Row):
    """segments.toml."""

    scale: dict[str, Scale]
    level: tuple[Level, ...]
    zone: tuple[Zone, ...]
    abbreviation: tuple[LevelAbbreviation, ...]


class Finding(Row):
    """Words for a finding: what they say, and what their denial says.

    ``adjective``: beside a leg they say nothing of its veins. ``partial``: it is so in part.
    """

    property: str
    value: str
    kind: str
    terms: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    denied: str | None = None
    vein: str | None = None
    segment: str | None = None
    adjective: bool = False
    partial: bool = False


class Age(Row):
    """Words for the age of a thrombus."""

    value: str
    terms: tuple[str, ...]


class FindingTable(Row):
    """findings.toml; ``words`` are the spellings of the words that patterns are built of."""

    words: dict[str, tuple[str, ...]]
    finding: tuple[Finding, ...]
    age: tuple[Age, ...]
    short: tuple[ShortFinding, ...]
    holding: tuple[HoldingWords, ...] = ()
    compressing: CompressionWord
    degree: tuple[CompressionDegree, ...]
    letter: tuple[LetterFinding, ...]
    spelling: tuple[Words, ...]


class LegWords(Row):
    """Words for a leg, or for both, or for the other one; ``ordered``: both, one by one."""

    legs: tuple[str, ...]
    terms: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    negated: bool = False
    ordered: bool = False


class Cue(Row):
    """Words that steer how what stands beside them is read.

    ``patterns`` are built of words with several spellings, those of the table's ``words``.
    """

    kind: str
    terms: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    rule: str | None = None
    value: str | None = None


class CueTable(Row):
    """cues.toml; ``words`` are the spellings of the words that patterns are built of."""

    words: dict[str, tuple[str, ...]]
    leg: tuple[LegWords, ...]
    cue: tuple[Cue, ...]


class Unit(Row):
    """A unit as people write it; `factor` converts to ms, mm or cm/s."""

    kind: str
    terms: tuple[str, ...]
    factor: Decimal | None = None
    centi: bool = False
    rule: str | None = None


class Comparator(Row):
    """Words before a number that make it a bound; the first ``keeps`` of them say more."""

    comparator: str
    terms: tuple[str, ...]
    attained: bool = False
    behind: bool = False
    keeps: int = 0


class SpokenNumber(Row):
    """A number that is written as a word before a unit of time."""

    value: str
    terms: tuple[str, ...]


class UnitTable(MeasureTable):
    """units.toml."""

    unit: tuple[Unit, ...]
    comparator: tuple[Comparator, ...]
    spoken: tuple[SpokenNumber, ...]


class Column(Row):
    """Words that head a column."""

    property: str
    terms: tuple[str, ...]


class CellCode(Row):
    """A short code in a cell and what it says, in columns of some properties (none: in all)."""

    columns: tuple[str, ...]
    property: str
    value: str
    terms: tuple[str, ...]


class ColumnTable(Row):
    """columns.toml."""

    column: tuple[Column, ...]
    code: tuple[CellCode, ...]
    blank: tuple[Words, ...]
    group: tuple[Words, ...]
    ditto: tuple[Words, ...]


class ContextWords(Row):
    """Words that state a context fact."""

    fact: str
    value: str
    terms: tuple[str, ...]


class ContextTable(Row):
    """context.toml."""

    fact: tuple[ContextWords, ...]
    limitation: Words
    hindrance: Words
    unseen: Words


@dataclass(frozen=True, eq=False)
class TextKnowledge:
    """All tables of the report language."""

    veins: VeinTable
    segments: SegmentTable
    findings: FindingTable
    cues: CueTable
    units: UnitTable
    sections: SectionTable
    context: ContextTable
    columns: ColumnTable
    restless: RestlessTable
    dictation: DictationTable
    turns: TurnTable
    wordings: WordingTable

    @cached_property
    def vein_rows(self) -> dict[str, Vein]:
        """The first row of each vein code."""
        rows: dict[str, Vein] = {}
        for row in self.veins.vein:
            rows.setdefault(row.code, row)
        return rows

    def order_of(self, vein: str) -> tuple[str, ...]:
        """The segments of a vein from the groin down."""
        return self.segments.scale[self.vein_rows[vein].scale].order

    def replace_tables(self, **tables: Row) -> TextKnowledge:
        """The same tables with some of them replaced, by their field's name."""
        return replace(self, **tables)  # type: ignore[arg-type]  # each field is a Row


def load_text() -> TextKnowledge:
    """Load and validate the tables of the report language.

    Raises:
        KnowledgeError: A table is not well formed.
    """
    return TextKnowledge(
        veins=load_table("veins.toml", VeinTable),
        segments=load_table("segments.toml", SegmentTable),
        findings=load_table("findings.toml", FindingTable),
        cues=load_table("cues.toml", CueTable),
        units=load_table("units.toml", UnitTable),
        sections=load_table("sections.toml", SectionTable),
        context=load_table("context.toml", ContextTable),
        columns=load_table("columns.toml", ColumnTable),
        restless=load_table("restless_legs.toml", RestlessTable),
        dictation=load_table("dictation.toml", DictationTable),
        turns=load_table("turns.toml", TurnTable),
        wordings=load_table("wordings.toml", WordingTable),
    )

"""The tables of DICOM: which objects are read, and what their codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol, TypeVar

from ultrasound.domain import Code, Leg
from ultrasound.errors import KnowledgeError
from ultrasound.knowledge.tables import Row, load_table

TABLE = "dicom.toml"


class Limits(Row):
    """How large an object may be before it is refused."""

    depth: int
    nodes: int
    header_bytes: int
    inflated_bytes: int


class Scheme(Row):
    """A coding scheme with other names that are in use for it."""

    name: str
    also: tuple[str, ...]


class SopClass(Row):
    """Kinds of object, by what is done with them."""

    use: Literal["image", "report", "pdf", "cda", "presentation", "picture", "directory"]
    uids: tuple[str, ...]


class HeaderTags(Row):
    """Header elements that describe an object, each keyword with its tag.

    ``image`` speaks of the one object, ``study`` of its series or study.
    """

    image: dict[str, str]
    study: dict[str, str]


class RoleRow(Row):
    """Items that say something of the items around them."""

    role: Literal[
        "laterality", "site", "level", "derivation", "selection", "label", "aside", "neutral"
    ]
    codes: tuple[str, ...]


class LateralityRow(Row):
    """A side, as the legs that it means."""

    legs: tuple[Leg, ...]
    codes: tuple[str, ...]


class LevelRow(Row):
    """A topographical modifier; ``other`` names no place of the contract."""

    level: Literal["proximal", "middle", "distal", "other"]
    codes: tuple[str, ...]


class DerivationRow(Row):
    """How a number came about; ``spread`` marks a number that is no value."""

    derivation: Literal["mean", "max", "min", "selected", "spread"]
    codes: tuple[str, ...]


class VeinRow(Row):
    """A coded vein: its code of the contract, its segment, and how levels divide it.

    ``many`` marks veins of which a leg can have several at one place.
    """

    vein: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    segment: str | None = None
    levels: str | None = None
    inferred: str | None = None
    flags: tuple[str, ...] = ()
    location: str | None = None
    many: bool = False


class LegVeinsRow(Row):
    """Codes that tell that a report or a section is about the veins of a leg."""

    codes: tuple[str, ...]


class QuantityRow(Row):
    """A coded measurement and the property that it is."""

    property: Literal["reflux_time", "diameter", "depth", "velocity"]
    codes: tuple[str, ...]


class PlausibleRow(Row):
    """The range outside which a number is doubted, in the unit of the contract."""

    property: str
    least: Decimal = Decimal(0)
    most: Decimal


class SlipRow(Row):
    """A factor between two values of a unit, and the slip of the pen that makes it."""

    unit: Literal["ms", "mm", "cm/s"]
    factor: Decimal
    cause: str


class VelocityRow(Row):
    """Words that make a velocity one of reflux."""

    words: tuple[str, ...]


class UnitRow(Row):
    """A unit with the factor to the unit of the contract."""

    symbols: tuple[str, ...]
    unit: str
    factor: Decimal


class DismissedRow(Row):
    """Codes that are understood and make no observation, by the rule that says why."""

    rule: str
    codes: tuple[str, ...]


class FindingRow(Row):
    """A coded question with a coded answer."""

    property: str
    value: str
    concepts: tuple[str, ...]
    answers: tuple[str, ...]


class AnswerRow(Row):
    """Words that answer for a property."""

    property: str
    value: str
    words: tuple[str, ...]


class DicomTable(Row):
    """dicom.toml."""

    limits: Limits
    scheme: tuple[Scheme, ...]
    sop_class: tuple[SopClass, ...]
    header: HeaderTags
    role: tuple[RoleRow, ...]
    laterality: tuple[LateralityRow, ...]
    level: tuple[LevelRow, ...]
    derivation: tuple[DerivationRow, ...]
    levels: dict[str, dict[str, str]]
    vein: tuple[VeinRow, ...]
    leg_veins: tuple[LegVeinsRow, ...]
    quantity: tuple[QuantityRow, ...]
    plausible: tuple[PlausibleRow, ...]
    slip: tuple[SlipRow, ...]
    velocity: VelocityRow
    unit: tuple[UnitRow, ...]
    dismissed: tuple[DismissedRow, ...]
    finding: tuple[FindingRow, ...]
    answer: tuple[AnswerRow, ...]


@dataclass(frozen=True)
class DicomKnowledge:
    """dicom.toml, indexed by code ("value|scheme"), unit symbol and SOP class."""

    limits: Limits
    header: HeaderTags
    schemes: Mapping[str, str]
    uses: Mapping[str, str]
    roles: Mapping[str, str]
    lateralities: Mapping[str, tuple[Leg, ...]]
    levels: Mapping[str, str]
    derivations: Mapping[str, str]
    veins: Mapping[str, VeinRow]
    segments: Mapping[str, Mapping[str, str]]
    leg_veins: Mapping[str, LegVeinsRow]
    quantities: Mapping[str, str]
    plausible: Mapping[str, PlausibleRow]
    slips: tuple[SlipRow, ...]
    velocity_words: tuple[str, ...]
    units: Mapping[str, UnitRow]
    dismissed: Mapping[str, str]
    findings: Mapping[tuple[str, str], tuple[str, str]]
    answers: Mapping[tuple[str, str], str]

    def key(self, code: Code | None) -> str:
        """The code as the tables write it: "value|scheme", the scheme by its usual name."""
        if code is None:
            return ""
        scheme = code.scheme.strip().upper()
        return f"{code.value.strip()}|{self.schemes.get(scheme, scheme)}"

    def knows(self, key: str) -> bool:
        """Whether a code, as the tables write it, has a meaning."""
        tables = (self.roles, self.veins, self.leg_veins, self.quantities, self.dismissed)
        return any(key in table for table in tables)

    def vein_of(self, code: Code | None) -> VeinRow | None:
        """The vein that a code names, None for any other code."""
        return self.veins.get(self.key(code))

    def speaks_of_reflux(self, label: str) -> bool:
        """Whether a label says that a velocity is one of reflux."""
        return any(word in label.lower() for word in self.velocity_words)


class Coded(Protocol):
    """A row that holds codes."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the row."""


CodedRow = TypeVar("CodedRow", bound=Coded)


def load_dicom() -> DicomKnowledge:
    """Load dicom.toml; raises KnowledgeError where a code stands in two rows of one table."""
    table = load_table(TABLE, DicomTable)
    return DicomKnowledge(
        limits=table.limits,
        header=table.header,
        schemes={also: row.name for row in table.scheme for also in row.also},
        uses={uid: row.use for row in table.sop_class for uid in row.uids},
        roles={code: row.role for code, row in _by_code("role", table.role).items()},
        lateralities={c: row.legs for c, row in _by_code("laterality", table.laterality).items()},
        levels={code: row.level for code, row in _by_code("level", table.level).items()},
        derivations={c: r.derivation for c, r in _by_code("derivation", table.derivation).items()},
        veins=_by_code("vein", _check_levels(table)),
        segments=table.levels,
        leg_veins=_by_code("leg_veins", table.leg_veins),
        quantities={code: r.property for code, r in _by_code("quantity", table.quantity).items()},
        plausible={row.property: row for row in table.plausible},
        slips=table.slip,
        velocity_words=table.velocity.words,
        units={symbol: row for row in table.unit for symbol in row.symbols},
        dismissed={code: row.rule for code, row in _by_code("dismissed", table.dismissed).items()},
        findings={
            (concept, answer): (row.property, row.value)
            for row in table.finding
            for concept in row.concepts
            for answer in row.answers
        },
        answers={(row.property, w): row.value for row in table.answer for w in row.words},
    )


def _by_code(name: str, rows: tuple[CodedRow, ...]) -> dict[str, CodedRow]:
    index: dict[str, CodedRow] = {}
    for row in rows:
        for code in row.codes:
            if code.count("|") != 1 or code in index:
                raise KnowledgeError(f"{TABLE}: {name}: {code}: not a code, or given twice")
            index[code] = row
    return index


def _check_levels(table: DicomTable) -> tuple[VeinRow, ...]:
    for row in table.vein:
        if row.levels is not None and row.levels not in table.levels:
            raise KnowledgeError(f"{TABLE}: vein.levels: {row.levels}: no such table of levels")
    return table.vein

"""What reads the parts of a report, and what holds for all of it."""

from __future__ import annotations

from dataclasses import dataclass

from ultrasound.domain import Leg
from ultrasound.extract.clauses.clauses import ClauseCutter
from ultrasound.extract.facts.account import Accountant
from ultrasound.extract.lines.headings import HeadReader
from ultrasound.extract.lines.layout import SentenceSplitter
from ultrasound.extract.lines.listed import ListedReader
from ultrasound.extract.places.divide import Divider
from ultrasound.extract.tables.reader import TableReader
from ultrasound.extract.words.units import ReportUnits


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads the parts of a report, made once for all reports."""

    heads: HeadReader
    sentences: SentenceSplitter
    clauses: ClauseCutter
    tables: TableReader
    divider: Divider
    accountant: Accountant
    listed: ListedReader


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all of a report: the kind of exam, the legs examined, and the units.

    ``crowded`` are the bare numbers that stand in cells side by side.
    """

    exam: str | None
    legs: tuple[Leg, ...]
    units: ReportUnits
    crowded: frozenset[int]

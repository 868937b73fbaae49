"""What reads the parts of a report, and what holds for all of it."""

from __future__ import annotations

from dataclasses import dataclass

from ultrasound.domain import Leg
from ultrasound.extract.account import Accountant
from ultrasound.extract.clauses import ClauseCutter
from ultrasound.extract.divide import Divider
from ultrasound.extract.headings import HeadReader
from ultrasound.extract.layout import SentenceSplitter
from ultrasound.extract.listed import ListedReader
from ultrasound.extract.tables import TableReader
from ultrasound.extract.units import ReportUnits


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
    """What holds for all of a report: the kind of exam, the legs examined, and the units."""

    exam: str | None
    legs: tuple[Leg, ...]
    units: ReportUnits

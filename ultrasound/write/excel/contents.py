"""What one workbook holds: all sheets or few, and reports of its exams."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ultrasound.write.excel.layout import ColumnLayout, SheetLayout

# What About says of a workbook that holds some exams, or few sheets.
EXAMS = "Exams in this workbook"
SHEETS = "Sheets"
# What a person fills in or corrects is never hidden: only whose the row is.
_OPEN_TABLES = ("segments", "review")
_OWNER = ("patient_id", "exam_date")


@dataclass(frozen=True, slots=True)
class Picture:
    """The vein map of an exam as PNG, and how large it is drawn, in points."""

    png: bytes
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook holds.

    Attributes:
        short: only Legs, Review, Files and About, without links to the facts.
        reports: one page for each exam, with its picture in ``pictures`` if it has one.
        pictures: vein maps by study.
        results: the folder of the run, where vein maps and pages lie; else that of the workbook.
    """

    short: bool = False
    reports: bool = False
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    results: Path | None = None

    def lay_out(self, layout: SheetLayout, filled: Collection[str]) -> SheetLayout:
        """The layout of a sheet in this workbook; ``filled``: columns that hold anything."""
        columns: list[ColumnLayout] = []
        frozen, printed = layout.frozen, layout.printed
        for number, column in enumerate(layout.columns):
            if self.short and column.arrow:
                frozen -= number < layout.frozen
                printed -= number < layout.printed
            else:
                columns.append(_hide_empty(layout.table, column, filled))
        return replace(layout, columns=tuple(columns), frozen=frozen, printed=printed)


def _hide_empty(table: str, column: ColumnLayout, filled: Collection[str]) -> ColumnLayout:
    closed = table not in _OPEN_TABLES or column.name in _OWNER
    return replace(column, hidden=True) if closed and column.name not in filled else column

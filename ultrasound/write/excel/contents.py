"""What one workbook holds: all sheets or few, reports of its exams, links to the vein maps."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from ultrasound.write.excel.layout import ColumnLayout, SheetLayout
from ultrasound.write.excel.links import FileTarget

# What a person fills in or corrects is never hidden: only whose the row is.
_OPEN_TABLES = ("segments", "review")
_OWNER = ("patient_id", "exam_date")
_MAP = ColumnLayout("study", 6, "Patient and exam", centre=True, link=True, arrow=True, head="Map")


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
        maps: the folder of the vein maps that rows of Legs lead to.
    """

    short: bool = False
    reports: bool = False
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    maps: Path | None = None

    def link_map(self, study: str, workbook: Path) -> FileTarget | None:
        """The link from a workbook to the map of a study; None where there is no map or way."""
        if self.maps is None or not (self.maps / f"{study}.svg").is_file():
            return None
        try:
            folder = os.path.relpath(self.maps.resolve(), workbook.parent.resolve())
        except ValueError:  # another drive
            return None
        return FileTarget(quote(f"{Path(folder).as_posix()}/{study}.svg"), "To the vein map")

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
        if self.maps is not None and layout.table == "legs":
            columns.insert(frozen, _MAP)
            frozen, printed = frozen + 1, printed + 1
        return replace(layout, columns=tuple(columns), frozen=frozen, printed=printed)


def _hide_empty(table: str, column: ColumnLayout, filled: Collection[str]) -> ColumnLayout:
    closed = table not in _OPEN_TABLES or column.name in _OWNER
    return replace(column, hidden=True) if closed and column.name not in filled else column

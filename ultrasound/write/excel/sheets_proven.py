"""Sheets whose rows each lead to the first of the facts behind them: checklist and codes."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import DisplayTable, name_checklist
from ultrasound.write.excel.layout import Coding, ColumnLayout, SheetLayout, leg_columns
from ultrasound.write.excel.looks import STATE_TONES, WARNING

Col = ColumnLayout
_CODES = Coding()


def layout_completeness(_: DisplayTable) -> SheetLayout:
    """What a complete report holds, leg by leg, and whether this one does."""
    columns = (
        *leg_columns(),
        Col("item", 46, coding=Coding(name_checklist()), link=True),
        Col("tier", 14, coding=_CODES),
        Col("state", 15, coding=Coding(tones=STATE_TONES)),
        Col("study", 20),
        Col("observations", 20),
    )
    return SheetLayout("completeness", "Completeness", columns, frozen=4, printed=7)


def layout_codes(_: DisplayTable) -> SheetLayout:
    """Codes that a person may assign, each with the words that it rests on."""
    columns = (
        *leg_columns(),
        Col("code", 11, link=True),
        Col("system", 12),
        Col("title", 36, wrap=True),
        Col("because", 70, wrap=True),
        Col("edition", 18, wrap=True),
        Col("verified", 9, centre=True, coding=Coding(tones={"no": WARNING})),
        Col("study", 20),
        Col("observations", 20),
    )
    return SheetLayout("codes", "Codes", columns, frozen=5, printed=10)

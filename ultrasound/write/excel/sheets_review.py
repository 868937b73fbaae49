"""The sheets of what a physician has to decide, and of what was decided."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.excel.layout import (
    Coding,
    ColumnLayout,
    SheetLayout,
    leg_columns,
)
from ultrasound.write.excel.looks import ALARM, SEVERITY_TONES, SILENT

Col = ColumnLayout
_CODES = Coding()
_STATES = Coding(tones={"not_found": ALARM, "superseded": SILENT})


def layout_review(display: DisplayTable) -> SheetLayout:
    """Worst first; the last columns are for the reviewer."""
    columns = (
        Col("severity", 10, coding=Coding(tones=SEVERITY_TONES), centre=True),
        Col("code", 18, coding=_CODES),
        Col("message", 46, wrap=True),
        *leg_columns(),
        Col("vein", 12),
        Col("segment", 14, coding=Coding(display.segments)),
        Col("quotes", 56, wrap=True),
        Col("suggestion", 20, wrap=True),
        Col("decision", 12, entry=True),
        Col("corrected_value", 18, entry=True),
        Col("initials", 9, entry=True),
        Col("document", 26, wrap=True),
        Col("study", 20),
        Col("observations", 20),
        Col("id", 18),
    )
    return SheetLayout("review", "Review", columns, frozen=2, printed=14)


def layout_corrections(display: DisplayTable) -> SheetLayout:
    """Each decision of a physician: what, from, to, who, when, and in which cell of which file."""
    columns = (
        *leg_columns(),
        Col("vein", 12),
        Col("segment", 15, coding=Coding(display.segments)),
        Col("item", 5, centre=True),
        Col("property", 16, coding=_CODES),
        Col("decision", 10),
        Col("value_from", 18, wrap=True),
        Col("value_to", 18),
        Col("initials", 9),
        Col("decided", 21),
        Col("workbook", 22, wrap=True),
        Col("cell", 16),
        Col("state", 12, coding=_STATES),
        Col("document", 30, wrap=True),
        Col("study", 20),
        Col("observation", 18),
        Col("review", 18),
        Col("id", 18),
    )
    return SheetLayout("corrections", "Corrections", columns, frozen=4, printed=17)

"""The sheet of patients with several exams."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.excel.layout import (
    Coding,
    SheetLayout,
    code_legs,
    source_column,
)
from ultrasound.write.excel.layout import ColumnLayout as Col
from ultrasound.write.excel.looks import DOUBT, SILENT, STATUS_TONES


def layout_trends(display: DisplayTable) -> SheetLayout:
    """Each patient with several exams, place by place: the last exam against those before it."""
    followed = Coding({"reflux_time": "reflux time (ms)", "diameter": "diameter (mm)"})
    change = Coding(tones={"cannot_say": DOUBT, "unchanged": SILENT})
    status = Coding({row.code: row.label for row in display.status}, STATUS_TONES)
    columns = (
        Col("patient_id", 12),
        Col("patient_issuer", 12, wrap=True),
        Col("leg", 7, coding=code_legs()),
        Col("vein", 12),
        Col("segment", 15, coding=Coding(display.segments)),
        Col("property", 16, coding=followed),
        Col("first_date", 11, date=True),
        *source_column(Col("first_value", 17, coding=status)),
        Col("previous_date", 11, date=True),
        *source_column(Col("previous_value", 17, coding=status)),
        Col("last_date", 11, date=True),
        *source_column(Col("last_value", 17, coding=status)),
        Col("change_since_previous", 13, coding=change),
        Col("difference_since_previous", 11),
        Col("change", 13, coding=change),
        Col("difference", 11),
        Col("exams", 7, centre=True),
        Col("first_study", 20),
        Col("previous_study", 20),
        Col("last_study", 20),
        Col("flags", 12),
    )
    return SheetLayout("trends", "Trends", columns, frozen=6, printed=20, folds=True)

"""The sheet of a physician's decisions."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.excel.layout import Coding, ColumnLayout, SheetLayout
from ultrasound.write.excel.looks import ALARM, SILENT

Col = ColumnLayout
_CODES = Coding()
_STATES = Coding(tones={"not_found": ALARM, "superseded": SILENT})


def layout_corrections(display: DisplayTable) -> SheetLayout:
    """Each decision of a physician: what, from, to, who, when, and in which cell of which file."""
    columns = (
        Col("patient_id", 11),
        Col("exam_date", 11, date=True),
        Col("leg", 7, coding=Coding({"right": "RIGHT", "left": "LEFT"})),
        Col("leg", 3, centre=True, link=True, arrow=True),
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

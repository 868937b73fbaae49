"""The sheet Criteria: each question of the criteria and of payers' documents, and its answer."""

from __future__ import annotations

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.excel.layout import (
    Coding,
    ColumnLayout,
    SheetLayout,
    leg_columns,
    source_column,
    timing,
)
from ultrasound.write.excel.looks import VERDICT_TONES, WARNING

Col = ColumnLayout


def layout_criteria(display: DisplayTable) -> SheetLayout:
    """The verdict first, then what was found and asked, the reason, and the source."""
    columns = (
        *leg_columns(),
        Col("vein", 8),
        Col("segment", 15, coding=Coding(display.segments)),
        Col("item", 5, centre=True),
        *source_column(Col("verdict", 11, coding=Coding(tones=VERDICT_TONES))),
        Col("found", 26, wrap=True),
        *timing(),
        Col("asked", 26, wrap=True),
        Col("reason", 46, wrap=True),
        Col("criterion", 38, wrap=True),
        Col("verified", 9, centre=True, coding=Coding(tones={"no": WARNING})),
        Col("edition", 20, wrap=True),
        Col("reference", 44),
        Col("study", 20),
        Col("observations", 20),
    )
    return SheetLayout("criteria", "Criteria", columns, frozen=7, printed=19)

"""The sheets of the workbook, column by column; every column of a table is on its sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.columns_legs import VEINS
from ultrasound.write.excel.criteria_sheet import layout_criteria
from ultrasound.write.excel.layout import (
    Coding,
    ColumnLayout,
    SheetLayout,
    code_legs,
    leg_columns,
    owner_columns,
    source_column,
    timing,
)
from ultrasound.write.excel.looks import (
    AGREEMENT_TONES,
    ALARM,
    DOUBT,
    SILENT,
    STATUS_TONES,
    SYSTEM_TONES,
    THROMBUS_TONES,
)
from ultrasound.write.excel.sheet_trends import layout_trends
from ultrasound.write.excel.sheets_proven import layout_codes, layout_completeness
from ultrasound.write.excel.sheets_review import layout_corrections, layout_review

Col = ColumnLayout
_EXAM = "Patient and exam"
_CODES = Coding()


def layout_legs(display: DisplayTable) -> SheetLayout:
    """The answer first, then each vein, then the details of the exam."""
    system = Coding(display.systems, SYSTEM_TONES)
    thrombus = Coding(display.thrombus, THROMBUS_TONES)
    patterns = Coding(tones={"cannot_say": DOUBT})
    answer = (
        Col("sentence", 62, "Evidence", wrap=True),
        Col("review_items", 8, "Evidence", centre=True, link=True),
        *source_column(Col("superficial_reflux", 12, "Reflux", system, wrap=True)),
        *source_column(Col("deep_reflux", 12, "Reflux", system, wrap=True)),
        *source_column(Col("perforator_reflux", 12, "Reflux", system, wrap=True)),
        *source_column(Col("pattern", 11, "Reflux", patterns)),
        *source_column(Col("thrombus_deep", 14, "Thrombus", thrombus, wrap=True)),
        *source_column(Col("thrombus_superficial", 14, "Thrombus", thrombus, wrap=True)),
        *source_column(Col("treatments", 20, "Treatment", wrap=True)),
        Col("ceap_stated", 16, "CEAP", wrap=True),
        *source_column(Col("ceap_a", 16, "CEAP", wrap=True)),
        Col("ceap_p", 7, "CEAP", centre=True),
    )
    veins = (c for code, name in VEINS.items() for c in _layout_vein(code, name, display))
    columns = (*_leg_identity(display), *answer, *veins, *_leg_details(display))
    return SheetLayout("legs", "Legs", columns, frozen=8, printed=22, header_rows=2)


def layout_segments(display: DisplayTable) -> SheetLayout:
    """One row per place; levels that a statement about the whole vein answered for are folded."""
    agreement = Coding(tones=AGREEMENT_TONES)
    columns = (
        *leg_columns(),
        Col("vein", 12),
        Col("segment", 15, coding=Coding(display.segments)),
        Col("item", 5, centre=True),
        *source_column(Col("status", 17, coding=_status(display))),
        Col("reflux_time_ms", 10, sign="reflux_time_comparator", link=True),
        Col("reflux_time_comparator", 6, hidden=True),
        Col("reflux_time_upper_ms", 9),
        *timing(),
        Col("diameter_mm", 10, sign="diameter_comparator", link=True),
        Col("diameter_comparator", 6, hidden=True),
        Col("diameter_upper_mm", 9),
        Col("depth_mm", 8),
        Col("reflux", 12, coding=_CODES),
        Col("compressibility", 14, coding=_CODES),
        Col("thrombus", 18, coding=Coding(display.thrombus, THROMBUS_TONES), wrap=True),
        Col("patency", 11, coding=_CODES),
        Col("flow", 11, coding=_CODES),
        Col("anatomy", 13, coding=_CODES),
        Col("treatment", 18, coding=_CODES),
        Col("treatment_result", 12, coding=_CODES),
        Col("location", 24, wrap=True),
        Col("reflux_time_vs_dicom", 13, coding=agreement),
        Col("diameter_vs_dicom", 13, coding=agreement),
        Col("findings_vs_dicom", 13, coding=agreement),
        Col("caliper_ms", 9),
        Col("caliper_check", 11, coding=agreement),
        Col("flags", 24, wrap=True),
        Col("study", 20),
        Col("observations", 20),
    )
    return SheetLayout("segments", "Segments", columns, frozen=6, printed=28, folds=True)


def layout_observations(display: DisplayTable) -> SheetLayout:
    """One row per fact, with its quote and its place in the source."""
    doubts = {"uncertain": DOUBT, "affirmed": SILENT, "prior": SILENT}
    columns = (
        *leg_columns(),
        Col("vein", 12),
        Col("segment", 15, coding=Coding(display.segments)),
        Col("item", 5, centre=True),
        Col("property", 16, coding=_CODES),
        Col("value_number", 10, sign="comparator"),
        Col("upper", 8),
        Col("unit", 6),
        Col("value_code", 17, coding=_CODES),
        Col("assertion", 10, coding=Coding(tones=doubts)),
        Col("quote", 60, wrap=True),
        Col("document", 26, wrap=True),
        Col("source_start", 9),
        Col("source_end", 9),
        Col("source_ref", 18, wrap=True),
        Col("section", 13, coding=_CODES),
        Col("temporality", 10, coding=Coding(tones=doubts)),
        Col("derivation", 10),
        Col("location", 22, wrap=True),
        Col("flags", 22, wrap=True),
        Col("count", 7),
        Col("comparator", 6, hidden=True),
        Col("expanded", 10),
        Col("source_kind", 9),
        Col("source_part", 10),
        Col("support", 24),
        Col("study", 20),
        Col("id", 18),
    )
    return SheetLayout("observations", "Observations", columns, frozen=6, printed=19)


def layout_restless(_: DisplayTable) -> SheetLayout:
    """Restless legs and the evidence of the legs, side by side."""
    columns = (
        *owner_columns(),
        Col("rls_words", 22, wrap=True),
        Col("criteria_words", 30, wrap=True),
        Col("contributors", 30, wrap=True),
        *source_column(Col("right_evidence", 44, wrap=True)),
        *source_column(Col("left_evidence", 44, wrap=True)),
        Col("note", 50, wrap=True),
        Col("right_observations", 18, link=True),
        Col("left_observations", 18, link=True),
        Col("study", 20),
    )
    return SheetLayout("rls", "RLS", columns, frozen=2, printed=10)


def layout_images(display: DisplayTable) -> SheetLayout:
    """Each ultrasound image: what it shows, how it is calibrated, what was measured on it."""
    columns = (
        *leg_columns(),
        Col("vein", 12),
        Col("segment", 15, coding=Coding(display.segments)),
        Col("calipers", 60, wrap=True),
        Col("regions", 16, wrap=True),
        Col("seconds_per_pixel", 10),
        Col("sweep_s", 9),
        Col("doppler_angle", 9),
        Col("document", 30, wrap=True),
        Col("place_from", 36, wrap=True),
        Col("frames", 8),
        Col("frame_ms", 9),
        Col("transducer_khz", 11),
        Col("manufacturer", 16, wrap=True),
        Col("model", 14, wrap=True),
        Col("study", 20),
        Col("sop_instance_uid", 30),
    )
    return SheetLayout("images", "Images", columns, frozen=6, printed=13)


def layout_files(_: DisplayTable) -> SheetLayout:
    """Each input and its fate."""
    columns = (
        Col("path", 50, wrap=True),
        Col("used", 8, centre=True),
        Col("kind", 14),
        Col("code", 18, coding=_CODES),
        Col("reason", 50, wrap=True),
        Col("study", 24),
        Col("joined_by", 16),
        Col("sha256", 22),
        Col("hash_scope", 9),
    )
    return SheetLayout("files", "Files", columns, frozen=1, printed=7)


LAYOUTS: Mapping[str, Callable[[DisplayTable], SheetLayout]] = {
    "legs": layout_legs,
    "segments": layout_segments,
    "observations": layout_observations,
    "review": layout_review,
    "criteria": layout_criteria,
    "completeness": layout_completeness,
    "codes": layout_codes,
    "rls": layout_restless,
    "trends": layout_trends,
    "images": layout_images,
    "files": layout_files,
    "corrections": layout_corrections,
}


def _status(display: DisplayTable) -> Coding:
    return Coding({row.code: row.label for row in display.status}, STATUS_TONES)


def _leg_identity(display: DisplayTable) -> tuple[ColumnLayout, ...]:
    attention = Coding(display.attention, dict.fromkeys(display.attention, ALARM))
    return (
        Col("attention", 12, _EXAM, attention, wrap=True),
        Col("patient_name", 17, _EXAM, wrap=True),
        Col("patient_id", 11, _EXAM, wrap=True),
        Col("birth_date", 10, _EXAM, date=True),
        Col("exam_date", 10, _EXAM, date=True),
        Col("documents", 20, _EXAM, wrap=True),
        *source_column(Col("leg", 7, _EXAM, code_legs())),
    )


def _layout_vein(code: str, name: str, display: DisplayTable) -> tuple[ColumnLayout, ...]:
    levels = Coding(display.segments)
    return (
        *source_column(Col(f"{code}_status", 17, name, _status(display))),
        Col(f"{code}_reflux_from", 13, name, levels),
        Col(f"{code}_reflux_to", 13, name, levels),
        Col(
            f"{code}_max_reflux_ms",
            10,
            name,
            sign=f"{code}_max_reflux_comparator",
            link=True,
            note=True,
        ),
        Col(f"{code}_max_reflux_comparator", 6, name, hidden=True),
        Col(f"{code}_max_reflux_segment", 14, name, levels, indent=True),
        Col(f"{code}_max_diameter_mm", 9, name, link=True, note=True),
        Col(f"{code}_max_diameter_segment", 14, name, levels, indent=True),
        Col(f"{code}_not_stated", 14, name, levels, tone=SILENT),
    )


def _leg_details(display: DisplayTable) -> tuple[ColumnLayout, ...]:
    return (
        Col("perforators_refluxing", 11, "Perforators", centre=True, link=True),
        Col("perforators_pathologic", 11, "Perforators", centre=True, link=True),
        Col("perforator_max_diameter_mm", 11, "Perforators", link=True),
        Col("perforator_max_reflux_ms", 11, "Perforators", link=True),
        *source_column(Col("deep_pattern", 12, "Deep veins", Coding(tones={"cannot_say": DOUBT}))),
        Col("deep_axial_grade", 8, "Deep veins", centre=True, link=True),
        Col("vsds_reflux", 9, "Scores", link=True),
        Col("vsds_obstruction", 11, "Scores", link=True),
        Col("vsds_points", 22, "Scores", wrap=True),
        Col("vsds_not_examined", 18, "Scores", wrap=True),
        Col("vcss_stated", 9, "Scores"),
        Col("completeness_pct", 10, "Completeness", centre=True),
        Col("completeness_missing", 30, "Completeness", _CODES, wrap=True),
        Col("examined", 14, "Exam", Coding(display.examined)),
        Col("indications", 24, "Exam", _CODES, wrap=True),
        Col("position", 14, "Exam", _CODES, wrap=True),
        Col("provocation", 18, "Exam", _CODES, wrap=True),
        Col("position_caution", 26, "Exam", wrap=True, tone=DOUBT),
        Col("limitations", 24, "Exam", wrap=True),
        Col("comparison_date", 12, "Exam", date=True),
        Col("criterion_stated", 22, "Exam", wrap=True),
        Col("criteria", 20, "Exam"),
        Col("sources", 12, "Exam"),
        Col("flags", 24, "Exam", wrap=True),
        Col("accession", 14, "Exam"),
        Col("study", 24, "Exam"),
    )

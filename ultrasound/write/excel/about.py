"""The About sheet: what the workbook is, what made it, the criteria in force, and the legend."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.about import INTENDED_USE
from ultrasound.write.columns import TABLES
from ultrasound.write.excel.looks import (
    BAND_FILL,
    HEADER_FILL,
    INK,
    STATUS_TONES,
    Look,
    Painter,
    Tone,
)
from ultrasound.write.excel.page import open_sheet, set_print
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.excel.stream import CHARACTERS_PER_WIDTH, LINE_HEIGHT, count_wrapped

_WIDTH = 110
_TITLE = Look(Tone("FFFFFF", HEADER_FILL, bold=True), size=14)
_SECTION = Look(Tone(INK, BAND_FILL, bold=True), size=11)
_LABEL = Look(Tone(INK, None, bold=True), wrap=True)
_TEXT = Look(wrap=True)
_SHEETS = {
    "legs": "One row per exam and leg: the answer first, then each vein, then the exam.",
    "segments": "One row per vein and level; what only follows from the whole vein is folded.",
    "observations": "Each fact with its quote and its place in the source.",
    "review": "What a person has to decide, worst first; the yellow cells are for the reviewer.",
    "criteria": "Each question of the criteria, and of payers' documents where asked for.",
    "completeness": "One row per leg and item of a complete report: present, missing or not asked.",
    "codes": "Codes that a person may assign, or not; only where the run was asked for them.",
    "rls": "Exams that name restless legs: the words, and the legs' evidence beside; no cause.",
    "trends": "What became of each place of a patient with several exams, one row per property.",
    "images": "Each ultrasound image: what it shows, its scales, the times measured on it.",
    "corrections": "Each decision of a physician, where there are any: what, from, to, who, when.",
    "files": "Each input file and whether it was used.",
}
_NOTES = (
    ("Empty cell", "Nothing is known. It is never 0, and never normal."),
    ("→", "Leads to the row of Observations that the cell before it rests on; so do the numbers."),
    ("Notes and tips", "A red corner or the tip of a link shows the words of the source."),
    ("Codes and words", "Codes are written in words; the codes are in the tables of that name."),
    ("Signs", "A number is shown with its bound: > 4000 is more than 4000 ms; ~ is about."),
    ("Long texts", "Texts of more than 32,767 characters end with a mark; Parquet has them whole."),
)
Line = tuple[tuple[object, Look], ...]


def write_about(book: Workbook, about: Mapping[str, str], display: DisplayTable) -> None:
    """Write the sheet; ``about`` says label by label what is true of this run."""
    sheet = open_sheet(book, "About")
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = _WIDTH
    set_print(sheet, "About")
    painter = Painter(sheet)
    for number, line in enumerate(_list_lines(about, display), 1):
        words = str(line[1][0] or "")
        lines = count_wrapped(words, int(_WIDTH * CHARACTERS_PER_WIDTH))
        sheet.row_dimensions[number].height = LINE_HEIGHT * (lines + 0.3)
        sheet.append([painter.paint(value, look) for value, look in line])


def _list_lines(about: Mapping[str, str], display: DisplayTable) -> list[Line]:
    lines: list[Line] = [
        (("Venous duplex evidence", _TITLE), (None, _TITLE)),
        (("Intended use", _LABEL), (INTENDED_USE, Look(Tone(INK, None, bold=True), wrap=True))),
        *_section("This run"),
        *(((label, _LABEL), (text, _TEXT)) for label, text in about.items()),
        *_section("Status of a vein or level"),
    ]
    for row in display.status:
        tone = STATUS_TONES[row.code]
        lines.append(((row.label, Look(tone)), (row.meaning, _TEXT)))
    lines += _section("Sheets")
    lines += (
        ((layout(display).title, _LABEL), (_SHEETS[table], _TEXT))
        for table, layout in LAYOUTS.items()
    )
    lines += _section("How to read the cells")
    lines += (((label, _LABEL), (text, _TEXT)) for label, text in _NOTES)
    lines += _section("Columns of Legs")
    lines += (((c.header, _LABEL), (f"{c.meaning} ({c.name})", _TEXT)) for c in TABLES["legs"])
    return lines


def _section(title: str) -> list[Line]:
    return [((None, _TEXT), (None, _TEXT)), ((title, _SECTION), (None, _SECTION))]

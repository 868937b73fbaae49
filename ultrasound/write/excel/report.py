"""The one-page report of an exam: who, what stands out, each leg in a sentence, the vein map."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ultrasound.domain import SEVERITIES
from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.columns import TABLES
from ultrasound.write.excel.contents import Picture
from ultrasound.write.excel.layout import SheetLayout
from ultrasound.write.excel.looks import (
    ALARM,
    BAND_FILL,
    HEADER_FILL,
    INK,
    SILENT,
    Look,
    Painter,
    Tone,
)
from ultrasound.write.excel.page import open_sheet, set_print
from ultrasound.write.excel.stream import (
    CHARACTERS_PER_WIDTH,
    LINE_HEIGHT,
    count_lines,
    count_wrapped,
    dress,
)
from ultrasound.write.excel.text import name_sheet

TITLE = "Report"
# The columns of the table of legs, and their widths; together as wide as the map of two legs.
COLUMNS = {
    "leg": 11.0, "superficial_reflux": 14.0, "deep_reflux": 14.0, "perforator_reflux": 14.0,
    "pattern": 11.0, "thrombus_deep": 15.0, "thrombus_superficial": 15.0, "treatments": 18.0,
    "ceap_stated": 12.0, "ceap_a": 24.0, "vsds_reflux": 11.0, "vsds_obstruction": 13.0,
    "completeness_pct": 10.0,
}  # fmt: skip
MOST_ITEMS = 4
_POINTS_PER_PIXEL = 0.75
_HIGHEST_ROW = 409.0
_TEXT = Look(wrap=True)
_LABEL = Look(Tone(INK, BAND_FILL, bold=True), wrap=True)
_HEADER = Look(Tone("FFFFFF", HEADER_FILL, bold=True), wrap=True)
_TITLE = Look(Tone(INK, None, bold=True), size=16)
_NOTE = Look(SILENT, wrap=True)
_ALARM = Look(ALARM, size=12)
_IDENTITY = {"patient_name": "", "patient_id": "ID ", "birth_date": "born ", "exam_date": "exam "}
_IDENTITY |= {"accession": "accession "}
_TIMING = ("position", "provocation", "position_caution")
_NOBODY = "patient not stated"
_KEY = (
    "An empty cell: nothing is known; never 0, never normal. Not stated, not assessed and not "
    "visualised are none of them competent. The words behind each value: sheet Legs."
)
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Exam:
    """What the report of one exam shows; ``picture`` is its vein map, if it has one."""

    owner: Row
    legs: Sequence[Row]
    review: Sequence[Row]
    picture: Picture | None = None


def write_report(
    book: Workbook, number: int, exam: Exam, layout: SheetLayout, display: DisplayTable
) -> None:
    """Write the report as one landscape A4 page; ``layout`` is that of the sheet Legs."""
    sheet = open_sheet(book, name_sheet(TITLE, number))
    for index, width in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    set_print(sheet, TITLE)
    sheet.page_setup.fitToHeight = 1
    margins = sheet.page_margins
    margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.55, 0.25, 0.25
    sheet.print_options.horizontalCentered = True
    _Report(sheet, layout, display).write(exam)


class _Report:
    """Writes the lines of one report, from above."""

    def __init__(self, sheet: Worksheet, layout: SheetLayout, display: DisplayTable) -> None:
        self._sheet = sheet
        self._painter = Painter(sheet)
        self._display = display
        shown = {column.name: column for column in layout.columns if not column.arrow}
        columns = tuple(
            replace(shown[name], width=width, wrap=True) for name, width in COLUMNS.items()
        )
        self._table = replace(layout, columns=columns)
        self._written = 0

    def write(self, exam: Exam) -> None:
        """Write the whole page."""
        self._write_line(_name_patient(exam), _TITLE, 24)
        for words in _list_alarms(exam.legs, self._display):
            self._write_line(words, _ALARM, 18)
        if exam.legs:
            self._write_table(exam.legs)
        else:
            self._write_line("No finding on a vein of a leg was read from this exam.", _NOTE, 16)
        for leg in exam.legs:
            self._write_words(str(leg["leg"]).upper(), str(leg["sentence"] or ""))
        for label, words in (*_list_timing(exam.legs), *_list_review(exam.review)):
            self._write_words(label, words)
        if exam.picture is not None:
            self._place_picture(exam.picture)
        self._write_line(_KEY, _NOTE, 16)
        last = get_column_letter(len(COLUMNS))
        self._sheet.print_area = f"A1:{last}{self._written}"

    def _append(self, cells: list[Cell], height: float) -> None:
        self._written += 1
        self._sheet.row_dimensions[self._written].height = min(height, _HIGHEST_ROW)
        self._sheet.append(cells)

    def _merge(self, first: str) -> None:
        last = get_column_letter(len(COLUMNS))
        self._sheet.merged_cells.add(f"{first}{self._written}:{last}{self._written}")

    def _write_line(self, words: str, look: Look, height: float) -> None:
        """One line over the whole width."""
        blank = [self._painter.paint(None, look) for _ in range(len(COLUMNS) - 1)]
        self._append([self._painter.paint(words, look), *blank], height)
        self._merge("A")

    def _write_table(self, legs: Sequence[Row]) -> None:
        headers = {column.name: column.header for column in TABLES["legs"]}
        shown = {name: headers[name] for name in COLUMNS}
        lines = count_lines(self._table, shown, every=True)
        cells = [self._painter.paint(shown[name], _HEADER) for name in COLUMNS]
        self._append(cells, LINE_HEIGHT * lines)
        for leg in legs:
            dressed = [dress(column, leg) for column in self._table.columns]
            cells = [
                self._painter.paint(
                    value,
                    Look(tone, True, isinstance(value, float | int), form=form, rule_above=True),
                )
                for value, tone, form in dressed
            ]
            self._append(cells, LINE_HEIGHT * count_lines(self._table, leg))

    def _write_words(self, label: str, words: str) -> None:
        """A label and, beside it, a text of as many lines as it needs."""
        room = int(sum(list(COLUMNS.values())[1:]) * CHARACTERS_PER_WIDTH)
        lines = sum(count_wrapped(line, room) for line in words.split("\n"))
        blank = [self._painter.paint(None, _TEXT) for _ in range(len(COLUMNS) - 2)]
        cells = [self._painter.paint(label, _LABEL), self._painter.paint(words, _TEXT), *blank]
        self._append(cells, LINE_HEIGHT * lines + 2)
        self._merge("B")

    def _place_picture(self, picture: Picture) -> None:
        """The map, in rows of its own."""
        image = Image(io.BytesIO(picture.png))
        image.width, image.height = (round(side / _POINTS_PER_PIXEL) for side in picture.size)
        image.anchor = f"A{self._written + 1}"
        self._sheet.add_image(image)
        left = picture.size[1] + 6
        while left > 0:
            self._append([], min(left, _HIGHEST_ROW))
            left -= _HIGHEST_ROW


def _name_patient(exam: Exam) -> str:
    told = [f"{word}{exam.owner[key]}" for key, word in _IDENTITY.items() if exam.owner.get(key)]
    whose = [] if exam.owner.get("patient_name") or exam.owner.get("patient_id") else [_NOBODY]
    when = [] if exam.owner.get("exam_date") else ["exam date not stated"]
    return " · ".join(["Venous duplex", *whose, *told, *when])


def _list_alarms(legs: Sequence[Row], display: DisplayTable) -> Iterator[str]:
    """What must not wait, in words, each with its legs."""
    found: dict[str, list[str]] = {}
    for leg in legs:
        for code in str(leg["attention"] or "").split("; "):
            if code:
                found.setdefault(code, []).append(str(leg["leg"]).upper())
    for code, sides in found.items():
        yield f"{display.attention.get(code, code)}: {' and '.join(sides)}"


def _list_timing(legs: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """How the times were taken, and what is to be known of that; legs with the same words once."""
    found: dict[str, list[str]] = {}
    for leg in legs:
        told = (str(leg[name] or "").replace("_", " ") for name in _TIMING)
        if words := " · ".join(part for part in told if part):
            found.setdefault(words, []).append(str(leg["leg"]).upper())
    for words, sides in found.items():
        yield "Position", f"{' and '.join(sides)}: {words}"


def _list_review(review: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """The worst review items that nobody has decided, and how many more there are."""
    undecided = [row for row in review if row["decision"] is None]
    ordered = sorted(undecided, key=lambda row: SEVERITIES.index(str(row["severity"])))
    for row in ordered[:MOST_ITEMS]:
        code = str(row["code"]).replace("_", " ")
        yield "To review", f"{row['severity']} · {code}: {row['message']}"
    if len(ordered) > MOST_ITEMS:
        yield "To review", f"{len(ordered) - MOST_ITEMS} more in the sheet Review"

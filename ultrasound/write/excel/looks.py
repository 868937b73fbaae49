"""How cells look: one palette, safe for the colour-blind, and never colour without words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from ultrasound.write.excel.text import clean_text, looks_like_formula

FONT = "Calibri"
INK, GREY, RULE = "23272E", "6A6A6A", "C9D2DE"
HEADER_FILL, BAND_FILL, INPUT_FILL = "2F4A66", "E1E7EF", "FFF8DC"
GENERAL = "General"
SIGNS = {">": '"> "General', ">=": '"≥ "General', "<": '"< "General', "<=": '"≤ "General'}
SIGNS["~"] = '"~ "General'


@dataclass(frozen=True, slots=True, eq=False)
class Tone:
    """Colours of one meaning: the text, and the ground behind it (None: the sheet)."""

    ink: str = INK
    fill: str | None = None
    bold: bool = False
    italic: bool = False


ALARM = Tone("FFFFFF", "C8102E", bold=True)
BAD = Tone("A00D24", "FBE3E6", bold=True)
DOUBT = Tone("6B1F57", "F1E4EF", bold=True)
MEASURED = Tone("00593A", "E2F2EA")
OPEN = Tone("5C370E", "F3EADF")
CLOSED = Tone("2B2B2B", "E3E3E3")
GONE = Tone("4A4A4A", "EFEFEF")
CLEAR = Tone("0F4E93", "E3EEFA")
CLEAR_IN_PART = Tone("0F4E93", "F3F7FC", italic=True)
SILENT = Tone(GREY, None, italic=True)
WARNING = Tone("7A5200", "FFF1CC", bold=True)
PLAIN = Tone()
LINKED = Tone("0563C1")
ENTRY = Tone(INK, INPUT_FILL)

STATUS_TONES = {
    "refluxing": BAD,
    "cannot_say": DOUBT,
    "below_threshold": MEASURED,
    "treated_open": OPEN,
    "treated_closed": CLOSED,
    "absent": GONE,
    "competent": CLEAR,
    "competent_in_part": CLEAR_IN_PART,
    "not_visualized": SILENT,
    "not_assessed": SILENT,
    "not_stated": SILENT,
}
SYSTEM_TONES = {
    "yes": BAD,
    "cannot_say": DOUBT,
    "no": CLEAR,
    "in_part": CLEAR_IN_PART,
    "not_assessed": SILENT,
    "not_stated": SILENT,
}
THROMBUS_TONES = {
    "acute": ALARM,
    "subacute": BAD,
    "present": BAD,
    "chronic": OPEN,
    "cannot_say": DOUBT,
    "no_acute": CLEAR,
    "absent": CLEAR,
    "not_assessed": SILENT,
    "not_stated": SILENT,
}
SEVERITY_TONES = {"high": ALARM, "medium": WARNING, "low": SILENT}
STATE_TONES = {"present": CLEAR, "missing": DOUBT, "not_applicable": SILENT}
VERDICT_TONES = {"met": BAD, "not_met": CLEAR, "cannot_say": DOUBT}
AGREEMENT_TONES = {
    "confirmed": CLEAR,
    "differs": DOUBT,
    "cannot_verify": DOUBT,
    "text_only": SILENT,
    "dicom_only": SILENT,
}


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """All that makes a cell's appearance; one look is one object, which is found fast."""

    tone: Tone = PLAIN
    wrap: bool = False
    centre: bool = False
    indent: bool = False
    form: str = GENERAL
    rule_above: bool = False
    size: int = 10
    link: bool = False
    quoted: bool = False


class _Sample(Cell):
    """A cell whose style others share."""

    _style: StyleArray
    _value: object

    def copy_with(self, value: object) -> Cell:
        """A cell of this style with this value; a text never becomes a formula."""
        cell = _Sample(self.parent, row=1, column=1, style_array=self._style)
        if isinstance(value, str):
            cell.hold_text(value)
        elif value is not None:
            cell.value = value  # type: ignore[assignment]
        return cell

    def hold_text(self, text: str) -> None:
        """Take a text that is clean already: openpyxl would ask of each what it may be."""
        self._value = text
        self.data_type = "s"


class Painter:
    """Makes the cells of one sheet; cells of one look share one style."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._samples: dict[tuple[Look, bool], _Sample] = {}

    def paint(self, value: object, look: Look) -> Cell:
        """A cell with this value and look."""
        quoted = False
        if isinstance(value, str):
            value = clean_text(value)
            quoted = looks_like_formula(value)
        sample = self._samples.get((look, quoted))
        if sample is None:
            shown = replace(look, quoted=True) if quoted else look
            sample = self._samples[look, quoted] = self._make_sample(shown)
        return sample.copy_with(value)

    def _make_sample(self, look: Look) -> _Sample:
        tone = look.tone
        cell = _Sample(self._sheet, row=1, column=1)
        cell.font = Font(
            name=FONT,
            size=look.size,
            bold=tone.bold,
            italic=tone.italic,
            color=tone.ink,
            underline="single" if look.link else None,
        )
        if tone.fill is not None:
            cell.fill = PatternFill("solid", fgColor=tone.fill)
        cell.alignment = Alignment(
            horizontal="center" if look.centre else "left" if look.indent else None,
            vertical="top",
            wrap_text=look.wrap,
            indent=1 if look.indent else 0,
        )
        if look.rule_above:
            cell.border = Border(top=Side(style="thin", color=RULE))
        if look.form != GENERAL:
            cell.number_format = look.form
        if look.quoted:
            cell.quotePrefix = True
        return cell

"""What a sheet is made of: columns, their widths, and how their codes read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ultrasound.write.excel.looks import DOUBT, PLAIN, Tone


@dataclass(frozen=True, slots=True)
class Coding:
    """The words for the codes of a column, and their colours.

    A code without words of its own is shown with spaces for underscores; so are codes in a list.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    tones: Mapping[str, Tone] = field(default_factory=dict)

    def write(self, cell: str) -> str:
        """A cell of codes in words."""
        return "; ".join(self.words.get(c, c.replace("_", " ")) for c in cell.split("; "))

    def tone(self, cell: str) -> Tone:
        """The colours of a cell: those of the first of its codes that has some."""
        return next((self.tones[c] for c in cell.split("; ") if c in self.tones), PLAIN)

    def read(self, cell: str) -> str:
        """The codes of a cell in words: what was written, read back."""
        codes = {words: code for code, words in self.words.items()}
        return "; ".join(codes.get(w, w.replace(" ", "_")) for w in cell.split("; "))


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """One column of a sheet; ``sign`` names the column that bounds its number.

    ``link``: its cells lead to their evidence, and ``note``: carry the quote; ``arrow``: the
    column holds no cell of the table but an arrow to the evidence of the column of that name
    (LibreOffice neither wraps nor colours a linked text), or the word of its ``head``;
    ``entry``: a person fills it in.
    """

    name: str
    width: float
    band: str = ""
    coding: Coding | None = None
    wrap: bool = False
    date: bool = False
    centre: bool = False
    indent: bool = False
    tone: Tone = PLAIN
    hidden: bool = False
    sign: str | None = None
    link: bool = False
    note: bool = False
    arrow: bool = False
    entry: bool = False
    head: str = ""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: its table and columns, how many of them stay in sight, and how many print."""

    table: str
    title: str
    columns: tuple[ColumnLayout, ...]
    frozen: int
    printed: int
    header_rows: int = 1
    folds: bool = False


def source_column(column: ColumnLayout) -> tuple[ColumnLayout, ColumnLayout]:
    """A column of words, and the arrows to their evidence beside it."""
    return column, ColumnLayout(column.name, 3, column.band, centre=True, link=True, arrow=True)


def owner_columns() -> tuple[ColumnLayout, ...]:
    """Whose row it is: columns of the workbook only, where the table names the study alone."""
    return ColumnLayout("patient_id", 11), ColumnLayout("exam_date", 11, date=True)


def leg_columns() -> tuple[ColumnLayout, ...]:
    """Whose row it is, and which leg's, with the arrows to the evidence."""
    return *owner_columns(), *source_column(ColumnLayout("leg", 7, coding=code_legs()))


def timing() -> tuple[ColumnLayout, ...]:
    """How a time was taken, to stand right beside it, and what is to be known of that."""
    return (
        ColumnLayout("position", 13, coding=Coding(), wrap=True),
        ColumnLayout("provocation", 15, coding=Coding(), wrap=True),
        ColumnLayout("position_caution", 24, wrap=True, tone=DOUBT),
    )


def code_legs() -> Coding:
    """How the legs read: in capitals, so that they are not mistaken for each other."""
    return Coding({"right": "RIGHT", "left": "LEFT"})

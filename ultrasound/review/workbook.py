"""A workbook that a person worked in: its sheets, row by row, whichever program saved it.

Columns are known by their headers, so that moving them, or setting one in, changes nothing.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from ultrasound.errors import UsageError
from ultrasound.write.excel.beside import MAP_HEAD
from ultrasound.write.excel.contents import EXAMS, SHEETS
from ultrasound.write.excel.report import TITLE as REPORT
from ultrasound.write.excel.stream import ARROW
from ultrasound.write.excel.text import clean_text, name_sheet
from ultrasound.write.fixed_zip import FIXED_TIME
from ultrasound.write.outputs import RUN

Shown = str | float | datetime.date | None
Cells = dict[str, tuple[str, object]]
_ABOUT: Final = "About"
_SIGNS: Final = (None, ARROW, MAP_HEAD.lower())
_HEADERS_WITHIN: Final = 10  # rows, where somebody set some in above
_TRUTHS: Final = {"=TRUE()": 1.0, "=FALSE()": 0.0}  # as LibreOffice saves them
_BROKEN: Final = (
    OSError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    ParseError,
    zipfile.BadZipFile,
    InvalidFileException,
)


class ReviewedBook:
    """A workbook while it is read.

    ``read`` names the sheets that were read, ``strange`` the cells in columns that no run wrote.

    Raises:
        UsageError: it cannot be read; raised where ``with`` begins, or inside it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.read: set[str] = set()
        self.strange: list[str] = []

    def __enter__(self) -> Self:
        try:
            self._book = load_workbook(self._path, read_only=True)
        except _BROKEN as error:
            raise self._refuse(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()

    def _refuse(self, error: Exception) -> UsageError:
        kind = type(error).__name__
        return UsageError(f"{self._path}: cannot be read as a workbook ({kind}); save it as .xlsx")

    @property
    def modified(self) -> str | None:
        """When a person saved it last, None where nobody did."""
        time = self._book.properties.modified
        if time is None or time.replace(tzinfo=None) == FIXED_TIME:
            return None
        return str(time.strftime("%Y-%m-%dT%H:%M:%SZ"))

    @property
    def run(self) -> str | None:
        """The number of the run that wrote it, None where it does not say."""
        return self._find_about(RUN)

    @property
    def holds_some(self) -> bool:
        """Whether it was written for some exams of its run."""
        return self._find_about(EXAMS) is not None

    @property
    def is_short(self) -> bool:
        """Whether it was written with few sheets."""
        return self._find_about(SHEETS) is not None

    def _find_about(self, label: str) -> str | None:
        self.read.add(_ABOUT)
        values = (as_text(row[1]) for row in self._rows(_ABOUT) if row[:1] == (label,) and row[1:])
        return next(values, None)

    @property
    def unread(self) -> list[str]:
        """The sheets that were not read; reports of a page are for printing."""
        names = self._book.sheetnames
        reports = {name_sheet(REPORT, number) for number in range(1, len(names) + 1)}
        return [name for name in names if name not in self.read | reports]

    def _rows(self, sheet: str) -> Iterator[tuple[object, ...]]:
        """The rows of a sheet; none where it is not there or not of cells."""
        if sheet not in self._book.sheetnames or not hasattr(self._book[sheet], "iter_rows"):
            return
        try:
            yield from self._book[sheet].iter_rows(values_only=True)
        except _BROKEN as error:
            raise self._refuse(error) from error

    def find_columns(self, title: str, headers: Mapping[str, str]) -> dict[str, int] | None:
        """Where the columns of a kind of sheet stand, by their headers; None without the sheet.

        Args:
            title: the title of the sheet, or of the first of several.
            headers: the header of each column, by its name.
        """
        if title not in self._book.sheetnames:
            return None
        return self._find_header(title, headers)[1]

    def _find_header(self, sheet: str, headers: Mapping[str, str]) -> tuple[int, dict[str, int]]:
        """The number of the row that holds most of the headers, and where each stands."""
        best: tuple[int, dict[str, int]] = (0, {})
        for number, row in enumerate(islice(self._rows(sheet), _HEADERS_WITHIN), 1):
            places = {name: row.index(header) for name, header in headers.items() if header in row}
            if len(places) > len(best[1]):
                best = number, places
        return best

    def read_lines(self, title: str, headers: Mapping[str, str]) -> Iterator[tuple[str, Cells]]:
        """Each row below the headers that holds anything: its sheet, and its cells with places."""
        number = 1
        while (sheet := name_sheet(title, number)) in self._book.sheetnames:
            self.read.add(sheet)
            first, columns = self._find_header(sheet, headers)
            known = set(columns.values())
            strange: dict[int, str] = {}
            for line, values in enumerate(islice(self._rows(sheet), first, None), first + 1):
                held = [i for i, value in enumerate(values) if value not in _SIGNS]
                strange |= {i: _name_cell(i, line) for i in held if i not in known | strange.keys()}
                if known.intersection(held):
                    yield sheet, _take_cells(values, columns, line)
            self.strange += (f"{sheet}!{place}" for place in strange.values())
            number += 1


def _take_cells(values: Sequence[object], columns: Mapping[str, int], line: int) -> Cells:
    """The cells of a row by column; a row may be shorter than its sheet is wide."""
    whole = tuple(chain(values, [None] * (max(columns.values()) + 1)))
    return {name: (_name_cell(index, line), whole[index]) for name, index in columns.items()}


def _name_cell(index: int, line: int) -> str:
    return f"{get_column_letter(index + 1)}{line}"


def normalize(value: object) -> Shown:
    """A cell's value in the one form in which cells are compared, whichever program saved them."""
    if isinstance(value, bool | int | float):
        return round(float(value), 9)
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value
    if value in _TRUTHS:
        return _TRUTHS[str(value)]
    text = clean_text(unescape(str(value)).replace("\r\n", "\n")).strip()
    return unescape(text) or None


def as_text(value: object) -> str | None:
    """What a person wrote into a cell, as text; None for an empty one."""
    shown = normalize(value)
    if isinstance(shown, float):
        return str(int(shown)) if shown.is_integer() else repr(shown)
    return None if shown is None else str(shown)

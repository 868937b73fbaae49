"""What Excel can hold: texts within its limits, numbers, dates, and nothing that is a formula."""

from __future__ import annotations

import datetime
import re

MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
LONGEST_TIP = 255
_CUT = " … [cut here; whole in the Parquet table]"
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Excel counts days from 1900 and takes that year for a leap year.
_FIRST_DATE = datetime.date(1900, 3, 1)
_DATES = (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), re.compile(r"(\d{4})(\d{2})(\d{2})"))


def clean_text(text: str, longest: int = LONGEST_CELL) -> str:
    """A text that Excel shows as it is.

    Control characters become their visible pictures, a text that is too long ends with a mark,
    and what Excel would read as an escape is escaped itself. Length counts UTF-16 units, as
    Excel does.
    """
    if text.isascii() and text.isprintable() and "_x" not in text and len(text) <= longest:
        return text
    shown = text.replace("\r\n", "\n").translate(_CONTROLS)
    shown = _UNWRITABLE.sub("�", shown)
    shown = _ESCAPE_LIKE.sub("_x005F_", shown)
    if _length(shown) <= longest:
        return shown
    room = longest - len(_CUT)
    cut = shown.encode("utf-16-le")[: 2 * max(room, 0)].decode("utf-16-le", "ignore")
    return (cut + _CUT)[:longest]


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))


def read_date(text: str) -> datetime.date | None:
    """A date that is written year first and that Excel can hold, None for anything else."""
    for form in _DATES:
        match = form.fullmatch(text)
        if match:
            try:
                date = datetime.date(*(int(part) for part in match.groups()))
            except ValueError:
                return None
            return date if date >= _FIRST_DATE else None
    return None


def name_sheet(name: str, number: int = 1) -> str:
    """A sheet name within the limit; a second sheet of the same table is numbered."""
    suffix = "" if number == 1 else f" {number}"
    return name[: LONGEST_SHEET_NAME - len(suffix)] + suffix


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2

"""The numbers that count rows, where no header over "1.  CFV" or one of heights tells so.

They may else be values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

# a number, a name of some words, and one or two cells behind wide gaps
_ROW: Final = re.compile(
    r"^[ \t]*(?P<number>\d{1,2})[.)]?[ ]{2,}[A-Za-z][^\n\d]*?[ ]{2,}\S[^\n]*$", re.MULTILINE
)
_NUMBERED: Final = re.compile(  # over a column of heights, which name the rows themselves
    r"^[ ]*(?P<head>#|no\.?|nr\.?)[ ]{2,}(?=(?:height|distance|dist\.|cm|location|site)\b[^\n]*\n)"
    r"(?:[^\n]*\n)(?P<rows>(?:[ ]*\d{1,2}[ ]{2,}[^\n]*(?:\n|$))+)",
    re.MULTILINE | re.IGNORECASE,
)
_FIRST: Final = re.compile(r"^[ ]*(?P<number>\d{1,2})(?=[ ]{2})", re.MULTILINE)
_LEGS: Final = re.compile(r"^[ ]{3,}(?:right|rt|r)\b[ ]{2,}(?:left|lt|l)\b[^\n]*$", re.IGNORECASE)
_FEWEST: Final = 2  # rows


def find_row_counts(text: str) -> list[Edit]:
    """The numbers, as blanks."""
    return [*_find_bare(text), *_find_before_heights(text)]


def _find_before_heights(text: str) -> Iterator[Edit]:
    """The numbers of perforators before their heights."""
    for table in _NUMBERED.finditer(text):
        rows = list(_FIRST.finditer(text, *table.span("rows")))
        if [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1)):
            yield Edit(*table.span("head"), " " * len(table["head"]))
            yield from (Edit(*row.span("number"), " " * len(row["number"])) for row in rows)


def _find_bare(text: str) -> Iterator[Edit]:
    """The numbers of rows under a line that heads only the legs."""
    rows = list(_ROW.finditer(text))
    counted = [row for at, row in enumerate(rows, 1) if int(row["number"]) == at]
    if len(counted) < max(len(rows), _FEWEST):
        return
    above = text[: counted[0].start()].rstrip("\n").rpartition("\n")[2]
    if _LEGS.match(above):
        for row in counted:
            end = row.end("number") + (text[row.end("number")] in ".)")
            yield Edit(row.start("number"), end, " " * (end - row.start("number")))

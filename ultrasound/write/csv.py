"""CSV: UTF-8, comma, one header line of column names.

A text cell that a spreadsheet would take for a formula gets a leading apostrophe; Parquet and
JSON hold it as it is.
"""

from __future__ import annotations

import csv
from pathlib import Path

from ultrasound.domain import COMPARATORS
from ultrasound.write.columns import TABLES
from ultrasound.write.parquet import read_table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(parts: Path, table: str, path: Path) -> None:
    """Make one table's CSV file from its parts, row by row, and put it in place at the end."""
    names = [column.name for column in TABLES[table]]
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        for row in read_table(parts, table):
            writer.writerow([write_cell(row[name]) for name in names])
    unfinished.replace(path)


def write_cell(value: object) -> str:
    """One cell: empty for nothing, whole numbers without a point, true and false in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = str(value)
    # A bare comparator is a code of this program and no formula.
    if text.startswith(FORMULA_STARTS) and text not in COMPARATORS:
        return f"'{text}"
    return text

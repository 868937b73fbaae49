"""CSV: every cell safe in a spreadsheet, and every other reader served."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.write.studies import make_decided, make_result, make_review, write_all
from ultrasound.write.columns import TABLES
from ultrasound.write.csv import write_cell
from ultrasound.write.parquet import read_table


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("==", "'=="),
        ("=", "="),
        (">=", ">="),
        ("a=b", "a=b"),
        (None, ""),
        (2300.0, "2300"),
        (5.4, "5.4"),
        (7, "7"),
        (True, "true"),
        (False, "false"),
    ],
)  # fmt: skip
def test_cell(value: object, written: str) -> None:
    """A text that starts like a formula gets an apostrophe; numbers stay numbers."""
    assert write_cell(value) == written


def test_file_holds_every_cell(tmp_path: Path) -> None:
    """Read back, the file has every row and column of the table."""
    hostile = make_review("unread", '=cmd|"/C calc"!A0\nsecond line, with "quotes"')
    out = write_all(tmp_path, [make_decided(make_result(1, review=[hostile])), make_result(2)])
    for table, columns in TABLES.items():
        with (out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        assert header == [column.name for column in columns]
        expected = [
            [write_cell(row[name]) for name in header]
            for row in read_table(tmp_path / "parts", table)
        ]
        assert rows == expected
        assert rows

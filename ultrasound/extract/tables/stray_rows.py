"""Last rows of a table whose label nothing knows: kept for review, never skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.row_kinds import changes_borders
from ultrasound.extract.tables.table_cells import (
    cut_cells,
    has_borders,
    has_number,
)
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_FEWEST_CELLS: Final = 3  # a label and two values; fewer are a statement of its own
_LABEL_WORDS: Final = 3  # of a row's label; more are a sentence


def is_stray(headers: HeaderReader, marks: Marks, lines: Sequence[Line], table: Table) -> bool:
    """Whether the line behind a table is built as its last row, and names nothing known."""
    if table.end >= len(lines):
        return False
    last, line = lines[table.end - 1], lines[table.end]
    if line.blank_before or changes_borders(marks, last, line):
        return False
    cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
    above = [cell for cell in cut_cells(marks, last) if not cell.is_empty]
    if len(cells) != len(above) or len(cells) < _FEWEST_CELLS:
        return False
    if headers.read_place(marks, cells[0]) or headers.read_header(marks, cells[0]).properties:
        return False
    named = cells[0].size <= _LABEL_WORDS and not has_number(marks, cells[0])
    return named and (has_borders(marks, line) or any(has_number(marks, c) for c in cells[1:]))


def take_stray(marks: Marks, line: Line) -> Row:
    """The row of a line that is for a person, whole."""
    cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
    whole = replace(cells[0], last=cells[-1].last, right=cells[-1].right)
    return Row((), ((Column(whole), whole),))

"""Rows of a question and its answer, with no header over them: "Deep vein thrombosis      No"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, cut_cells, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import CellCode

_PAIR: Final = 2
_SIGNS: Final = (":", "=", ".", "?")


class AnswerRowReader:
    """Reads lines of two cells of which the second answers the first by a code."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers = headers
        self._codes = codes

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The rows that start at a line, None where none does."""
        rows: list[Row] = []
        while index + len(rows) < len(lines):
            row = self._read_row(marks, lines[index + len(rows)])
            if row is None:
                break
            rows.append(row)
        return Table(index, index + len(rows), rows) if rows else None

    def _read_row(self, marks: Marks, line: Line) -> Row | None:
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        if len(cells) != _PAIR:
            return None
        label, answer = cells
        if any(t.text in _SIGNS for t in marks.tokens[label.first : label.last]):
            return None  # the sentence reader's
        place = self._headers.read_label(marks, label)
        asked = self._headers.read_header(marks, label).properties
        if place is None or not place.has_vein or not asked:
            return None
        code = decode_cell(text_of(marks, answer), asked, {}, self._codes)
        if code is None and not _measures(marks, answer, asked):
            return None
        return Row((label,), ((Column(answer), answer),))


def _measures(marks: Marks, cell: Cell, asked: Sequence[str]) -> bool:
    """Whether a cell is one number in a unit of what is asked: "2.1 s"."""
    numbers = marks.numbers_in(cell.first, cell.last)
    if len(numbers) != 1 or numbers[0].first != cell.first or numbers[0].last != cell.last - 1:
        return False
    unit = numbers[0].unit
    return unit is not None and any(KIND_OF.get(name) == unit.kind for name in asked)

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
from ultrasound.extract.tables.told_cells import name_asked
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import CellCode

_PAIR: Final = 2
_SIGNS: Final = (":", "=", ".", "?")


class AnswerRowReader:
    """Reads lines of a label and a code that answers it, beside which a number may stand."""

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
        if len(cells) < _PAIR:
            return None
        label, *rest = cells
        if any(t.text in _SIGNS for t in marks.tokens[label.first : label.last]):
            return None  # the sentence reader's
        place = self._headers.read_label(marks, label)
        asked = name_asked(marks, label, self._headers.read_header(marks, label).properties)
        answers = [part for cell in rest for part in _part(marks, cell)]
        if place is None or not place.has_vein or not asked or len(answers) > _PAIR:
            return None
        codes = [decode_cell(text_of(marks, a), asked, {}, self._codes) for a in answers]
        told = [
            code is not None or _measures(marks, a, asked)
            for code, a in zip(codes, answers, strict=True)
        ]
        if not all(told) or (len(answers) > 1 and codes[0] is None):
            return None
        return Row((label,), tuple((Column(a), a) for a in answers))


def _part(marks: Marks, cell: Cell) -> list[Cell]:
    """A code and what it measures: "present, 1.6 s"."""
    at = next((i for i in range(cell.first, cell.last) if marks.tokens[i].text == ","), None)
    if at is None or not cell.first < at < cell.last - 1:
        return [cell]
    return [cell.cut(marks, cell.first, at), cell.cut(marks, at + 1, cell.last)]


def _measures(marks: Marks, cell: Cell, asked: Sequence[str]) -> bool:
    """Whether a cell is one number in a unit of what is asked: "2.1 s"."""
    numbers = marks.numbers_in(cell.first, cell.last)
    if len(numbers) != 1 or numbers[0].first != cell.first or numbers[0].last != cell.last - 1:
        return False
    unit = numbers[0].unit
    return unit is not None and any(KIND_OF.get(name) == unit.kind for name in asked)

"""Where a table ends: at a line that opens the report's summary behind a tab, and is no row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.headings import Head
from ultrasound.extract.lines.layout import STOPS, Line
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_SECTIONS: Final = ("impression", "recommendation")


def end_at_sections(
    tables: Mapping[int, Table],
    marks: Marks,
    lines: Sequence[Line],
    heads_at: Callable[[int], Head | None],
) -> dict[int, Table]:
    """The tables, each up to the first of its lines that opens such a section."""
    ended: dict[int, Table] = {}
    for start, table in tables.items():
        inner = range(table.start + 1, table.end)
        end = next((i for i in inner if _opens(marks, lines[i], heads_at(i))), None)
        ended[start] = table if end is None else _cut(table, end, lines[end].first)
    return ended


def _opens(marks: Marks, line: Line, head: Head | None) -> bool:
    """Whether a line is the name of a section, a tab, and sentences without one."""
    if head is None or head.section not in _SECTIONS or head.rest >= line.last:
        return False
    told = marks.tokens[head.rest : line.last]
    sole = "\t" in told[0].gap and not any("\t" in token.gap for token in told[1:])
    return sole and any(token.text in STOPS for token in told)


def _cut(table: Table, end: int, first: int) -> Table:
    rows = [row for row in table.rows if _first_of(row) < first]
    return replace(table, end=end, rows=rows)


def _first_of(row: Row) -> int:
    cells = [*row.labels, *(cell for _, cell in row.cells)]
    cells += [cell for cell in (row.more, row.prose) if cell is not None]
    return min((cell.first for cell in cells), default=0)

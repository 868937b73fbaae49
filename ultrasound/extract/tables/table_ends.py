"""Where a table ends: at a line that opens the report's summary behind a tab, and is no row.

Headings below its last values, with a colon or without its borders, are not of it either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.headings import Head
from ultrasound.extract.lines.layout import STOPS, Line
from ultrasound.extract.tables.table_cells import has_borders
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
        end = next((i for i in inner if _opens(marks, lines[i], heads_at(i))), table.end)
        bordered = has_borders(marks, lines[table.start])
        valued = max((_last_of(row) for row in table.rows), default=0)
        while end > table.start + 1 and lines[end - 1].first >= valued:
            more = end < len(lines) and not lines[end].blank_before
            bare = more and bordered and not has_borders(marks, lines[end - 1])
            if not _heads_more(marks, lines[end - 1], heads_at(end - 1), bare=bare):
                break
            end -= 1
        ended[start] = table if end == table.end else _cut(table, end, lines[end].first)
    return ended


def _heads_more(marks: Marks, line: Line, head: Head | None, *, bare: bool) -> bool:
    """Whether a line is a heading with a colon; ``bare``: it lacks the borders of the table."""
    colon = marks.tokens[line.last - 1].text == ":"
    return head is not None and head.alone and (bare or colon)


def _last_of(row: Row) -> int:
    """The token behind the last value of a row, 0 where it has none."""
    cells = [*(cell for _, cell in row.cells), *(c for c in (row.more, row.prose) if c)]
    return max((cell.last for cell in cells), default=0)


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

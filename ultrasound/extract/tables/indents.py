"""How deep the cells of a table stand, also where their line is set in before its first border."""

from __future__ import annotations

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.words.marks import Marks


def left_in_line(marks: Marks, cell: Cell) -> int:
    """Where a cell begins; in the first of columns with borders, how deep its line is set in."""
    if cell.left or cell.is_empty:
        return cell.left
    start = marks.tokens[cell.first].start
    before = marks.text[marks.text.rfind("\n", 0, start) + 1 : start]
    return len(before) - len(before.lstrip(" \t"))

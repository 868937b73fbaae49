"""The word "absent" in a column of reflux: reflux that is not there, or a vein that is not.

Reflux, where another row has it beside a number, where many rows do, where the column says
"present" elsewhere or a column of thrombus says "absent" too, or where the vein is always there, as
the common femoral vein is; else the vein.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

_WORD: Final = "absent"
_REFLUX: Final = frozenset({"reflux_time", "incompetence"})
_PRESENT: Final = "present"
_ANSWERED: Final = frozenset({"thrombus"})  # columns of which it says no more than "none"
_MANY: Final = 4  # rows
_ALWAYS: Final = frozenset({"CFV", "FV", "DFV", "POPV", "PTV", "PRV", "ATV", "EIV", "CIV", "IVC"})


def settle_absent(headers: HeaderReader, marks: Marks, rows: Sequence[Row]) -> list[Row]:
    """The rows; a column finds where its "absent" is of reflux."""
    said = [row for row in rows if any(_is_absent(marks, *pair) for pair in row.cells)]
    if not said:
        return list(rows)
    reflux = len(said) >= _MANY or any(_tells(headers, marks, row) for row in said)
    reflux = reflux or any(_is_answered(marks, *pair) for row in rows for pair in row.cells)
    return [
        _find(marks, row) if row in said and not _is_gone(marks, row, reflux) else row
        for row in rows
    ]


def _is_absent(marks: Marks, column: Column, cell: Cell) -> bool:
    """Whether a cell of reflux says so, or a side of it: "absent/5.5" of time and diameter."""
    sides = text_of(marks, cell).split("/")
    several = any(name not in _REFLUX for name in column.properties)
    told = _WORD in (side.strip() for side in sides) and (len(sides) > 1 or not several)
    return told and not _REFLUX.isdisjoint(column.properties)


def _is_answered(marks: Marks, column: Column, cell: Cell) -> bool:
    """Whether a cell shows how the table answers: present reflux, or an absent thrombus."""
    text, names = text_of(marks, cell), column.properties
    return (text == _PRESENT and not _REFLUX.isdisjoint(names)) or (
        text == _WORD and not _ANSWERED.isdisjoint(names)
    )


def _tells(headers: HeaderReader, marks: Marks, row: Row) -> bool:
    """Whether a row measures its vein, or is of one that is always there."""
    groups = (headers.read_place(marks, cell) for cell in row.labels)
    veins = {part.vein for group in groups if group for part in group.parts}
    sized = any(marks.has_digits(cell.first, cell.last) for _, cell in row.cells)
    return sized or not veins.isdisjoint(_ALWAYS)


def _is_gone(marks: Marks, row: Row, reflux: bool) -> bool:
    """Whether the vein of a row is absent: all its cells say so, and more than of reflux."""
    alone = all(text_of(marks, cell) == _WORD for _, cell in row.cells)
    plain = _REFLUX | _ANSWERED
    other = any(plain.isdisjoint(column.properties) for column, _ in row.cells)
    return alone and (other or not reflux)


def _find(marks: Marks, row: Row) -> Row:
    """A row whose cells that say so are of reflux."""
    cells = ((replace(c, finds=True) if _is_absent(marks, c, x) else c, x) for c, x in row.cells)
    return replace(row, cells=tuple(cells))

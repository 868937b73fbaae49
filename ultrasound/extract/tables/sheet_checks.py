"""Whether a sheet was understood as a whole: each value has a name, and each row a vein."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.tables.atoms import unit_kinds
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.declared_rows import DeclaredRows
from ultrasound.extract.tables.header_meanings import PROPERTY_OF
from ultrasound.extract.tables.sheet_state import Sheet
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import CellCode

Names = tuple[str, ...]
Named = tuple[Column, Cell]
_PAIR: Final = 2
_TIMES: Final = frozenset({("reflux_time",)})
_TOLD_BY_UNIT: Final = ("reflux_time", "diameter")


class SheetChecks:
    """Names what a sheet leaves to its other rows, and tells whether all is understood."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers, self._codes = headers, codes
        self._declared = DeclaredRows(headers, codes)

    def name_rows(self, marks: Marks, sheet: Sheet) -> list[Row]:
        """The rows of a sheet; none where a value has no name, or a row no vein.

        Under columns the vein may be that of a heading above.
        """
        share = _share_pairs if sheet.columns else self._share_names
        rows = share(marks, sheet.rows if sheet.columns else self._declared.name(marks, sheet.rows))
        said = all(self._says(marks, *pair) for row in rows for pair in row.cells)
        placed = sheet.columns or all(self._has_vein(marks, row) for row in rows if row.cells)
        return rows if said and placed else []

    def _share_names(self, marks: Marks, rows: Sequence[Row]) -> list[Row]:
        """Rows whose values have the name of those at their place in other rows.

        As "none" behind a size has in rows that state a time there, or straight under times.
        """
        names: dict[int, set[Names]] = {}
        under: dict[int, set[Names]] = {}
        for order, (column, cell) in (pair for row in rows for pair in enumerate(row.cells)):
            named = column.properties or _measured(marks, cell)
            names.setdefault(order, set()).update([named] if named else [])
            under.setdefault(cell.left, set()).update([named] if named else [])

        def share(row: Row, order: int) -> Named:
            column, cell = row.cells[order]
            held = names[order]
            if len(held) != 1 and all(len(under[c.left]) == 1 for _, c in row.cells):
                held = under[cell.left] & _TIMES  # each of its columns holds one thing
            told = column.properties or _measured(marks, cell) or len(held) != 1
            told = told or text_of(marks, cell).strip("0.,").isdigit()  # a number needs its unit
            return (column if told else replace(column, properties=next(iter(held)))), cell

        return [
            replace(row, cells=tuple(share(row, order) for order in range(len(row.cells))))
            for row in rows
        ]

    def _says(self, marks: Marks, column: Column, cell: Cell) -> bool:
        """Whether a value has a name or a unit, or is a code that needs none.

        Two numbers about a slash need two names.
        """
        numbers = marks.numbers_in(cell.first, cell.last)
        slashed = len(numbers) > 1 and marks.has_sign("/", cell.first, cell.last)
        if slashed and len(column.properties) == 1 and not column.sides:
            return False
        if column.properties or column.units or _measured(marks, cell):
            return True
        if (column.group or column.legs) and not marks.has_digits(cell.first, cell.last):
            return True  # a code of the report's own
        text = text_of(marks, cell)
        told = text in self._headers.blanks or _tells_of_vein(marks, cell)
        return told or bool(decode_cell(text, (), marks.codes, self._codes))

    def _has_vein(self, marks: Marks, row: Row) -> bool:
        groups = [self._headers.read_label(marks, cell) for cell in row.labels]
        groups += [column.group for column, _ in row.cells]
        return any(group is not None and group.has_vein for group in groups)


def _tells_of_vein(marks: Marks, cell: Cell) -> bool:
    """Whether a cell only says what its vein is like: "absent", which under a name is a value."""
    mention = marks.mention_at(cell.first)
    row = mention.row("finding") if mention is not None and mention.last + 1 == cell.last else None
    return row is not None and row.property == "anatomy"


def _share_pairs(marks: Marks, rows: Sequence[Row]) -> list[Row]:
    """Rows whose columns hold what two numbers with their units measure in cells of the same table.

    As "8.6 mm / 2.9 s" tells of "3.1 mm / none" under the name of another vein.
    """
    paired = [pair for row in rows for pair in row.cells]
    told = {names for _, cell in paired if (names := _measured_pair(marks, cell))}
    trunks = all(c.group and c.group.has_vein and not c.properties for c, _ in paired)
    if len(told) != 1 or not trunks:
        return list(rows)
    names = told.pop()
    return [
        replace(
            row,
            cells=tuple((replace(c, properties=names), cell) for c, cell in row.cells),
        )
        for row in rows
    ]


def _measured_pair(marks: Marks, cell: Cell) -> Names:
    """What the units of the two numbers of a cell tell that they measure."""
    numbers = marks.numbers_in(cell.first, cell.last)
    kinds = [number.unit.kind for number in numbers if number.unit is not None]
    names = tuple(PROPERTY_OF[kind] for kind in kinds if kind in PROPERTY_OF)
    return names if len(set(names)) == len(numbers) == _PAIR else ()


def _measured(marks: Marks, cell: Cell) -> Names:
    """What the unit of a value tells that it measures; nothing for none, or for several."""
    kinds = unit_kinds(marks, cell)
    return (
        tuple(name for name in _TOLD_BY_UNIT if KIND_OF[name] in kinds) if len(kinds) == 1 else ()
    )

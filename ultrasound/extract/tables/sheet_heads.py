"""Lines of a sheet that head others: a place alone, or the name and unit of what stands below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import Atom
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.sheet_state import Rank, Sheet, rank_of
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

_NAME_AND_UNIT: Final = 2


class SheetHeads:
    """Reads such lines."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def take(self, marks: Marks, line: Line, atoms: Sequence[Atom], sheet: Sheet) -> bool | None:
        """Take a line that heads what follows; False for another.

        None where the sheet cannot be read: places straight below their like head columns that
        were broken into lines, and a level may be the first line of a label that goes on.
        """
        if any(atom.role not in ("place", "key", "code") for atom in atoms):
            return False
        named = self._read_name(marks, [atom for atom in atoms if atom.role != "place"])
        if named is None:
            return False
        places = [atom.cell for atom in atoms if atom.role == "place"]
        ranks = [rank_of(self._headers, marks, cell) for cell in places]
        if len(places) > 1 and Rank.LEG in ranks and self._has_rows(marks, line, ranks, sheet):
            sheet.rows.append(Row(tuple(places), ()))  # a row of which nothing was found
            return True
        for rank, cell in zip(ranks, places, strict=True):
            if rank is None:
                return False
            group = self._headers.read_place(marks, cell)
            wraps = bool(sheet.columns) and not line.blank_before and group and group.has_spot
            if wraps or (sheet.is_open and sheet.heads and sheet.heads[-1][0] == rank):
                return None
            sheet.enter(rank, cell)
        sheet.key = named if named.has_values else sheet.key
        return True

    def _has_rows(
        self, marks: Marks, line: Line, ranks: Sequence[Rank | None], sheet: Sheet
    ) -> bool:
        """Whether rows straight above name the same: "LLE   Com fem" below "LLE   GSV   2.0"."""
        if not sheet.columns or line.blank_before:
            return False
        heads = {row.labels[0].first for row in sheet.rows if not row.cells}
        for row in filter(lambda row: row.cells, sheet.rows):
            own = [cell for cell in row.labels if cell.first not in heads]
            named = [rank_of(self._headers, marks, cell) for cell in own[: len(ranks)]]
            if named == list(ranks):
                return True
        return False

    def _read_name(self, marks: Marks, atoms: Sequence[Atom]) -> Column | None:
        """What a line names beside places: one property, a label ("Vein: GSV"), or nothing."""
        if not atoms:
            return Column(Cell(0, 0, 0, 0))
        cell = atoms[0].cell
        if len(atoms) == _NAME_AND_UNIT and not self._headers.read_names(marks, atoms[1].cell)[0]:
            cell = replace(cell, last=atoms[1].cell.last)  # "REFLUX (sec)"
        elif len(atoms) > 1 or atoms[0].role == "code":
            return None
        named = self._headers.read_header(marks, cell)
        asks = marks.tokens[cell.last].text == ":" if cell.last < len(marks.tokens) else False
        if named.is_label:
            return Column(cell) if asks else None
        return named if named.measures and named.has_values else None

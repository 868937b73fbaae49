"""The columns of a sheet: what its header lines name, and which cell of a row stands in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import AtomReader
from ultrasound.extract.tables.captions import hand_down
from ultrasound.extract.tables.columns import Column, carry_veins, keep_veins, name_legs
from ultrasound.extract.tables.header_kinds import heads_report
from ultrasound.extract.tables.leg_columns import take_times
from ultrasound.extract.tables.row_cells import part_full
from ultrasound.extract.tables.sheet_align import align
from ultrasound.extract.tables.sheet_column import (
    SheetColumn,
    are_sides,
    counts_rows,
    hand_down_to,
    heads_trunks,
    is_sided,
    lead_legs,
    merge_below,
    spans_cells,
    tells_which,
)
from ultrasound.extract.tables.sheet_header_lines import (
    answers,
    are_sentences,
    denies_next,
    has_gap,
    lists_codes,
    split_names,
    stands_apart,
    stands_over_units,
    without_label,
)
from ultrasound.extract.tables.sheet_ticks import TickedColumns
from ultrasound.extract.tables.table_cells import Cell, cut_cells, fit_cells, has_borders
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

Paired = tuple[SheetColumn, Cell, Literal["label", "value"]]
_HEADER_LINES: Final = 4
_SEVERAL: Final = 2


class SheetColumns:
    """Reads header lines, and the rows under them."""

    def __init__(self, headers: HeaderReader, atoms: AtomReader, codes: Sequence[CellCode]) -> None:
        self._headers, self._atoms = headers, atoms
        self._ticked = TickedColumns(headers, atoms, codes)

    # --- headers ------------------------------------------------------------------------------

    def read_columns(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[SheetColumn], int] | None:
        """The columns that the lines from one on name, and how many lines do; none: ``[], 0``.

        None where they cannot be told.
        """
        ticked = self._ticked.read(marks, lines, index)
        told = [SheetColumn(column) for column in ticked], 1
        return told if ticked else self._read_named(marks, lines, index)

    def _read_named(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[SheetColumn], int] | None:
        """The columns whose names say what their cells hold, over up to four lines."""
        lines_read = self._read_lines(marks, lines, index)
        if lines_read is None:
            return None
        read, count = lines_read
        if not read:
            return [], 0
        sizes = [sum(not c.cell.is_empty for c in columns) for columns in read]
        most = len(read) - 1 - sizes[::-1].index(max(sizes))
        over = [c for c in read[most + 1 :] if are_sides(c)]
        named = merge_below(read[most], [c for c in read[most + 1 :] if c not in over])
        headed = [SheetColumn(column) for column in lead_legs(carry_veins(named))]
        for upper in (*over, *reversed(read[:most])):
            headed = hand_down_to(upper, headed)
            if not headed:
                return None
        return headed, count

    def _read_lines(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[list[Column]], int] | None:
        """What each line of a header names, and how many lines they are with those passed over."""
        read: list[list[Column]] = []
        passed = 0
        for order, line in enumerate(lines[index : index + _HEADER_LINES], index + 1):
            if read and stands_apart(marks, line):
                break
            qualifies = read and not self._measures(marks, line)
            if qualifies and stands_over_units(marks, lines, order - 1):
                passed += 1
                continue
            below = lines[order] if order < len(lines) and not read else None
            columns = self._read_header(marks, line, below, started=bool(read))
            if columns is None:
                return None
            if not columns:
                break
            read.append(columns)
        return read, len(read) + passed

    def _measures(self, marks: Marks, line: Line) -> bool:
        """Whether a line names in each cell what is measured: "Diam   Reflux   Depth"."""
        cells = (cell for cell in cut_cells(marks, line) if not cell.is_empty)
        return all(self._headers.read_header(marks, cell).measures for cell in cells)

    def _read_header(
        self, marks: Marks, line: Line, below: Line | None, *, started: bool
    ) -> list[Column] | None:
        """The columns that a line names; ``[]`` where it is no header, None where they are open."""
        atoms = self._atoms.read_line(marks, line)
        if marks.has_digits(line.first, line.last) or marks.has_sign("=", line.first, line.last):
            return []
        filled = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        if answers(marks, line, atoms) or (not started and heads_report(marks, filled)):
            return []
        cells = split_names(self._headers, marks, cut_cells(marks, line), atoms)
        columns = [
            Column(cell) if cell.is_empty else self._headers.read_header(marks, cell)
            for cell in cells
        ]
        columns = [without_label(column) for column in columns]
        columns = keep_veins(name_legs(take_times(marks, columns)))
        columns = hand_down(columns, titled=self._headers.names_exam(marks, columns[0]))
        full = [c for c in columns if not c.cell.is_empty]
        if any(self._is_code(marks, c) for c in full):
            return []
        named = [c for c in full if c.says_something or c.units]
        if has_borders(marks, line) and any(has_gap(marks, c.cell) for c in full):
            return None  # columns without a border between them
        veins = spans_cells(columns) and all(c.names_vein for c in full)
        if veins or heads_trunks(self._headers, marks, full, below):
            return columns
        keys = sum(atom.role == "key" for atom in atoms)
        if len(full) < _SEVERAL or len(named) < max(_SEVERAL, len(full) - 1):
            words = all(atom.role in ("key", "text") for atom in atoms)
            return columns if started and words and len(named) * 2 >= len(full) else []
        vein = full[0].group is not None and full[0].group.has_vein and not full[0].legs
        if vein and len(full) == _SEVERAL and not full[1].units and not full[1].legs:
            return []  # "PTV   compressible"
        places = [c for c in named if c.group is not None and not c.has_values]
        legs = [c for c in named if c.legs]
        several = len(places) - 1 >= _SEVERAL or len(legs) >= _SEVERAL
        return columns if keys or several else []

    def _is_code(self, marks: Marks, column: Column) -> bool:
        """Whether a cell of a header line is a value: "NT"."""
        roles = self._atoms.roles_in(marks, column.cell)
        coded = roles[-1:] == ["value"] and not column.has_values
        return coded and not lists_codes(marks, column.cell)

    # --- rows ---------------------------------------------------------------------------------

    def pair_row(
        self, marks: Marks, line: Line, columns: Sequence[SheetColumn]
    ) -> list[Paired] | None:
        """The cells of a row with their columns; None where a cell stands under none."""
        cells = fit_cells(marks, line, len(columns))
        if has_borders(marks, line):
            if len(cells) > len(columns) or (line.blank_before and len(cells) < len(columns)):
                return None
            return [
                (headed, cell, "label" if self._is_label(marks, headed.column, cell) else "value")
                for headed, cell in zip(columns, cells, strict=False)
                if not cell.is_empty
            ]
        cut = part_full(marks, cells, [headed.column for headed in columns])
        cut = self._cut_values(marks, cut, len(columns))
        labels: list[SheetColumn | None] = []
        for cell in cut:
            before = zip(cut, labels, strict=False)
            begins = all(headed or counts_rows(done, columns) for done, headed in before)
            told = bool(labels) and begins and is_sided(cell, columns)
            label = None if told else self._find_label(marks, cell, columns, begins=begins)
            labels.append(label)
        heads = [headed for headed in labels if headed is not None]
        rest = [cell for cell, headed in zip(cut, labels, strict=True) if headed is None]
        values = [c for c in columns if c not in heads and not c.column.is_label]
        ordered = len(cells) == 1 and len(rest) == len(values)  # one blank parts all
        if ordered and are_sentences(marks, line):
            return None
        found = values if ordered else align(rest, values)
        if found is None:
            return None
        at = dict(zip(rest, found, strict=True))
        return [
            (self._widen(marks, at[cell], cell, values), cell, "value")
            if headed is None
            else (headed, cell, "label")
            for cell, headed in zip(cut, labels, strict=True)
        ]

    def _widen(
        self, marks: Marks, headed: SheetColumn, cell: Cell, columns: Sequence[SheetColumn]
    ) -> SheetColumn:
        """The column of a cell; words that stand under several say no more than whose they are."""
        several = sum(cell.overlap(c.column.cell) > 0 for c in columns) > 1
        words = "text" in self._atoms.roles_in(marks, cell)
        if not several or not words or "comment" in headed.column.properties:
            return headed
        return replace(headed, column=replace(headed.column, properties=(), units=()))

    def _find_label(
        self, marks: Marks, cell: Cell, columns: Sequence[SheetColumn], *, begins: bool
    ) -> SheetColumn | None:
        """The column of a cell that names the place of its row; None for a value.

        One that ``begins`` its row may also name what it measures.
        """
        roles = set(self._atoms.roles_in(marks, cell))
        over = [c for c in columns if cell.overlap(c.column.cell) > 0]
        if any("comment" in c.column.properties for c in over):
            return None
        labels = (
            c for c in over if c.column.is_label or (begins and tells_which(marks, c.column, cell))
        )
        headed = next(labels, None)
        if headed is not None:
            return headed
        first = begins and len(over) <= 1
        label = SheetColumn(Column(cell, ("label",)))
        sided = all(c.column.divides for c in columns)  # no header stands over the labels
        if first and roles and roles <= {"place", "key", "code"} and "code" in roles:
            told = self._headers.read_header(marks, cell)
            placed = any(c.column.group is not None and c.column.group.has_spot for c in columns)
            if told.measures and (placed or told.units):
                return over[0] if over and not sided else label
        letter = cell.right - cell.left == 1 and any(c.column.has_values for c in over)
        answers = not begins and is_sided(cell, columns)
        named = roles == {"place"} and not letter and not answers  # "R" may be reflux
        if named or (first and roles and roles <= {"place", "key"}):
            return over[0] if over and not sided else label
        return None

    def _is_label(self, marks: Marks, column: Column, cell: Cell) -> bool:
        if column.is_label or tells_which(marks, column, cell):
            return True
        roles = set(self._atoms.roles_in(marks, cell))
        if column.legs or column.prior or column.current:
            return False
        if column.has_values:
            return roles == {"place"} and "comment" not in column.properties
        named = column.cell.is_empty and self._headers.names_column(marks, cell)  # "Compressible"
        return named or (bool(roles) and roles <= {"place", "key"})

    def _cut_values(self, marks: Marks, cells: Sequence[Cell], count: int) -> list[Cell]:
        """The cells of a line; where they are too few, its pieces that one blank parts."""
        if len(cells) >= count:
            return list(cells)
        pieces: list[Cell] = []
        for cell in cells:
            atoms = self._atoms.read_cell(marks, cell)
            if any(atom.role == "text" for atom in atoms) or not atoms:
                pieces.append(cell)
                continue
            start = cell.first
            for before, atom in pairwise(atoms):
                apart = before.role == "place" or (
                    before.states and not denies_next(marks, before, atom)
                )
                if atom.states and apart:
                    pieces.append(cell.cut(marks, start, before.cell.last))
                    start = atom.cell.first
            pieces.append(cell.cut(marks, start, cell.last))
        return pieces if len(pieces) <= count + 1 else list(cells)

"""Rows of a sheet: under columns, or naming themselves what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import Atom, unit_kinds
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.sheet_column import SheetColumn, add_name, name_column
from ultrasound.extract.tables.sheet_columns import Paired, SheetColumns
from ultrasound.extract.tables.sheet_pieces import (
    asks_for_clot,
    is_apart,
    is_before_place,
    is_other,
    is_said,
    without_level,
    without_name,
)
from ultrasound.extract.tables.sheet_state import Rank, Sheet, keep_places, rank_of
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.tables.values_first import heads_numbers, put_places_first
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF

_LED: Final = 3  # pieces of "Reflux right:  SFJ"
_LONGEST: Final = 6  # words of a cell
_SEVERAL: Final = 2  # places of a row
_IN_WORDS: Final = ("comment",)
_STATES: Final = frozenset({"competence", "incompetence"})

Named = tuple[Column, Cell]


class SheetRows:
    """Reads the rows of a line; None where it is no line of rows."""

    def __init__(self, headers: HeaderReader, columns: SheetColumns) -> None:
        self._headers, self._columns = headers, columns

    def read(
        self, marks: Marks, line: Line, atoms: Sequence[Atom], sheet: Sheet
    ) -> list[Row] | None:
        """The rows of a line under the columns in force, else by itself."""
        if sheet.columns:
            return self.read_under(marks, line, sheet)
        keyed = self.read_keyed(marks, line, atoms, sheet)
        if keyed is not None or not any(atom.states for atom in atoms):
            return keyed
        return self.read_alone(marks, put_places_first(marks, atoms), sheet)

    # --- under columns ------------------------------------------------------------------------

    def read_under(self, marks: Marks, line: Line, sheet: Sheet) -> list[Row] | None:
        """The rows on a line under columns: one for each label that values stand behind."""
        paired = self._columns.pair_row(marks, line, sheet.columns)
        if paired is None or any(self._is_sentence(marks, line, cell) for _, cell, _ in paired):
            return None
        rows: list[Row] = []
        for part in self._part_at_labels(marks, paired):
            read = self._read_part(marks, part, sheet)
            if read is None:
                return None
            rows += read
        return rows

    def _part_at_labels(self, marks: Marks, paired: Sequence[Paired]) -> list[list[Paired]]:
        """A row of two tables side by side cut at its second label; any other in one part.

        A label that stands between the values of two legs is that of all.
        """
        runs = [list(run) for _, run in groupby(paired, key=lambda pair: pair[2])]
        labels = [run for run in runs if run[0][2] == "label"]
        named = all(any(self._headers.read_label(marks, c) for _, c, _ in run) for run in labels)
        if len(labels) == 1 or not named or runs[0] not in labels or len(runs) % 2:
            return [list(paired)]
        return [runs[i] + runs[i + 1] for i in range(0, len(runs), 2)]

    def _read_part(self, marks: Marks, paired: Sequence[Paired], sheet: Sheet) -> list[Row] | None:
        """The rows of one label, one for each place that heads some of the columns."""
        labels, named = list[Cell](), sheet.key
        for headed, cell, role in paired:
            if role == "label" and not self._is_aside(marks, headed.column, cell, labels):
                told = self._names_of(marks, headed.column, cell)
                named = named if told is None else add_name(named, told)
                labels += [*self._over_labels(marks, headed.column, sheet), cell]
        labels = [*self._go_on_with(marks, labels, sheet), *labels]
        rows: dict[tuple[Cell, ...], list[Named]] = {}
        for headed, cell, role in paired:
            if role == "value":
                rows.setdefault(headed.heads, []).append((name_column(headed.column, named), cell))
        understood = self._names_row(marks, labels, sheet.columns)
        clot = named is not None and asks_for_clot(named, labels, paired)
        other = clot or (named is not None and is_other(named, paired))
        other = other or self._names_other_leg(marks, labels, rows)
        if not rows or not understood or other:
            return None
        if self._stands_alone(marks, labels, rows, sheet):
            if any(marks.has_digits(c.first, c.last) for row in rows.values() for _, c in row):
                return None
            rows = {heads: [without_level(*pair) for pair in row] for heads, row in rows.items()}
        return [Row(sheet.labels([*heads, *labels]), tuple(row)) for heads, row in rows.items()]

    def _over_labels(self, marks: Marks, column: Column, sheet: Sheet) -> list[Cell]:
        """The place over the labels, until a vein below it heads rows: "LEFT SSV" among them."""
        below = [c for r, c in sheet.heads if r is Rank.VEIN and c.first > column.cell.first]
        over = [column.cell] if column.group else []
        return keep_places(self._headers, marks, over, below[-1]) if below else over

    def _is_aside(self, marks: Marks, column: Column, cell: Cell, labels: Sequence[Cell]) -> bool:
        """Whether a vein under strange words stands behind that of its row: "Fed by"."""
        group = self._headers.read_label(marks, cell)
        named = group is not None and group.has_vein and not group.has_spot  # no level, as the SFJ
        return (
            named and column.is_strange and any(self._has_vein(marks, before) for before in labels)
        )

    def _has_vein(self, marks: Marks, cell: Cell) -> bool:
        group = self._headers.read_label(marks, cell)
        return group is not None and group.has_vein

    def _stands_alone(
        self,
        marks: Marks,
        labels: Sequence[Cell],
        rows: Mapping[tuple[Cell, ...], Sequence[Named]],
        sheet: Sheet,
    ) -> bool:
        """Whether a row has one value, or a level of its own, where levels head the columns.

        "SFJ   I" below them is of no column.
        """
        cells = [pair for row in rows.values() for pair in row]
        if not any(c.group and c.group.has_spot and not c.group.has_vein for c, _ in cells):
            return False
        full = max((len(row.cells) for row in sheet.rows), default=0)
        placed = any(rank_of(self._headers, marks, cell) is Rank.LEVEL for cell in labels)
        return placed or len(cells) == 1 < full - 1

    def _names_other_leg(
        self,
        marks: Marks,
        labels: Sequence[Cell],
        rows: Mapping[tuple[Cell, ...], Sequence[Named]],
    ) -> bool:
        """Whether a label names a leg that is not that of its columns."""
        sided = {column.legs for row in rows.values() for column, _ in row if column.legs}
        groups = (self._headers.read_place(marks, cell) for cell in labels)
        named = {part.legs for group in groups if group for part in group.parts if part.legs}
        return bool(sided and named) and named != sided

    def _names_row(
        self, marks: Marks, labels: Sequence[Cell], columns: Sequence[SheetColumn]
    ) -> bool:
        """Whether labels name a place, or what the places in the header measure."""
        if any(self._headers.read_label(marks, cell) is not None for cell in labels):
            return True
        placed = any(headed.column.group is not None for headed in columns)
        return placed and any(self._headers.names_column(marks, cell) for cell in labels)

    def _names_of(self, marks: Marks, column: Column, label: Cell) -> Column | None:
        """What the label of a row, or the header over the labels, says that the row measures."""
        told = self._headers.read_header(marks, label)
        return next((c for c in (told, column) if c.measures and c.has_values), None)

    def _is_sentence(self, marks: Marks, line: Line, cell: Cell) -> bool:
        """Whether a cell is a label with a colon, or words that go on for long: it is read so."""
        after = marks.tokens[cell.last].text if cell.last < line.last else ""
        words = sum(t.kind == "word" for t in marks.tokens[cell.first : cell.last])
        colon = after == ":" or marks.has_sign(":", cell.first, cell.last)
        return colon or words > _LONGEST

    def read_keyed(
        self, marks: Marks, line: Line, atoms: Sequence[Atom], sheet: Sheet
    ) -> list[Row] | None:
        """The row of a key with a place in it and its answer; none where that is blank.

        As in "GSV.knee.reflux = none".
        """
        signs = [t.index for t in marks.tokens[line.first : line.last] if t.text == "="]
        before = [atom for atom in atoms if signs and atom.cell.last <= signs[0]]
        places = [atom.cell for atom in before if atom.role == "place"]
        if len(signs) != 1 or not places or any(atom.role == "text" for atom in before):
            return None
        if signs[0] + 1 >= line.last:
            return []
        cell = Cell(signs[0] + 1, line.last, 0, 0)
        keys = [atom.cell for atom in before if atom.role in ("key", "code")]
        key = self._headers.read_header(marks, keys[-1]) if keys else Column(cell, _IN_WORDS)
        return [Row(sheet.labels(places), ((replace(key, cell=cell), cell),))]

    # --- by themselves ------------------------------------------------------------------------

    def read_alone(self, marks: Marks, atoms: Sequence[Atom], sheet: Sheet) -> list[Row] | None:
        """The rows on a line that names itself what it holds: "SFJ  Diam 8.8 mm  Reflux 3.1 s".

        A name straight before a place only labels it, as in "lvl: SFJ".
        """
        if not is_apart(marks, atoms):
            return None
        firsts = [atom.cell for atom in atoms[:1] if atom.role == "place"]
        places, rows = self._go_on_with(marks, firsts, sheet), list[Row]()
        cells, key = list[Named](), sheet.key
        for position, atom in enumerate(atoms):
            if atom.role == "place":
                if cells:
                    rows.append(Row(sheet.labels(places), tuple(cells)))
                    places, cells = keep_places(self._headers, marks, places, atom.cell), []
                places.append(atom.cell)
            elif not self._names(marks, atoms, position):
                if cells and key is not None and key is sheet.key:
                    return None  # which of two numbers a heading names is not told
                cells = without_name(marks, cells, atoms, position)
                cells.append(_answer(marks, key, atoms, position))
            elif not is_before_place(atoms, position) or self._leads(marks, atoms, position):
                key = self._headers.read_header(marks, atom.cell)
        rows += [Row(sheet.labels(places), tuple(cells))] if cells else []
        return rows if rows and all(self._names_vein(marks, row) for row in rows) else None

    def _go_on_with(self, marks: Marks, own: Sequence[Cell], sheet: Sheet) -> list[Cell]:
        """The places of the row above where a line begins under its leg with the other leg."""
        above = sheet.rows[-1].labels if sheet.rows and sheet.rows[-1].cells else ()
        if len(own) != 1 or len(above) < _SEVERAL or above[-1].left != own[0].left:
            return []
        ranks = [rank_of(self._headers, marks, cell) for cell in (above[-1], *own)]
        between = (marks.tokens[c.last : above[-1].first + 1] for c in above[:-1])
        beside = [not any("\n" in token.gap for token in tokens) for tokens in between]
        told = [c for c, same in zip(above[:-1], beside, strict=True) if same]
        return told if set(ranks) == {Rank.LEG} else []

    def _names_vein(self, marks: Marks, row: Row) -> bool:
        return any(self._has_vein(marks, cell) for cell in row.labels)

    def _names(self, marks: Marks, atoms: Sequence[Atom], position: int) -> bool:
        """Whether a piece is the name of what follows it, and no value."""
        atom, after = atoms[position], atoms[position + 1 : position + 2]
        if atom.role != "code":
            return atom.role == "key"
        if not after or not after[0].states:
            return self._leads(marks, atoms, position)
        told = self._headers.read_header(marks, atom.cell).properties
        if (
            told
            and _STATES.issuperset(told)
            and marks.has_digits(after[0].cell.first, after[0].cell.last)
        ):
            return False  # "incompetent, 2.2 s" says both
        before = marks.tokens[atom.cell.first - 1].text if position else ""
        asks = marks.tokens[atom.cell.last].text in (":", "=") or before in ("", ",", ";")
        return asks or self._measures(marks, atom, after[0])

    def _leads(self, marks: Marks, atoms: Sequence[Atom], position: int) -> bool:
        """Whether a name before a place is that of what stands behind it."""
        over = heads_numbers(self._headers, marks, atoms, position)
        return over or self._leads_leg(marks, atoms, position)

    def _leads_leg(self, marks: Marks, atoms: Sequence[Atom], position: int) -> bool:
        """Whether a word opens its line before the leg of all its places: "Reflux right:  SFJ"."""
        if position or len(atoms) < _LED or atoms[1].role != "place" or atoms[2].role != "place":
            return False
        asks = marks.tokens[atoms[1].cell.last].text == ":"
        return asks and self._headers.heads_leg(marks, atoms[1].cell)

    def _measures(self, marks: Marks, atom: Atom, after: Atom) -> bool:
        """Whether a word stands before a number of its kind in one cell: "reflux 2.3 s"."""
        kinds = {
            KIND_OF.get(name) for name in self._headers.read_header(marks, atom.cell).properties
        }
        return atom.order == after.order and not kinds.isdisjoint(unit_kinds(marks, after.cell))


def _answer(marks: Marks, key: Column | None, atoms: Sequence[Atom], position: int) -> Named:
    """A value with its name; both are read in words where a blank parts them: "reflux none"."""
    atom, before = atoms[position], atoms[position - 1] if position else None
    if before is not None and is_said(marks, before, atom):
        cell = replace(atom.cell, first=before.cell.first, left=before.cell.left)
        return Column(cell, _IN_WORDS), cell
    return (Column(atom.cell) if key is None else _fit(marks, key, atom)), atom.cell


def _fit(marks: Marks, key: Column, atom: Atom) -> Column:
    """The column that a name makes for a value; none where the value is of another kind."""
    kinds = {KIND_OF.get(name) for name in key.properties}
    other = unit_kinds(marks, atom.cell) - kinds
    return Column(atom.cell) if other else replace(key, cell=atom.cell)

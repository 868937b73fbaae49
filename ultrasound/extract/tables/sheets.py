"""Sheets: lines whose pieces are places, names of what is measured and values, and nothing else.

One mechanism for whatever parts the pieces: what stands over a value in its column, before it in
its line, and on the lines that head it, from the last leg, vein and level named on, places it.
A sheet is read as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.extract.lines.boxes import BOX
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import Atom, AtomReader
from ultrasound.extract.tables.captions import CaptionReader
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_kinds import is_legend
from ultrasound.extract.tables.header_lines import DECLARED
from ultrasound.extract.tables.sheet_columns import Paired, SheetColumn, SheetColumns, share_again
from ultrasound.extract.tables.table_cells import Cell, cut_cells, has_borders, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import CellCode

_FEWEST_ROWS: Final = 2
_FEWEST_VALUES: Final = 4
_LONGEST: Final = 6  # words of a cell
_FORM_SIGNS: Final = ("=", "->", "→", "|")
_LEG, _VEIN, _LEVEL = range(3)


@dataclass(slots=True)
class _Sheet:
    """What is in force at a line of a sheet: the places that head it, a name, the columns."""

    heads: list[tuple[int, Cell]] = field(default_factory=list)
    key: Column | None = None
    columns: list[SheetColumn] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    values: int = 0

    def enter(self, rank: int, cell: Cell) -> None:
        """A place that heads what follows: it ends those of its own rank and below."""
        self.heads = [*(head for head in self.heads if head[0] < rank), (rank, cell)]

    def labels(self, own: Sequence[Cell]) -> tuple[Cell, ...]:
        return (*(cell for _, cell in self.heads), *own)


class SheetReader:
    """Finds and reads sheets."""

    def __init__(self, headers: HeaderReader, codes: Sequence[CellCode]) -> None:
        self._headers, self._codes = headers, codes
        self._atoms = AtomReader(headers, codes)
        self._columns = SheetColumns(headers, self._atoms)
        self._captions = CaptionReader(headers)

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The sheet that starts at a line, None where none does."""
        sheet, position, end = _Sheet(), index, index
        while position < len(lines):
            taken = self._take_line(marks, lines, position, sheet)
            if taken is None:
                return None
            if not taken:
                cut = position > index and not lines[position].blank_before
                if cut and not sheet.columns:
                    return None  # the places in force hold for the line that is not understood
                break
            position += taken
            end = position if sheet.rows and sheet.rows[-1].cells else end
        rows = [row for row in sheet.rows]
        while rows and not rows[-1].cells:
            rows.pop()
        filled = [row for row in rows if row.cells]
        if len(filled) < _FEWEST_ROWS or sheet.values < _FEWEST_VALUES:
            return None
        rows = rows if sheet.columns else self._share_names(marks, rows)
        return (
            Table(index, end, rows)
            if self._is_understood(marks, rows, headed=bool(sheet.columns))
            else None
        )

    def _take_line(
        self, marks: Marks, lines: Sequence[Line], index: int, sheet: _Sheet
    ) -> int | None:
        """How many lines are taken into a sheet: 0 where it ends, None where it cannot be read."""
        line = lines[index]
        atoms = self._atoms.read_line(marks, line)
        if not atoms or (line.bullet and not sheet.columns):
            return 0
        if marks.tokens[line.last - 1].text == "." and len(cut_cells(marks, line)) == 1:
            return 0  # a sentence
        if is_legend(marks, [c for c in cut_cells(marks, line) if not c.is_empty]):
            return 0
        if BOX.search(marks.text, line.start, line.end):
            return None
        read = self._columns.read_columns(marks, lines, index)
        if read is None:
            return None
        columns, count = read
        if columns and not self._is_answered(columns, sheet.columns):
            columns = share_again(columns, sheet.columns) or []
            if not columns:
                return None
            sheet.columns = self._take_captions(
                marks, columns, lines[max(0, index - DECLARED) : index]
            )
            sheet.key = None
            if sheet.rows and sheet.rows[-1].cells:  # a vein just over the header is its own
                sheet.heads = [head for head in sheet.heads if head[0] == _LEG]
            return count
        if sheet.columns and line.blank_before and not self._goes_on(marks, lines, index, sheet):
            return 0
        heads = self._take_heading(marks, line, atoms, sheet)
        if heads is None:
            return None
        if heads:
            return 1
        if not any(atom.states for atom in atoms) and not sheet.columns:
            return 0
        rows = (
            self._read_under(marks, line, sheet)
            if sheet.columns
            else self._read_line(marks, atoms, sheet)
        )
        if rows is None:
            return None if self._is_row(marks, line, atoms) else 0
        sheet.rows += rows
        sheet.values += sum(len(row.cells) for row in rows)
        return 1

    def _is_answered(self, columns: Sequence[SheetColumn], before: Sequence[SheetColumn]) -> bool:
        """Whether places side by side are what a row says under legs: "Varices | thigh | calf"."""
        sided = any(c.column.legs for c in before)
        return sided and not any(c.column.legs or c.column.has_values for c in columns)

    def _goes_on(self, marks: Marks, lines: Sequence[Line], index: int, sheet: _Sheet) -> bool:
        """Whether the columns in force are those of a line below a gap, or of the next."""
        for line in lines[index : index + 2]:
            bordered = has_borders(marks, line) == has_borders(marks, lines[index - 1])
            paired = self._columns.pair_row(marks, line, sheet.columns) if bordered else None
            if paired is not None and any(role == "value" for _, _, role in paired):
                return True
        return False

    def _take_captions(
        self, marks: Marks, columns: list[SheetColumn], above: Sequence[Line]
    ) -> list[SheetColumn]:
        """Columns that name no value, with what a line over them says that their cells hold."""
        told = [headed.column for headed in columns]
        if not any(column.has_values for column in told) and above:
            told = self._captions.take_caption(marks, told, above[-1])
        if not any(column.has_values for column in told):
            told = self._captions.take_declaration(marks, told, above)
        return [replace(headed, column=c) for headed, c in zip(columns, told, strict=True)]

    def _is_row(self, marks: Marks, line: Line, atoms: Sequence[Atom]) -> bool:
        """Whether a line that was not understood belongs to the sheet, as it holds cells of one."""
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        placed = atoms[0].role in ("place", "key") or any(atom.role == "place" for atom in atoms)
        return len(cells) > 1 and not line.blank_before and placed and any(a.states for a in atoms)

    # --- headings -----------------------------------------------------------------------------

    def _take_heading(
        self, marks: Marks, line: Line, atoms: Sequence[Atom], sheet: _Sheet
    ) -> bool | None:
        """Take a line of places alone, or of the name of what stands below.

        None where one follows its like at once: places that stand below each other head columns.
        """
        if any(atom.role not in ("place", "key", "code") for atom in atoms):
            return False
        places = [atom.cell for atom in atoms if atom.role == "place"]
        keys = [atom.cell for atom in atoms if atom.role != "place"]
        if any(atom.role == "code" for atom in atoms) and len(keys) == 1:
            return False
        if len(keys) > 1:
            keys = (
                [replace(keys[0], last=keys[-1].last)] if self._ends_in_unit(marks, keys) else keys
            )
        if len(keys) > 1 or (keys and atoms[-1].role == "code"):
            return False
        for cell in places:
            rank = self._rank_of(marks, cell)
            if rank is None:
                return False
            if sheet.columns and not line.blank_before and self._has_level(marks, cell):
                return None  # the label of a row may go on below
            if (
                sheet.rows
                and not sheet.rows[-1].cells
                and sheet.heads[-1:]
                and sheet.heads[-1][0] == rank
            ):
                return None
            sheet.enter(rank, cell)
        if keys:
            key = self._headers.read_header(marks, keys[0])
            if not (key.measures and key.has_values):
                return False
            sheet.key = key
        if places:
            sheet.rows.append(Row(tuple(places), ()))
        return True

    def _has_level(self, marks: Marks, cell: Cell) -> bool:
        group = self._headers.read_place(marks, cell)
        return group is not None and group.has_spot

    def _ends_in_unit(self, marks: Marks, keys: Sequence[Cell]) -> bool:
        """Whether two pieces are a name and its unit: "REFLUX (sec)"."""
        return len(keys) == 2 and not self._headers.read_names(marks, keys[-1])[0]  # noqa: PLR2004

    def _is_leg(self, marks: Marks, places: Sequence[Cell]) -> bool:
        return len(places) == 1 and self._rank_of(marks, places[0]) == _LEG

    def _rank_of(self, marks: Marks, cell: Cell) -> int | None:
        """Whether a place is a leg, a vein or a level, by the most that it says."""
        group = self._headers.read_place(marks, cell)
        if group is None:
            return None
        return _VEIN if group.has_vein else _LEVEL if group.has_spot else _LEG

    # --- rows ---------------------------------------------------------------------------------

    def _read_under(self, marks: Marks, line: Line, sheet: _Sheet) -> list[Row] | None:
        """The rows on a line under columns, one for each place that heads some of them."""
        paired = self._columns.pair_row(marks, line, sheet.columns)
        if paired is None:
            return None
        labels, named = list[Cell](), sheet.key
        for headed, cell, role in paired:
            if role == "label":
                named = self._names_of(marks, headed.column, cell) or named
                labels += [headed.column.cell] if headed.column.group else []
                labels.append(cell)
        if not self._names_row(marks, labels, sheet.columns):
            return None
        if any(self._is_sentence(marks, line, cell) for _, cell, _ in paired):
            return None
        if named is not None and self._is_other(named, paired):
            return None
        rows: dict[tuple[Cell, ...], list[tuple[Column, Cell]]] = {}
        for headed, cell, role in paired:
            if role == "value":
                rows.setdefault(headed.heads, []).append((self._name(headed.column, named), cell))
        if not rows:
            return None
        if self._stands_alone(marks, labels, rows, sheet):
            return None
        return [Row(sheet.labels([*heads, *labels]), tuple(row)) for heads, row in rows.items()]

    def _stands_alone(
        self,
        marks: Marks,
        labels: Sequence[Cell],
        rows: Mapping[tuple[Cell, ...], Sequence[tuple[Column, Cell]]],
        sheet: _Sheet,
    ) -> bool:
        """Whether a row has one value or a level of its own where levels head the columns.

        "SFJ   I" below them is of no column.
        """
        cells = [pair for row in rows.values() for pair in row]
        levels = [c for c, _ in cells if c.group and c.group.has_spot and not c.group.has_vein]
        full = max((len(row.cells) for row in sheet.rows), default=0)
        alone = len(cells) == 1 < full - 1
        return bool(levels) and (alone or any(self._has_level(marks, cell) for cell in labels))

    def _is_other(self, named: Column, paired: Sequence[Paired]) -> bool:
        """Whether a label measures what no column of its row holds, as "Deep veins compress" does."""
        held = {
            n for headed, _, role in paired if role == "value" for n in headed.column.properties
        }
        return bool(held) and held.isdisjoint(named.properties)

    def _names_row(
        self, marks: Marks, labels: Sequence[Cell], columns: Sequence[SheetColumn]
    ) -> bool:
        """Whether labels name a place, or what the places in the header measure."""
        if any(self._headers.read_label(marks, cell) is not None for cell in labels):
            return True
        placed = any(headed.column.group is not None for headed in columns)
        return placed and any(self._headers.names_column(marks, cell) for cell in labels)

    def _is_sentence(self, marks: Marks, line: Line, cell: Cell) -> bool:
        """Whether a cell is a label with a colon, or words that go on for long: it is read so."""
        after = marks.tokens[cell.last].text if cell.last < line.last else ""
        words = sum(t.kind == "word" for t in marks.tokens[cell.first : cell.last])
        return ":" in (after, marks.tokens[cell.last - 1].text) or words > _LONGEST

    def _names_of(self, marks: Marks, column: Column, label: Cell) -> Column | None:
        """What the label of a row, or the header over the labels, says that the row measures."""
        told = self._headers.read_header(marks, label)
        return next((c for c in (told, column) if c.measures and c.has_values), None)

    def _name(self, column: Column, over: Column | None) -> Column:
        """A column with what its row or the lines over it name, where it names nothing itself."""
        if over is None or column.properties:
            return column
        return replace(column, properties=over.properties, units=column.units or over.units)

    def _read_line(self, marks: Marks, atoms: Sequence[Atom], sheet: _Sheet) -> list[Row] | None:
        """The rows on a line that names itself what it holds: "SFJ  Diam 8.8 mm  Reflux 3.1 s"."""
        if any(atom.role == "text" for atom in atoms) or not self._is_apart(marks, atoms):
            return None
        places, rows = list[Cell](), list[Row]()
        cells, key = list[tuple[Column, Cell]](), sheet.key
        for position, atom in enumerate(atoms):
            if atom.role == "place":
                if cells:
                    rows.append(Row(sheet.labels(places), tuple(cells)))
                    cells = []
                    rank = self._rank_of(marks, atom.cell)
                    places = [p for p in places if self._stays(self._rank_of(marks, p), rank)]
                places.append(atom.cell)
            elif self._names(marks, atoms, position):
                if position + 1 < len(atoms) and atoms[position + 1].role == "place":
                    continue  # "lvl: SFJ"
                key = self._headers.read_header(marks, atom.cell)
            else:
                column = Column(atom.cell) if key is None else self._fit(marks, key, atom)
                cells.append((column, atom.cell))
        if not cells:
            return None
        rows.append(Row(sheet.labels(places), tuple(cells)))
        return rows if all(row.labels for row in rows) else None

    def _stays(self, rank: int | None, other: int | None) -> bool:
        """Whether a place of a line holds for a later one: not its like, nor a level of a vein."""
        return rank != other and not (rank == _LEVEL and other == _VEIN)

    def _is_apart(self, marks: Marks, atoms: Sequence[Atom]) -> bool:
        """Whether gaps or signs of a form part the pieces of a line; a list is read in words."""
        if atoms[0].role != "place" or len({atom.order for atom in atoms}) > 1:
            return True
        first, last = atoms[0].cell.first, atoms[-1].cell.last
        return any(t.text in _FORM_SIGNS for t in marks.tokens[first:last])

    def _names(self, marks: Marks, atoms: Sequence[Atom], position: int) -> bool:
        """Whether a piece is the name of what follows it, and no value."""
        atom = atoms[position]
        if atom.role != "code":
            return atom.role == "key"
        if position + 1 == len(atoms) or not atoms[position + 1].states:
            return False
        return marks.tokens[atom.cell.last].text in (":", "=")

    def _fit(self, marks: Marks, key: Column, atom: Atom) -> Column:
        """The column that a name makes for a value; none where the value is of another kind."""
        numbers = marks.numbers_in(atom.cell.first, atom.cell.last)
        kinds = {KIND_OF.get(name) for name in key.properties}
        units = {number.unit.kind for number in numbers if number.unit is not None}
        return Column(atom.cell) if units - kinds else replace(key, cell=atom.cell)

    # --- the whole ----------------------------------------------------------------------------

    def _share_names(self, marks: Marks, rows: list[Row]) -> list[Row]:
        """Rows whose values have the names of those at their place in other rows, by their units."""
        names: dict[int, set[tuple[str, ...]]] = {}
        for row in rows:
            for order, (column, cell) in enumerate(row.cells):
                said = column.properties or self._measured(marks, cell)
                if said:
                    names.setdefault(order, set()).add(said)
        shared: list[Row] = []
        for row in rows:
            cells = []
            for order, (column, cell) in enumerate(row.cells):
                only = names.get(order, set())
                if not column.properties and len(only) == 1 and not self._measured(marks, cell):
                    column = replace(column, properties=next(iter(only)))
                cells.append((column, cell))
            shared.append(replace(row, cells=tuple(cells)))
        return shared

    def _measured(self, marks: Marks, cell: Cell) -> tuple[str, ...]:
        numbers = marks.numbers_in(cell.first, cell.last)
        kinds = {number.unit.kind for number in numbers if number.unit is not None}
        if len(kinds) != 1:
            return ()
        return tuple(name for name in ("reflux_time", "diameter") if KIND_OF[name] in kinds)

    def _is_understood(self, marks: Marks, rows: Sequence[Row], *, headed: bool) -> bool:
        """Whether each value has a name, and each row a vein or columns that may stand under one."""
        return all(
            self._says(marks, column, cell) for row in rows for column, cell in row.cells
        ) and (headed or all(self._has_vein(marks, row) for row in rows if row.cells))

    def _says(self, marks: Marks, column: Column, cell: Cell) -> bool:
        if column.properties or column.units or self._measured(marks, cell):
            return True
        text = text_of(marks, cell)
        if (column.group or column.legs) and not marks.has_digits(cell.first, cell.last):
            return True  # a code of the report's own
        return text in self._headers.blanks or bool(decode_cell(text, (), {}, self._codes))

    def _has_vein(self, marks: Marks, row: Row) -> bool:
        groups = [self._headers.read_label(marks, cell) for cell in row.labels]
        groups += [column.group for column, _ in row.cells]
        return any(group is not None and group.has_vein for group in groups)

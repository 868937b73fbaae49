"""The columns of a sheet: what its header lines name, and which cell of a row stands in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import Atom, AtomReader
from ultrasound.extract.tables.captions import hand_down
from ultrasound.extract.tables.columns import (
    Column,
    carry_veins,
    keep_veins,
    merge_headers,
    name_legs,
)
from ultrasound.extract.tables.leg_columns import doubt_legs, take_times
from ultrasound.extract.tables.table_cells import Cell, cut_cells, fit_cells, has_borders
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.value import value_type

Paired = tuple["SheetColumn", Cell, Literal["label", "value"]]
_HEADER_LINES: Final = 4
_SEVERAL: Final = 2
_JOINING: Final = ("/", "_", "(")
_FAR: Final = 100
_NEAR: Final = 8  # columns of text between a value and the header that it stands under


@value_type
class SheetColumn:
    """A column, with the places that further header lines name over it."""

    column: Column
    heads: tuple[Cell, ...] = ()


class SheetColumns:
    """Reads header lines, and the rows under them."""

    def __init__(self, headers: HeaderReader, atoms: AtomReader) -> None:
        self._headers, self._atoms = headers, atoms

    # --- headers ------------------------------------------------------------------------------

    def read_columns(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[SheetColumn], int] | None:
        """The columns that the lines from one on name, and how many lines do; none: ``[], 0``.

        None where they cannot be told.
        """
        read: list[list[Column]] = []
        for line in lines[index : index + _HEADER_LINES]:
            if read and line.blank_before:
                break
            columns = self._read_header(marks, line, started=bool(read))
            if columns is None:
                return None
            if not columns:
                break
            read.append(columns)
        if not read:
            return [], 0
        sizes = [sum(not c.cell.is_empty for c in columns) for columns in read]
        most = len(read) - 1 - sizes[::-1].index(max(sizes))
        over = [c for c in read[most + 1 :] if _are_sides(c)]
        named = merge_below(read[most], [c for c in read[most + 1 :] if c not in over])
        headed = [SheetColumn(column) for column in carry_veins(named)]
        for upper in (*over, *reversed(read[:most])):
            headed = _hand_down(upper, headed)
            if not headed:
                return None
        return headed, len(read)

    def _read_header(self, marks: Marks, line: Line, *, started: bool) -> list[Column] | None:
        """The columns that a line names; ``[]`` where it is no header, None where they are open."""
        atoms = self._atoms.read_line(marks, line)
        if marks.has_digits(line.first, line.last) or marks.has_sign("=", line.first, line.last):
            return []
        if _answers(marks, line, atoms):
            return []
        cells = _split_names(self._headers, marks, cut_cells(marks, line), atoms)
        columns = [
            Column(cell) if cell.is_empty else self._headers.read_header(marks, cell)
            for cell in cells
        ]
        columns = keep_veins(name_legs(take_times(marks, columns)))
        columns = hand_down(columns, titled=self._headers.names_exam(marks, columns[0]))
        full = [c for c in columns if not c.cell.is_empty]
        if any(self._is_code(marks, c) for c in full):
            return []
        named = [c for c in full if c.says_something or c.units]
        if has_borders(marks, line) and any(_has_gap(marks, c.cell) for c in full):
            return None  # columns without a border between them
        keys = sum(atom.role == "key" for atom in atoms)
        if len(full) < _SEVERAL or len(named) < max(_SEVERAL, len(full) - 1):
            words = all(atom.role in ("key", "text") for atom in atoms)
            return columns if started and words and len(named) * 2 >= len(full) else []
        places = [c for c in named if c.group is not None and not c.has_values]
        legs = [c for c in named if c.legs]
        several = len(places) - 1 >= _SEVERAL or len(legs) >= _SEVERAL
        return columns if keys or several else []

    def _is_code(self, marks: Marks, column: Column) -> bool:
        """Whether a cell of a header line is a value: "NT"."""
        roles = [atom.role for atom in self._atoms_in(marks, column.cell)]
        return roles[-1:] == ["value"] and not column.has_values

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
        cut = self._cut_values(marks, line, cells, len(columns))
        labels: list[SheetColumn | None] = []
        for cell in cut:
            labels.append(self._find_label(marks, cell, columns, begins=None not in labels))
        heads = [headed for headed in labels if headed is not None]
        rest = [cell for cell, headed in zip(cut, labels, strict=True) if headed is None]
        values = [c for c in columns if c not in heads and not c.column.is_label]
        found = align(rest, values)
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
        words = any(atom.role == "text" for atom in self._atoms_in(marks, cell))
        if not several or not words or "comment" in headed.column.properties:
            return headed
        return replace(headed, column=replace(headed.column, properties=(), units=()))

    def _find_label(
        self, marks: Marks, cell: Cell, columns: Sequence[SheetColumn], *, begins: bool
    ) -> SheetColumn | None:
        """The column of a cell that names the place of its row; None for a value.

        One that ``begins`` its row may also name what it measures.
        """
        roles = {atom.role for atom in self._atoms_in(marks, cell)}
        over = [c for c in columns if cell.overlap(c.column.cell) > 0]
        if any("comment" in c.column.properties for c in over):
            return None
        headed = next((c for c in over if c.column.is_label), None)
        if headed is not None:
            return headed
        first = begins and len(over) <= 1
        if first and roles and roles <= {"place", "key", "code"} and "code" in roles:
            named = self._headers.read_header(marks, cell)
            placed = any(c.column.group is not None and c.column.group.has_spot for c in columns)
            if named.measures and (placed or named.units):
                return over[0] if over else SheetColumn(Column(cell, ("label",)))
        letter = cell.right - cell.left == 1 and any(c.column.has_values for c in over)
        answers = not begins and any(c.column.legs for c in over)
        named = roles == {"place"} and not letter and not answers  # "R" may be reflux
        if named or (first and roles and roles <= {"place", "key"}):
            return over[0] if over else SheetColumn(Column(cell, ("label",)))
        return None

    def _is_label(self, marks: Marks, column: Column, cell: Cell) -> bool:
        if column.is_label:
            return True
        roles = {atom.role for atom in self._atoms_in(marks, cell)}
        if column.legs or column.prior or column.current:
            return False
        if column.has_values:
            return roles == {"place"} and "comment" not in column.properties
        return bool(roles) and roles <= {"place", "key"}

    def _atoms_in(self, marks: Marks, cell: Cell) -> list[Atom]:
        return self._atoms.read_cell(marks, cell, 0)

    def _cut_values(
        self, marks: Marks, line: Line, cells: Sequence[Cell], count: int
    ) -> list[Cell]:
        """The cells of a line; where they are too few, its pieces that one blank parts."""
        if len(cells) >= count:
            return list(cells)
        pieces: list[Cell] = []
        for cell in cells:
            atoms = self._atoms_in(marks, cell)
            if any(atom.role == "text" for atom in atoms) or not atoms:
                pieces.append(cell)
                continue
            start = cell.first
            for before, atom in zip(atoms, atoms[1:], strict=False):
                if atom.states and (before.states or before.role == "place"):
                    pieces.append(cell.cut(marks, start, before.cell.last))
                    start = atom.cell.first
            pieces.append(cell.cut(marks, start, cell.last))
        return pieces if len(pieces) <= count + 1 else list(cells)


def _answers(marks: Marks, line: Line, atoms: Sequence[Atom]) -> bool:
    """Whether a line that begins with a place says something of it: "CFV:  patent  competent"."""
    begins = {atom.order: atom for atom in reversed(atoms)}.values()
    if any(atom.role == "value" for atom in begins):
        return True
    if not atoms or atoms[0].role != "place":
        return False
    after = atoms[0].cell.last
    colon = after < line.last and marks.tokens[after].text == ":"
    codes = any(atom.role == "code" for atom in atoms)
    return colon or (codes and not any(atom.role == "key" for atom in atoms))


def _split_names(
    headers: HeaderReader, marks: Marks, cells: Sequence[Cell], atoms: Sequence[Atom]
) -> list[Cell]:
    """The cells of a header, one that holds legs or names side by side cut between them."""
    split: list[Cell] = []
    for order, cell in enumerate(cells):
        own = [atom for atom in atoms if atom.order == order]
        apart = not any(marks.tokens[i].text in _JOINING for i in range(cell.first, cell.last))
        legs = all(_is_leg(headers, marks, atom) for atom in own)
        told = [headers.read_header(marks, atom.cell) for atom in own if atom.role == "key"]
        names = len(told) == len(own) and all(c.measures and not c.bare for c in told)
        split += [a.cell for a in own] if len(own) > 1 and apart and (legs or names) else [cell]
    return split


def _is_leg(headers: HeaderReader, marks: Marks, atom: Atom) -> bool:
    group = headers.read_place(marks, atom.cell)
    return group is not None and group.has_leg and not group.has_vein and not group.has_spot


def _has_gap(marks: Marks, cell: Cell) -> bool:
    """Whether a cell between borders holds several that wide gaps part."""
    inner = marks.tokens[cell.first : cell.last]
    return any(
        len(t.gap) > 1 and before.text != "|" and t.text != "|" for before, t in pairwise(inner)
    )


def _are_sides(columns: Sequence[Column]) -> bool:
    """Whether a line names legs or visits and nothing else."""
    return all(column.divides for column in columns if not column.cell.is_empty)


def merge_below(columns: list[Column], more: Sequence[Sequence[Column]]) -> list[Column]:
    """Columns with what further lines below their names add: units, or a name of the labels."""
    for line in more:
        columns = merge_headers(columns, line)
    return columns


def _hand_down(upper: Sequence[Column], lower: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns of a header line with what the line over it says of them; none if it is open.

    As many names as columns stand over one each. Legs share the columns evenly between them; what
    else stands over several is of those below it.
    """
    over = [c for c in upper if not c.cell.is_empty]
    sides = [c for c in over if c.divides]
    if len(over) == len(lower):
        owners: Sequence[Column | None] = over
    elif len(sides) > 1 and len(over) - len(sides) <= 1:
        owners = _share(sides, lower)
        corner = over[0] if over[0] not in sides and over[0].group is not None else None
        lower = [replace(c, heads=(corner.cell, *c.heads)) if corner else c for c in lower]
    else:
        owners = [min(over, key=lambda u, c=c: -u.cell.overlap(c.column.cell)) for c in lower]
    return [
        headed if owner is None else _join(owner, headed)
        for owner, headed in zip(owners, lower, strict=False)
    ]


def share_again(
    columns: list[SheetColumn], before: Sequence[SheetColumn]
) -> list[SheetColumn] | None:
    """A further header that names the same twice, under the legs of the one before it.

    None where no legs can be told for it.
    """
    told = [c.column for c in columns]
    if doubt_legs(told) == told:
        return columns
    sides = list({c.column.legs: c.column for c in before if c.column.legs}.values())
    owners = _share(sides, columns) if len(sides) > 1 else []
    if not owners:
        return None
    return [
        c
        if side is None
        else replace(c, column=replace(c.column, legs=side.legs, leg_at=side.leg_at))
        for c, side in zip(columns, owners, strict=True)
    ]


def _share(sides: Sequence[Column], lower: Sequence[SheetColumn]) -> list[Column | None]:
    """The leg or visit over each column, None over a label; nothing if they are uneven."""
    labels = [c for c in lower if c.column.is_label or (c.column.cell.is_empty and c is lower[0])]
    values = [c for c in lower if c not in labels]
    if len(values) % len(sides):
        return []
    size = len(values) // len(sides)
    shared = iter(sides[i // size] for i in range(len(values)))
    return [None if headed in labels else next(shared) for headed in lower]


def _join(upper: Column, headed: SheetColumn) -> SheetColumn:
    """A column under another header; the lower names what it measures, where both do."""
    lower = headed.column
    named = lower.properties if lower.has_values else upper.properties or lower.properties
    joined = replace(
        lower,
        properties=named,
        units=lower.units or upper.units,
        legs=lower.legs or upper.legs,
        leg_at=lower.leg_at or upper.leg_at,
        group=lower.group or upper.group,
        prior=lower.prior or upper.prior,
        current=lower.current or upper.current,
    )
    place = upper.group if lower.group is not None else None
    heads = headed.heads if place is None else (upper.cell, *headed.heads)
    return SheetColumn(joined, heads)


def align(cells: Sequence[Cell], columns: Sequence[SheetColumn]) -> list[SheetColumn] | None:
    """The column of each cell, from left to right, each its own, as near as they can stand.

    None where a cell stands far from all that are left to it.
    """
    if len(cells) > len(columns):
        return None
    best: list[tuple[int, list[SheetColumn]]] = [(0, [])]  # by how many columns are passed
    best += [(0, []) for _ in columns]
    for cell in cells:
        nearest: list[tuple[int, list[SheetColumn]] | None] = [None]
        for order, headed in enumerate(columns):
            kept, before = nearest[-1], best[order]
            taken = None
            if before is not None:
                taken = (before[0] + _apart(cell, headed.column.cell), [*before[1], headed])
            nearest.append(min((n for n in (kept, taken) if n), key=lambda n: n[0], default=None))
        best = nearest  # type: ignore[assignment]
    found = best[-1]
    if found is None or any(
        -cell.overlap(headed.column.cell) > _NEAR
        for cell, headed in zip(cells, found[1], strict=True)
    ):
        return None
    return found[1]


def _apart(cell: Cell, other: Cell) -> int:
    """How far a cell lies from under another: by the gap between them, then by their middles."""
    middle = abs(cell.left + cell.right - other.left - other.right)
    return max(0, -cell.overlap(other)) * _FAR + middle

"""Rows of a table on one line each: which cells name the place, and which column has a value."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.tables.columns import UNHEADED, Column, heads_places
from ultrasound.extract.tables.grouped_cells import is_grouped, spread_cells
from ultrasound.extract.tables.row_cells import (
    asks_clot,
    drop_ditto,
    is_list,
    join_headed,
    join_levels,
    lists_places,
    pair_in_order,
    part_full,
    place_cell,
    stand_in_order,
)
from ultrasound.extract.tables.table_cells import (
    Cell,
    cut_cells,
    drop_number,
    fit_cells,
    has_borders,
    has_number,
)
from ultrasound.extract.tables.table_distances import tells_distance
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.value import value_type

_FAR: Final = 3  # columns of text from which a value stands under no header
_TRUNKS: Final = ("trunk", "limb", "channel")  # of a vein that is double: "Trunk A"
_SEVERAL: Final = 2  # headers over a cell that holds a value for each


@value_type
class Row:
    """One row: the cells of its label (``more``: its second line), and its values by column.

    A sentence among the rows ("No incompetent perforators.") is a row of ``prose`` alone; with
    cells it is several sentences, each of the leg of its column. The values of an ``unread`` row
    cannot be told apart: they are for a person. A ``stranger`` has a label that is not understood.
    A ``fresh`` one stands below a heading that ends the vein above it and names none.
    """

    labels: tuple[Cell, ...]
    cells: tuple[tuple[Column, Cell], ...]
    more: Cell | None = None
    prose: Cell | None = None
    unread: bool = False
    stranger: bool = False
    fresh: bool = False

    def drop_legs(self, sites: tuple[Site, ...]) -> tuple[Site, ...]:
        """Its places without a leg, but for one that its own label names."""
        own = self.labels[0].first
        return tuple(
            site if site.leg_at and site.leg_at[0] >= own else replace(site, legs=(), leg_at=None)
            for site in sites
        )


@dataclass
class Table:
    """Lines ``start`` up to ``end`` (half-open) that are a table; ``over``: its caption's place.

    One ``is_part`` where a sheet goes on behind it in a way that is not understood. ``below`` is
    what a line below it says of its numbers: "calibre in mm".
    """

    start: int
    end: int
    rows: list[Row] = field(default_factory=list)
    is_part: bool = False
    over: PlaceGroup | None = None
    below: Column | None = None


class RowReader:
    """Reads lines under a header as rows."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_row(self, marks: Marks, line: Line, columns: Sequence[Column]) -> Row | None:
        """The row on a line, None where no cell names a place."""
        bordered = has_borders(marks, line)
        columns, cells = self._cut_row(marks, line, columns, bordered=bordered)
        bordered = bordered or stand_in_order(cells, columns)
        labels = self._labels_of(marks, cells, columns, bordered=bordered)
        if not labels:
            return None
        shifted = None if bordered else _pair_shifted(labels[0], cells, columns)
        if shifted is not None:
            return shifted
        paired: list[tuple[Column, Cell]] = []
        for position, cell in enumerate(cells):
            if cell not in labels and not cell.is_empty:
                owners = columns[position : position + 1]
                paired += (
                    [(owner, cell) for owner in owners]
                    if bordered
                    else place_cell(marks, cell, columns)
                )
        if not bordered and lists_places(self._headers, marks, paired):
            return None
        if not bordered:
            paired = pair_in_order(marks, paired, columns)
        paired = [(_head_of(marks, *pair, paired), pair[1]) for pair in paired]
        start = min((c.cell.left for c in columns if c.has_values), default=sys.maxsize)
        naming = [pair for pair in paired if pair[0].is_label or pair[0].cell.left < start]
        strange = any(self._is_stranger(marks, *pair) for pair in naming)
        strange = strange or asks_clot(self._headers, marks, labels[0], columns)
        return Row(tuple(labels), tuple(paired), stranger=strange)

    def _cut_row(
        self, marks: Marks, line: Line, columns: Sequence[Column], *, bordered: bool
    ) -> tuple[Sequence[Column], Sequence[Cell]]:
        """The cells of a row, and the columns that they stand in or under."""
        grouped = is_grouped(columns)
        count = 0 if grouped else len(columns)
        raw = cut_cells(marks, line)
        labelled = bool(raw) and not raw[0].is_empty and self._headers.is_label(marks, raw[0])
        fitted = raw if bordered and labelled else fit_cells(marks, line, count)
        fitted = drop_ditto(marks, fitted, self._headers.dittos)
        cells = [drop_number(marks, cell) for cell in fitted if bordered or not cell.is_empty]
        if bordered:
            return spread_cells(marks, cells, columns) if grouped else (columns, cells)
        cells = part_full(marks, cells, columns)
        if columns[0].base is not None and not columns[0].legs:
            return columns, join_headed(marks, cells, columns)
        return columns, join_levels(self._headers, marks, cells, columns)

    def _is_stranger(self, marks: Marks, column: Column, cell: Cell) -> bool:
        """Whether a cell beside the labels may name a vein that is not understood."""
        names = column.is_label or not (column.says_something or column.units)
        letters = any(
            t.kind == "word" and len(t.text) > 1 for t in marks.tokens[cell.first : cell.last]
        )
        return names and letters and self._headers.names_stranger(marks, cell, None)

    def _names_place(self, marks: Marks, cell: Cell) -> bool:
        return self._headers.read_place(marks, cell) is not None

    def read_wrapped(
        self, marks: Marks, pair: Sequence[Line], columns: Sequence[Column]
    ) -> Row | None:
        """The row of two lines whose label goes on on the second, before the values."""
        line, follower = pair
        head = cut_cells(marks, line)
        cells = [cell for cell in cut_cells(marks, follower) if not cell.is_empty]
        if len(head) != 1 or len(cells) < _SEVERAL or follower.blank_before:
            return None
        bordered = has_borders(marks, line) or has_borders(marks, follower)
        deeper = head[0].left > cells[0].left + 1  # "    note: tender" over a row
        if bordered or deeper or has_number(marks, head[0]) or head[0].last != cells[0].first:
            return None
        label = replace(head[0], last=cells[0].last)
        row = self.read_row(marks, follower, columns)
        own = self._headers.read_place(marks, cells[0])
        aside = own and (own.has_vein or (own.has_leg and any(c.legs for c in columns)))
        if not self._headers.is_label(marks, label) or aside:
            return None  # "Perforators" over "R   medial calf   3.9 mm", under two legs
        over = self._headers.read_place(marks, head[0])
        if over and own and over.parts[-1].spot.level and own.parts[0].spot.level:
            return None  # "mid" of which nothing is said, over "lower"
        values = [pair for cell in cells[1:] for pair in place_cell(marks, cell, columns)]
        if any(is_list(self._headers, marks, *each) for each in values):
            return None
        if row is None or not row.cells:
            return Row((label,), tuple(values))
        rest = [cell for cell in row.labels if cell.first > cells[0].first]  # its leg, or its level
        names = (head[0], cells[0]) if self._headers.heads_leg(marks, cells[0]) else (label,)
        return Row((*names, *rest), row.cells)

    def _labels_of(
        self, marks: Marks, cells: Sequence[Cell], columns: Sequence[Column], *, bordered: bool
    ) -> list[Cell]:
        """The cells that name the row's place: those of the label columns, else the one label."""
        if bordered:
            values = next((i for i, c in enumerate(columns) if c.has_values), len(columns))
            named = [
                cell
                for i, (cell, column) in enumerate(zip(cells, columns, strict=False))
                if not cell.is_empty
                and not (i > values and column.is_strange and _is_letter(marks, cell))
                and (column.is_label or not column.says_something)
                and self._names_place(marks, cell)
            ]
            if named:
                return named
        label = self._label_of(marks, cells, columns)
        if label is None:
            return []
        heads = [column.cell for column in columns if column.is_label]
        start = min((c.cell.left for c in columns if not c.is_label), default=0)
        legs = [c for c in cells if not heads and self._headers.heads_leg(marks, c)]
        # the level of "Pop V  AK" stands under the head of the labels too
        under = [
            cell
            for cell in cells
            if any(_is_under(cell, head) for head in heads[1:])
            or (heads and cell.first == label.last and cell.right <= start)
            or (legs == [cell] and cell.first == label.last and cell.right < start)
        ]
        others = [cell for cell in under if cell is not label and not cell.is_empty]
        beside = [c for c in others if self._names_place(marks, c)]
        return [cell for cell in cells if cell is label or cell in beside]

    def _label_of(
        self, marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]
    ) -> Cell | None:
        full = [cell for cell in cells if not cell.is_empty]
        if full and asks_clot(self._headers, marks, full[0], columns):
            return full[0]
        head = next((c.cell for c in columns if c.is_label), None)
        if head is not None and len(full) > 1:
            near = min(full, key=lambda cell: abs(cell.left - head.left))
            if self._headers.is_label(marks, near):
                return near
        for position, cell in enumerate(full):
            before_all = position == 0 and head is None and cell.right <= columns[0].cell.left
            code = _is_letter(marks, cell) and not before_all
            if self._headers.is_label(marks, cell) and not code:
                values = all(self._headers.is_value(marks, before) for before in full[:position])
                return cell if values else None
        measured = bool(full) and not has_number(marks, full[0])
        if measured and heads_places(columns):
            trunk = marks.tokens[full[0].first].norm in _TRUNKS and columns[0].base is not None
            if trunk or self._headers.names_column(marks, full[0]):
                return full[0]
        far = len(full) > 1 and tells_distance(marks, full[0].first, full[0].last)
        return full[0] if far else None


def _pair_shifted(label: Cell, cells: Sequence[Cell], columns: Sequence[Column]) -> Row | None:
    """The row under headers of which the first stands over the labels: then their order counts.

    None where the headers stand over their values. Fewer or more values cannot be told apart.
    """
    head = columns[0]
    named = head.measures and "value" not in head.properties  # "Values: diameter / reflux"
    over = named and not any(c.is_label or c.base for c in columns)
    beside = head.cell.left > label.left or label.left > head.cell.right + _FAR
    if not over or label is not cells[0] or beside:
        return None
    values = cells[1:]
    if len(values) == len(columns):
        return Row((label,), tuple(zip(columns, values, strict=True)))
    return Row((label,), tuple((head, cell) for cell in values), unread=bool(values))


def _head_of(
    marks: Marks, column: Column, cell: Cell, row: Sequence[tuple[Column, Cell]]
) -> Column:
    """The column of a cell; one without a name where another cell of the row stands under it.

    A bare number beside the headers is of a column that nothing names.
    """
    taken = any(
        other.cell == column.cell and value is not cell and value.overlap(column.cell) > 0
        for other, value in row
    )
    numbers = marks.numbers_in(cell.first, cell.last)
    bare = cell.size == 1 and len(numbers) == 1 and numbers[0].unit is None
    holds = column.has_values or column.legs
    if not taken or not bare or not holds or cell.overlap(column.cell) > 0:
        return column
    return Column(column.cell, properties=(UNHEADED,), legs=column.legs, leg_at=column.leg_at)


def _is_under(cell: Cell, head: Cell) -> bool:
    """Whether a cell stands under a header."""
    return cell.overlap(head) > 0 or abs(cell.left - head.left) <= _FAR


def _is_letter(marks: Marks, cell: Cell) -> bool:
    """Whether a cell is one letter: "R" and "L" are codes where other cells name places."""
    return cell.size == 1 and len(marks.tokens[cell.first].text) == 1

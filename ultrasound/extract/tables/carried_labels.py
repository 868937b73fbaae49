"""Labels that hold for the rows below them: a leg or a level in a column of its own, or over veins.

As "Mid thigh   GSV   6.6   2.0" over "            FV    none", or "R GSV   mm   5.8" over
"        sec   0.3". A label may go on on the line below its values, or above them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from ultrasound.extract.places.places import is_only_leg, is_only_level
from ultrasound.extract.tables.indents import left_in_line
from ultrasound.extract.tables.row_cells import completes
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.tables.wrapped_labels import join_wrapped
from ultrasound.extract.words.marks import Marks

_FEWEST: Final = 2  # levels before a vein that make a way of writing
_DEEPER: Final = 1  # columns of text by which a line may be off
_NEAR: Final = 2  # columns of text between veins under each other

_Pair = tuple[Cell, Cell]


def carry_labels(headers: HeaderReader, marks: Marks, rows: Sequence[Row]) -> list[Row]:
    """The rows with the leg and the level that stand before their vein, or above it."""
    carrier = _Carrier(headers, marks)
    whole = carrier.join_lines(join_wrapped(headers, marks, rows))
    return carrier.carry_levels(carrier.carry_legs(carrier.carry_places(whole)))


class _Carrier:
    def __init__(self, headers: HeaderReader, marks: Marks) -> None:
        self._headers, self._marks = headers, marks

    # --- labels of two lines ------------------------------------------------------------------

    def join_lines(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with the second line of their label, which stands deeper or ends the first."""
        joined: list[Row] = []
        for row, below in zip_longest(rows, rows[1:]):
            above = joined[-1] if joined else None
            if above is not None and self._is_second(above, row, below):
                joined[-1] = self._add_label(above, row.labels[-1])
            elif above is not None and self._is_ended_by(above, row):
                joined[-1] = replace(row, labels=above.labels, more=row.labels[-1])
            else:
                joined.append(row)
        return joined

    def _is_second(self, above: Row, row: Row, below: Row | None) -> bool:
        """Whether a line is only a label deeper than that of the row above, and heads nothing."""
        if not above.cells or row.cells or row.prose or not row.labels:
            return False
        own, first = self._own_labels(row), self._own_labels(above)
        after = self._own_labels(below) if below is not None else ()
        if len(own) != 1 or not first or row.labels != own or above.more is not None:
            return False
        group = self._headers.read_place(self._marks, own[0])
        if group is None or not (group.has_vein or group.has_spot):
            return False
        if self._marks.tokens[own[0].first].gap.count("\n") > 1:
            return False  # behind an empty line it heads what follows
        left = left_in_line(self._marks, first[0]) + _DEEPER
        heads = bool(after) and left_in_line(self._marks, after[0]) > left
        place = left_in_line(self._marks, own[0])
        values = min(left_in_line(self._marks, cell) for _, cell in above.cells)
        return left < place < values and not heads  # beyond, it is the second line of a remark

    def _add_label(self, row: Row, more: Cell) -> Row:
        """A row with a further label; the vein goes before its level.

        A bare "saphenous" under a vein is the rest of its name: "Anterior accessory".
        """
        *before, last = row.labels
        group = self._headers.read_place(self._marks, more)
        if self._names_vein(last) and group and all(part.inferred for part in group.parts):
            return row
        vein = self._names_vein(more) and not self._names_vein(last)
        return replace(row, labels=(*before, *((more, last) if vein else (last, more))))

    def _is_ended_by(self, above: Row, row: Row) -> bool:
        """Whether a row of values has the second line of the label above: "GSV prox", "thigh"."""
        if above.cells or above.prose or not above.labels or not row.cells or len(row.labels) != 1:
            return False
        return completes(self._headers, self._marks, above.labels[-1], row.labels[0])

    # --- places -------------------------------------------------------------------------------

    def carry_places(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that only name what they measure, with the place before the name above it."""
        carried: list[Row] = []
        above: tuple[Cell, ...] = ()
        for row in rows:
            own = self._own_labels(row)
            if len(own) == 1 and len(above) > 1 and self._is_under_name(own[0], above[-1]):
                heads = row.labels[: len(row.labels) - 1]
                carried.append(replace(row, labels=(*heads, *above[:-1], own[0])))
                continue
            carried.append(row)
            above = own
        return carried

    def _is_under_name(self, cell: Cell, above: Cell) -> bool:
        """Whether two cells under each other name what is measured, and no place."""
        names = not any(self._headers.read_place(self._marks, each) for each in (cell, above))
        return names and abs(cell.left - above.left) <= _NEAR

    # --- legs ---------------------------------------------------------------------------------

    def carry_legs(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with the leg of the row above, where its column is left blank below it."""
        carried: list[Row] = []
        leg: Cell | None = None
        for row in rows:
            own = self._own_labels(row)
            if leg is not None and own and row.cells and self._is_under_leg(own, row, leg):
                heads = row.labels[: len(row.labels) - len(own)]
                carried.append(replace(row, labels=(*heads, leg, *own)))
                continue
            carried.append(row)
            if row.cells:
                leg = own[0] if len(own) > 1 and self._is_leg(own[0]) else None
        return carried

    def _own_labels(self, row: Row) -> tuple[Cell, ...]:
        """The labels on the line of a row, without those that head it."""
        if not row.labels:
            return ()
        index = row.labels[-1].first
        while index > 0 and "\n" not in self._marks.tokens[index].gap:
            index -= 1
        return tuple(cell for cell in row.labels if cell.first >= index)

    def _is_under_leg(self, own: Sequence[Cell], row: Row, leg: Cell) -> bool:
        """Whether a row without a leg begins behind the column of the leg above it."""
        groups = (self._headers.read_place(self._marks, cell) for cell in own)
        sided = any(group is not None and group.has_leg for group in groups)
        sided = sided or any(column.legs for column, _ in row.cells)
        return not sided and min(cell.left for cell in own) > leg.right

    def _is_leg(self, cell: Cell) -> bool:
        group = self._headers.read_place(self._marks, cell)
        if group is None or not is_only_leg(group):
            return False
        return len(group.parts[0].legs) == 1

    # --- levels -------------------------------------------------------------------------------

    def carry_levels(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with each level behind its vein, and in the rows that only name a vein below.

        A junction has its own place.
        """
        pairs = [self._pair_of(row) for row in rows]
        before = {level.first for level, _ in filter(None, pairs)}
        heads = {id(row) for row in rows if self._heads_level(row)}
        carried: list[Row] = []
        above: _Pair | None = None
        over: Cell | None = None
        for row, own in zip(rows, pairs, strict=True):
            over = row.labels[0] if id(row) in heads else over
            pair = own or (above and self._go_on(row, above))
            pair = pair if len(before) >= _FEWEST else None
            if pair is None and over is not None and len(heads) >= _FEWEST:
                pair = self._pair_below(row, over)
                over = over if pair or not row.cells else None
            above = pair if row.cells else above
            carried.append(row if pair is None else self._place(row, pair))
        return carried

    def _heads_level(self, row: Row) -> bool:
        """Whether a row is a level alone: it heads the veins that stand deeper below it."""
        return not row.cells and len(row.labels) == 1 and self._is_level(row.labels[0])

    def _is_level(self, cell: Cell) -> bool:
        group = self._headers.read_place(self._marks, cell)
        return group is not None and is_only_level(group)

    def _pair_of(self, row: Row) -> _Pair | None:
        """The level of a row and the vein behind it, each in a cell of its own."""
        for level, vein in zip(row.labels, row.labels[1:], strict=False):
            if self._is_level(level) and self._names_vein(vein):
                return level, vein
        return None

    def _names_vein(self, cell: Cell) -> bool:
        group = self._headers.read_place(self._marks, cell)
        return group is not None and group.has_vein and not group.has_leg

    def _go_on(self, row: Row, above: _Pair) -> _Pair | None:
        """The level of the row above with the vein of one that stands under its vein."""
        level, vein = above
        for cell in row.labels:
            under = cell.first >= vein.first and abs(cell.left - vein.left) <= _NEAR
            if under and level.left < vein.left - _NEAR and self._names_vein(cell):
                return level, cell
        return None

    def _pair_below(self, row: Row, over: Cell) -> _Pair | None:
        """A level over a row, with its only label, which is a vein and stands deeper."""
        cell = row.labels[-1] if row.labels else over
        deeper = left_in_line(self._marks, cell) > left_in_line(self._marks, over) and row.cells
        return (over, cell) if deeper and self._names_vein(cell) else None

    def _place(self, row: Row, pair: _Pair) -> Row:
        """A row with its level behind its vein; without it where the vein has its own."""
        level, vein = pair
        group = self._headers.read_place(self._marks, vein)
        own = group is not None and group.has_spot
        labels: list[Cell] = []
        for cell in row.labels:
            if cell is not level:
                placed = cell is vein and not own
                labels += [vein, level] if placed else [cell]
        return replace(row, labels=tuple(labels))

"""Labels that a narrow column breaks over two lines of a table.

Most have the values on their first line, as "Great saphenous vein | 3.9" over "mid thigh | ". A
level alone below a vein with values could be a row of its own that nobody filled in: it is taken
for the rest of the label only where this is how the table is written, and the column had no room
for its next word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.indents import left_in_line
from ultrasound.extract.tables.row_cells import is_zone_of, place_cell
from ultrasound.extract.tables.table_cells import Cell, cut_cells, has_borders, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

_FEWEST: Final = 2  # broken labels that make a way of writing
_LINES: Final = 2
_JUNCTION: Final = "junction"


def join_wrapped(headers: HeaderReader, marks: Marks, rows: Sequence[Row]) -> list[Row]:
    """The rows with the second line of their label, where the table breaks its labels so."""
    reader = _WrapReader(headers, marks, rows)
    taken = reader.find_seconds()
    joined: list[Row] = []
    for row in rows:
        if taken and joined and _is_alone(row) and row.labels[0].first in taken:
            joined[-1] = reader.join(joined[-1], row.labels[0], taken)
        else:
            joined.append(row)
    return joined


def read_broken(
    headers: HeaderReader, marks: Marks, pair: Sequence[Line], columns: Sequence[Column]
) -> Row | None:
    """The row of two lines between borders whose label goes on on the second, before its values.

    The second line begins with a word that names nothing ("Common femoral" over "vein"). Where the
    first line ends inside the name ("Right small" over "saphenous vein") the row is for a person.
    """
    if len(pair) != _LINES or not all(has_borders(marks, line) for line in pair):
        return None
    (head, *blank), (rest, *values) = (cut_cells(marks, line) for line in pair)
    full = not head.is_empty and not rest.is_empty and all(cell.is_empty for cell in blank)
    if pair[1].blank_before or not full or len(values) + 1 != len(columns):
        return None
    paired = zip(columns[1:], values, strict=True)
    cells = tuple((column, cell) for column, cell in paired if not cell.is_empty)
    over, own = headers.read_place(marks, head), headers.read_place(marks, rest)
    named, again = (group is not None and group.has_vein for group in (over, own))
    if not cells or named == again:
        return None
    if named:
        goes_on = marks.tokens[rest.first].norm in FILLERS
        return Row((replace(head, last=rest.last),), cells) if goes_on else None
    if over is None or over.has_spot:
        return None
    tail = marks.tokens[over.last + 1 : head.last]
    inside = any(t.kind == "word" and t.norm not in FILLERS for t in tail)
    return Row((rest,), cells, unread=True) if inside else None


def read_under(
    headers: HeaderReader, marks: Marks, pair: Sequence[Line], columns: Sequence[Column]
) -> Row | None:
    """The row of a label too long for its column: all its values stand on the line below it."""
    if len(pair) != _LINES or any(has_borders(marks, line) for line in pair):
        return None
    head, cells = (cut_cells(marks, line) for line in pair)
    first = next((c.cell.left for c in columns if c.has_values), 0)
    alone = len(head) == 1 and not has_number(marks, head[0]) and not pair[1].blank_before
    under = head[0].left < first <= cells[0].left + _LINES
    if not (alone and under) or len(cells) < _LINES:
        return None
    if not headers.is_label(marks, head[0]) or headers.is_label(marks, cells[0]):
        return None
    values = [each for cell in cells for each in place_cell(marks, cell, columns)]
    return Row((head[0],), tuple(values)) if len(values) == len(cells) else None


def _is_alone(row: Row) -> bool:
    """Whether a row is only one label."""
    return len(row.labels) == 1 and not row.cells and row.prose is None


class _WrapReader:
    def __init__(self, headers: HeaderReader, marks: Marks, rows: Sequence[Row]) -> None:
        self._headers, self._marks, self._rows = headers, marks, rows

    def find_seconds(self) -> set[int]:
        """The first tokens of the labels that go on with the label over them; few are none."""
        seconds: set[int] = set()
        above: Row | None = None
        width = self._width()
        ends: set[int] = set()
        for row in self._rows:
            if not _is_alone(row):
                above = row if row.cells else None
                continue
            if above is not None and self._is_perforator(above, row.labels[0], width):
                ends.add(row.labels[0].first)
            elif self._names_level(row.labels[0]):
                if above is None or not self._is_second(above, row.labels[0], width):
                    return set()
                seconds.add(row.labels[0].first)
            above = None
        return seconds | ends if len(seconds) >= _FEWEST else set()

    def join(self, row: Row, more: Cell, taken: set[int]) -> Row:
        """A row with the second line of its vein, or of its level, behind all other labels."""
        vein = self._vein_of(row)
        rest = [c for c in row.labels if c is not vein and c.first not in taken]
        if vein is None:
            return replace(row, labels=(*rest[:-1], more, rest[-1]))
        return replace(row, labels=(*rest, vein), more=more)

    def _is_perforator(self, above: Row, more: Cell, width: int) -> bool:
        """Whether a label goes on with its vein: "perforator" below "Dist thigh"."""
        level = above.labels[-1] if above.labels else more
        group = self._headers.read_place(self._marks, more)
        own = group is not None and all(part.vein in PERFORATORS for part in group.parts)
        return bool(own and self._names_level(level) and not self._fits(level, more, width))

    def _fits(self, label: Cell, more: Cell, width: int) -> bool:
        """Whether a column has room for the first word of a second line."""
        return self._size(label) + 1 + len(self._marks.tokens[more.first].text) <= width

    def _is_second(self, above: Row, more: Cell, width: int) -> bool:
        """Whether the column had no room for the next word of a label, which lacks a level."""
        vein = self._vein_of(above)
        group = None if vein is None else self._headers.read_place(self._marks, vein)
        if vein is None or group is None or above.more is not None:
            return False
        bare = not any(part.has_spot for part in group.parts)
        whole = bare or self._completes(group, more)
        return whole and not self._fits(vein, more, width)

    def _completes(self, group: PlaceGroup, more: Cell) -> bool:
        """Whether a zone completes a level: "thigh" or "thigh (left)" below "GSV mid"."""
        own = self._headers.read_place(self._marks, more)
        return own is not None and is_zone_of(group, own)

    def _names_level(self, cell: Cell) -> bool:
        """Whether a cell names a level and no vein of its own; "junction" alone is none."""
        group = self._headers.read_place(self._marks, cell)
        if group is None or not group.has_spot or group.has_vein:
            return False
        return group.parts[0].spot.zone != _JUNCTION

    def _vein_of(self, row: Row) -> Cell | None:
        """The last label of a row that names a vein."""
        for cell in reversed(row.labels):
            group = self._headers.read_place(self._marks, cell)
            if group is not None and group.has_vein:
                return cell
        return None

    def _width(self) -> int:
        """How wide the column of veins and levels is; a line set deeper may be wider."""
        veins = [c for c in map(self._vein_of, self._rows) if c is not None]
        left = min((left_in_line(self._marks, cell) for cell in veins), default=0)
        alone = [row.labels[0] for row in self._rows if _is_alone(row)]
        near = (cell for cell in alone if left_in_line(self._marks, cell) <= left)
        cells = [*veins, *near]
        return max((self._size(cell) for cell in cells), default=0)

    def _size(self, cell: Cell) -> int:
        tokens = self._marks.tokens
        return tokens[cell.last - 1].end - tokens[cell.first].start

"""What a line among the rows of a table is: a row, the legs of what follows, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import cut_cells, has_borders
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks


def changes_borders(marks: Marks, head: Line, line: Line) -> bool:
    """Whether a line has wide gaps under a header with pipes or tabs, or pipes under wide gaps.

    It is no row of it.
    """
    if has_borders(marks, head) == has_borders(marks, line):
        return False
    return len(cut_cells(marks, line)) > 1


def stands_under(row: Row) -> bool:
    """Whether a row has a label, and each of its values stands under a header."""
    under = all(cell.overlap(column.cell) > 0 for column, cell in row.cells)
    return bool(row.labels and row.cells) and (under or len(row.cells) > 1)


def heads_legs(marks: Marks, row: Row) -> bool:
    """Whether the cells of a row are legs, with a vein or none before: "SSV    R    L"."""
    cells = [cell for _, cell in row.cells]
    if row.labels and marks.one_leg(row.labels[0].first, row.labels[0].last) is not None:
        cells = [*row.labels, *cells]
    mentions = [marks.mention_at(cell.first) for cell in cells]
    legs = [m.row("leg") for m in mentions if m is not None]
    alone = all(cell.size == 1 for cell in cells)
    named = {leg.legs for leg in legs if leg is not None}  # "R  …  R" are codes
    return alone and len(named) == len(mentions) > 1


def is_loose(marks: Marks, row: Row, line: Line) -> bool:
    """Whether the last line of a table is none of its rows, heads what follows, or is a sentence.

    As "The vein feeds lateral calf varicosities.".
    """
    apart = line.blank_before or marks.tokens[line.last - 1].text == "."
    return not row.labels or (apart and not row.cells and row.prose is None)


def has_veins(columns: Sequence[Column]) -> bool:
    """Whether each column of values is a vein."""
    values = [c for c in columns if not c.is_label]
    return bool(values) and all(c.group is not None and c.group.has_vein for c in values)


def begins_pair(marks: Marks, row: Row) -> bool:
    """Whether a line apart from the rows is of another kind: "Perforators   R  …   L  …"."""
    if not row.cells:
        return False
    column, cell = row.cells[0]
    mention = marks.mention_at(cell.first)
    named = mention is not None and mention.row("leg") is not None
    return named and mention is not None and mention.last == cell.last - 1 and not column.properties


def name_places(
    headers: HeaderReader, marks: Marks, lines: Sequence[Line], columns: list[Column]
) -> list[Column]:
    """A header that nothing knows over levels heads them: "Vein   Whereabouts   mm"."""
    if not any(c.is_label for c in columns):
        return columns
    return [
        replace(c, properties=("label",)) if _heads_levels(headers, marks, lines, c) else c
        for c in columns
    ]


def _heads_levels(
    headers: HeaderReader, marks: Marks, lines: Sequence[Line], column: Column
) -> bool:
    """Whether all that stands under a strange header are levels alone."""
    if not column.is_strange:
        return False
    cells = [cell for line in lines for cell in cut_cells(marks, line) if not cell.is_empty]
    under = [cell for cell in cells if cell.overlap(column.cell) > 0]
    groups = [headers.read_place(marks, cell) for cell in under]
    return len(under) > 1 and all(
        g is not None and g.has_spot and not g.has_leg and g.last - g.first + 1 == cell.size
        for g, cell in zip(groups, under, strict=True)
    )

"""What a line among the rows of a table is: a row, the legs of what follows, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_kinds import states
from ultrasound.extract.tables.table_cells import (
    Cell,
    cell_of,
    cut_cells,
    has_borders,
    text_of,
)
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

_DECLARING: Final = frozenset(
    {"unit", "value", "pair", "cell", "entry", "figure", "number", "measurement", "format"}
)
_REMARK: Final = 2  # cells of "Comment;tributary 4,5 mm, refluxing;;"


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


def names_leg(headers: HeaderReader, marks: Marks, row: Row) -> bool:
    """Whether a row is only the name of a leg: then it heads what follows."""
    group = headers.read_place(marks, row.labels[0]) if row.labels and not row.cells else None
    alone = group is not None and group.has_leg and not (group.has_vein or group.has_spot)
    return alone and not headers.read_header(marks, row.labels[0]).has_values


def is_loose(marks: Marks, row: Row, line: Line) -> bool:
    """Whether the last line of a table is none of its rows, heads what follows, or is a sentence.

    As "The vein feeds lateral calf varicosities.".
    """
    apart = line.blank_before or marks.tokens[line.last - 1].text == "."
    return not row.labels or (apart and not row.cells and row.prose is None)


def heads_group(headers: HeaderReader, marks: Marks, line: Line) -> bool:
    """Whether a line only says that other veins follow: "Other veins"."""
    cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
    text = text_of(marks, cells[0]) if len(cells) == 1 else ""
    return text.strip("*_:-–. ") in headers.groups


def declares_units(marks: Marks, line: Line) -> bool:
    """Whether a line only tells what the values are: "UNITS: diameter mm / reflux s"."""
    first, after = marks.tokens[line.first], marks.tokens[line.first + 1 : line.first + 2]
    told = first.norm in _DECLARING and bool(after) and after[0].text in (":", "=")
    return told and not marks.has_sign("|", line.first, line.last)


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
    """A header that nothing knows over levels or kinds of vein heads them: "Type  Where  mm"."""
    if not any(c.is_label or (c.measures and c.has_values) for c in columns):
        return columns
    return [
        replace(c, properties=("label",))
        if c.is_strange and _heads_levels(headers, marks, _cells_under(marks, lines, columns, at))
        else c
        for at, c in enumerate(columns)
    ]


def _cells_under(
    marks: Marks, lines: Sequence[Line], columns: Sequence[Column], at: int
) -> list[Cell]:
    """The cells of a column: by their order where a line has as many, else by their place."""
    under: list[Cell] = []
    for line in lines:
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        even = len(cells) == len(columns)
        under += [cells[at]] if even else [c for c in cells if c.overlap(columns[at].cell) > 0]
    return under


def _heads_levels(headers: HeaderReader, marks: Marks, under: Sequence[Cell]) -> bool:
    """Whether all that stands under a strange header are levels alone, or "perf" and "trib"."""
    groups = [headers.read_place(marks, cell) for cell in under]
    return len(under) > 1 and all(
        g is not None and _is_level_or_kind(g) and not headers.names_stranger(marks, cell, g)
        for g, cell in zip(groups, under, strict=True)
    )


def _is_level_or_kind(group: PlaceGroup) -> bool:
    """Whether a place is a level of whatever vein, or names veins of which a leg has several."""
    kind = group.has_vein and all(part.vein in COUNTED for part in group.parts)
    return (group.has_spot or kind) and not group.has_leg


def find_prose(headers: HeaderReader, marks: Marks, row: Row, line: Line) -> Cell | None:
    """The words of a line that is read in words, label and all; None for a row.

    As in "Perfs:  R mid calf 3.9/540.  L none", or behind "Comment" between borders.
    """
    cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
    remark = len(cells) == _REMARK and has_borders(marks, line)
    if remark and headers.read_header(marks, cells[0]).properties == ("comment",):
        return cells[1]
    if not row.cells:
        return cell_of(line) if states(marks, row.labels[0]) else None
    column, cell = row.cells[0]
    if marks.tokens[cell.first - 1].text != ":" or "comment" in column.properties:
        return None
    mention = marks.mention_at(cell.first)
    if mention is None or mention.last + 1 >= line.last:
        return None
    more = marks.tokens[mention.last + 1].gap == " "
    told = more and mention.row("leg", "vein", "place") is not None
    return cell_of(line) if told else None

"""The cells of a row that wide gaps part, or that was drawn too narrow: "SSV  prox calf"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.tables.columns import Column, find_column
from ultrasound.extract.tables.table_cells import Cell, has_number, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks

_SEVERAL: Final = 2
_DENIALS: Final = ("no", "not", "nil")
_FAR: Final = 3  # columns of text from which a value stands under no header


def pair_in_order(
    marks: Marks, paired: list[tuple[Column, Cell]], columns: Sequence[Column]
) -> list[tuple[Column, Cell]]:
    """As many values as columns in their order, where a row drawn too narrow sets two under one.

    So are several for each, by the order of their units: "4.1 mm  1.1 s  3.6 mm  0 s".
    """
    values = [column for column in columns if not column.is_label]
    size = _size_of_blocks(marks, [cell for _, cell in paired], len(values))
    if size > 1 and all(column.group is not None or column.legs for column in values):
        return [(values[at // size], cell) for at, (_, cell) in enumerate(paired)]
    owners = {column.cell for column, _ in paired}
    if len(paired) != len(values) or len(owners) == len(values):
        return paired
    return [(column, cell) for column, (_, cell) in zip(values, paired, strict=True)]


def _size_of_blocks(marks: Marks, cells: Sequence[Cell], count: int) -> int:
    """How many cells of a row each column has, by the order of their units; 0 if none tells."""
    if count < _SEVERAL or len(cells) % count or len(cells) == count:
        return 0
    size = len(cells) // count
    kinds = []
    for cell in cells:
        numbers = marks.numbers_in(cell.first, cell.last)
        unit = numbers[0].unit if len(numbers) == 1 else None
        kinds.append(None if unit is None else unit.kind)
    block = kinds[:size]
    told = None not in block and len(set(block)) == size
    return size if told and kinds == block * count else 0


def drop_ditto(marks: Marks, cells: Sequence[Cell], dittos: Container[str]) -> list[Cell]:
    """The cells of a row; a label that is as the one above it is left blank."""
    if len(cells) < _SEVERAL or text_of(marks, cells[0]) not in dittos:
        return list(cells)
    first = cells[0]
    return [replace(first, last=first.first), *cells[1:]]


def stand_in_order(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether a row has a cell for each header, and they are not set under each other.

    As in "SSV, mid-calf  R  none  1.8mm" under "Site  Leg  Duration of reflux  Diameter".
    """
    if not _SEVERAL < len(cells) <= len(columns) or not columns[0].is_label:
        return False
    pairs = list(zip(cells, columns, strict=False))[1:]
    even = _gap_of(cells) == _gap_of([column.cell for column in columns]) is not None
    if even and len(cells) == len(columns):
        return True
    if all(find_column(cell, columns) is column for cell, column in pairs if not column.is_label):
        return False
    far = any(cell.overlap(column.cell) < -_FAR for cell, column in pairs)
    return even or (far and len(cells) == len(columns))


def _gap_of(cells: Sequence[Cell]) -> int | None:
    """How wide the blanks are that part all cells alike: they are not set in columns."""
    widths = {b.left - a.right for a, b in pairwise(cells)}
    return widths.pop() if len(widths) == 1 else None


def completes(headers: HeaderReader, marks: Marks, cell: Cell, follower: Cell) -> bool:
    """Whether "thigh" under "GSV distal" is the second line of a label."""
    first, second = headers.read_place(marks, cell), headers.read_place(marks, follower)
    if first is None or second is None or second.has_vein or second.has_leg:
        return False
    return is_zone_of(first, second)


def is_zone_of(first: PlaceGroup, second: PlaceGroup) -> bool:
    """Whether the second place begins with the zone that the level of the first one lacks."""
    level, zone = first.parts[-1].spot, second.parts[0].spot.zone
    return bool(level.level and zone) and not level.zone


def join_headed(marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    """The cells under the vein that heads a table as one: "R  reflux, s"."""
    head, values = columns[0].cell, columns[1].cell
    size = 0
    for cell in cells:
        if cell.overlap(head) <= 0 or cell.right > values.left or has_number(marks, cell):
            break
        size += 1
    return _join_first(cells, size)


def join_levels(
    headers: HeaderReader, marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]
) -> list[Cell]:
    """The vein and its level as one label, where no column of its own holds the level."""
    size = 1
    values = [c for c in columns if not c.is_label]
    sided = len(cells) - 1 == len(values) and all(c.legs and not c.properties for c in values)
    if sided and all(headers.read_place(marks, cell) for cell in cells[1:]):
        return list(cells)  # what each leg has: "Varicosities    thigh    calf"
    while size < len(cells) - 1 and _goes_on(headers, marks, cells, size, columns):
        size += 1
    return _join_first(cells, 0 if any(c.is_empty for c in cells[:size]) else size)


def _join_first(cells: Sequence[Cell], size: int) -> list[Cell]:
    """The first cells as one, where there are several of them."""
    if size < _SEVERAL:
        return list(cells)
    first, last = cells[0], cells[size - 1]
    return [Cell(first.first, last.last, first.left, last.right), *cells[size:]]


def _goes_on(
    headers: HeaderReader,
    marks: Marks,
    cells: Sequence[Cell],
    size: int,
    columns: Sequence[Column],
) -> bool:
    """Whether a cell only says where in the vein of the cells before it: "GSV  mid  thigh"."""
    first, cell = cells[0], cells[size]
    before, own = headers.read_place(marks, first), headers.read_place(marks, cell)
    if before is None or own is None or own.has_leg or has_number(marks, cell):
        return False
    if not (before.has_vein and headers.is_label(marks, first)) or _is_other(before, own):
        return False
    if not headers.is_label(marks, cell) or own.last - own.first + 1 != cell.size:
        return False
    heads = [c.cell for c in columns if c.is_label][1:]
    if any(cell.overlap(head) > 0 for head in heads):
        return False
    column = find_column(cell, columns)
    if column is not None and cell.overlap(column.cell) > 0 and any(p.until for p in own.parts):
        return False  # "SFJ to knee" under a header is what it says
    asks = column is not None and (column.measures or column.legs)
    return bool(asks)


def _is_other(before: PlaceGroup, own: PlaceGroup) -> bool:
    """Whether a place is of another vein than the one before it: the SFJ is of the GSV."""
    named = {part.vein for part in own.parts if part.vein}
    return bool(named - {part.vein for part in before.parts}) or (own.has_vein and before.has_spot)


def lists_places(
    headers: HeaderReader, marks: Marks, paired: Sequence[tuple[Column, Cell]]
) -> bool:
    """Whether the cells of a row are places with values: "SFJ 3.4/9.2   knee 1.7/5.0"."""
    places = [
        cell
        for column, cell in paired
        if column.has_values and has_number(marks, cell) and headers.read_place(marks, cell)
    ]
    return len(places) > 1 or any(is_list(headers, marks, *pair) for pair in paired)


def is_list(headers: HeaderReader, marks: Marks, column: Column, cell: Cell) -> bool:
    """Whether a cell holds places with values of their own: "SFJ 3.4/9.2;  knee 1.7/5.0"."""
    if "comment" in column.properties or marks.tokens[cell.last - 1].text != ";":
        return False
    return headers.read_place(marks, cell) is not None or has_number(marks, cell)


def asks_clot(headers: HeaderReader, marks: Marks, cell: Cell, columns: Sequence[Column]) -> bool:
    """Whether a row beside those of veins asks each leg for thrombus: "Thrombus   none   acute"."""
    legs = [column for column in columns if column.legs and not column.properties]
    asked = headers.read_header(marks, cell)
    bare = asked.properties == ("thrombus",) and headers.read_label(marks, cell) is None
    return len(legs) >= _SEVERAL and bare and not headers.has_other_words(marks, cell)


def part_full(marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    """The cells of a row, a number apart from a label that fills its column: "thigh trib. 4-5".

    One blank parts them, and the number begins straight under the name of its column.
    """
    if len(cells) >= len(columns):
        return list(cells)
    lefts = {c.cell.left for c in columns if c.has_values and not c.is_label}
    parted: list[Cell] = []
    for cell in cells:
        inner = marks.tokens[cell.first + 1 : cell.last]
        base = marks.tokens[cell.first].start - cell.left if inner else 0
        number = next((t for t in inner if t.kind == "number" and t.start - base in lefts), None)
        asks = number is not None and marks.has_sign(":", cell.first, number.index - 1)
        if number is None or number.gap != " " or asks:
            parted.append(cell)
            continue
        parted += [
            cell.cut(marks, cell.first, number.index),
            cell.cut(marks, number.index, cell.last),
        ]
    return parted


def _is_denied(marks: Marks, index: int) -> bool:
    """Whether a word is denied by that before it: "no reflux" is one value."""
    mention = marks.mention_at(index)
    finds = mention is not None and mention.row("finding") is not None
    return finds and marks.tokens[index - 1].norm in _DENIALS


def place_cell(marks: Marks, cell: Cell, columns: Sequence[Column]) -> list[tuple[Column, Cell]]:
    """A cell with its column; under several headers it is several values set close together."""
    column = find_column(cell, columns)
    if column is None:
        return []
    under = [c for c in columns if not c.is_label and cell.overlap(c.cell) > 0]
    if not under and column.group is not None and -cell.overlap(column.cell) > _FAR:
        return [(replace(column, group=None), cell)]  # beside the levels of a matrix
    if len(under) < _SEVERAL or "comment" in column.properties:
        return [(column, cell)]
    placed: list[tuple[Column, Cell]] = []
    first = cell.first
    for index in range(cell.first + 1, cell.last + 1):
        if index == cell.last or (marks.tokens[index].gap and not _is_denied(marks, index)):
            piece = cell.cut(marks, first, index)
            placed.append((find_column(piece, columns) or column, piece))
            first = index
    return placed

"""Groups of columns between borders, with wide gaps inside: "Comp  Diam  RT | Vein | Comp …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.tables.columns import UNHEADED, Column
from ultrasound.extract.tables.table_cells import COLUMN, Cell
from ultrasound.extract.words.marks import Marks

_BORDER: Final = re.compile(r"[|\t]")
_LABEL: Final = "label"
_WIDE: Final = "  "
_SEVERAL: Final = 2
_SLACK: Final = 1  # places by which lines that are set under each other may differ


def group_of(column: Column) -> int:
    """The number of the cell between borders in which a column stands."""
    return column.cell.left // COLUMN


def is_grouped(columns: Sequence[Column]) -> bool:
    """Whether a cell between borders holds several columns."""
    groups = {group_of(c) for c in columns}
    return _SEVERAL <= len(groups) < len(columns)


def fill_places(columns: Sequence[Column]) -> list[Column]:
    """Columns between borders, one for each cell: nothing heads one that no line names."""
    if is_grouped(columns) or not columns:
        return list(columns)
    named = {group_of(column) for column in columns}
    blank = [at for at in range(max(named)) if at not in named]
    bare = [Column(Cell(0, 0, at * COLUMN, at * COLUMN + 1)) for at in blank]
    return sorted([*columns, *bare], key=lambda column: column.cell.left)


def cut_group(
    marks: Marks, cell: Cell, read: Callable[[Marks, Cell], tuple[Sequence[str], Sequence[object]]]
) -> list[Cell]:
    """The cells of a header between borders that wide gaps part, where one names a column.

    ``read`` gives the names and the units of a cell; a unit alone belongs to the name before it.
    """
    pieces: list[Cell] = []
    said = bare = False
    for piece in _cut_gaps(marks, cell):
        names, units = read(marks, piece)
        if bare and units and not names:
            pieces[-1] = replace(pieces[-1], last=piece.last, right=piece.right)
        else:
            pieces.append(piece)
        said = said or bool(units) or any(name != _LABEL for name in names)
        bare = bool(names) and not units
    if len(pieces) < _SEVERAL or not said:
        return [cell]
    base = cell.left // COLUMN * COLUMN
    spans = [_span_of(marks, piece) for piece in pieces]
    return [
        replace(piece, left=base + min(left, COLUMN - 2), right=base + min(right, COLUMN - 1))
        for piece, (left, right) in zip(pieces, spans, strict=True)
    ]


def spread_cells(
    marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]
) -> tuple[list[Column], list[Cell]]:
    """The cells of a row between borders, one for each column, in the order of the columns.

    What cannot be told apart stands whole under a column that has no header.
    """
    groups: dict[int, list[int]] = {}
    for index, column in enumerate(columns):
        groups.setdefault(group_of(column), []).append(index)
    heads, spread = list(columns), dict[int, Cell]()
    true = _keeps_places(marks, cells, [(k, columns[members[0]]) for k, members in groups.items()])
    for group, members in groups.items():
        cell = cells[group] if group < len(cells) else None
        if cell is None or cell.is_empty:
            continue
        placed = _place(marks, cell, [columns[i] for i in members], true=true)
        if placed is None:
            first = members[0]
            heads[first] = replace(columns[first], properties=(UNHEADED,), units=())
            placed = {0: cell}
        spread |= {members[i]: each for i, each in placed.items()}
    nothing = Cell(0, 0, 0, 0)
    beyond = cells[max(groups) + 1 :]  # where the header ends with an empty cell
    heads += [Column(cell) for cell in beyond]
    return heads, [*(spread.get(index, nothing) for index in range(len(columns))), *beyond]


def _keeps_places(marks: Marks, cells: Sequence[Cell], heads: Sequence[tuple[int, Column]]) -> bool:
    """Whether all cells of a row that end at a border are as wide as those of the header."""
    compared = [
        _keeps_width(marks, cells[group], head)
        for group, head in heads
        if group < len(cells) and not cells[group].is_empty and not head.cell.is_empty
        if _width(marks, cells[group]) is not None and _width(marks, head.cell) is not None
    ]
    return bool(compared) and all(compared)


def _place(
    marks: Marks, cell: Cell, members: Sequence[Column], *, true: bool
) -> Mapping[int, Cell] | None:
    """The pieces of a cell by the number of their column: in order, else by their places."""
    if len(members) < _SEVERAL:
        return {0: cell}
    pieces = _cut_gaps(marks, cell)
    for cut in (pieces, _cut_blanks(marks, cell)):
        if len(cut) == len(members):
            return dict(enumerate(cut))
    if not (true if _width(marks, cell) is None else _keeps_width(marks, cell, members[0])):
        return None
    placed: dict[int, Cell] = {}
    for piece in pieces:
        index = _nearest(marks, piece, members)
        if index is None or index in placed:
            return None
        placed[index] = piece
    return placed


def _nearest(marks: Marks, piece: Cell, members: Sequence[Column]) -> int | None:
    """The column that a piece stands under; None where it could be of two."""
    left, right = _span_of(marks, piece)
    spans = [_span_of(marks, column.cell) for column in members]
    gaps = [max(begin - right, left - end, -1) for begin, end in spans]
    order = sorted(range(len(gaps)), key=gaps.__getitem__)
    if gaps[order[1]] - gaps[order[0]] < _SEVERAL:
        return None
    return order[0]


def _cut_gaps(marks: Marks, cell: Cell) -> list[Cell]:
    """The pieces of a cell between wide gaps."""
    inside = range(cell.first + 1, cell.last)
    borders = [i for i in inside if _WIDE in marks.tokens[i].gap]
    return [cell.cut(marks, *each) for each in pairwise([cell.first, *borders, cell.last])]


def _cut_blanks(marks: Marks, cell: Cell) -> list[Cell]:
    """The pieces between blanks; a number keeps its unit, and words stay together."""
    tokens = marks.tokens
    numbers = marks.numbers_in(cell.first, cell.last)
    joined = {i for n in numbers for i in range(n.first + 1, n.last + 1)}
    borders = [
        i
        for i in range(cell.first + 1, cell.last)
        if tokens[i].gap and i not in joined and not tokens[i].kind == tokens[i - 1].kind == "word"
    ]
    return [cell.cut(marks, *each) for each in pairwise([cell.first, *borders, cell.last])]


def _borders_of(marks: Marks, cell: Cell) -> tuple[int, int | None]:
    """Where the cell between borders begins in the text, and where it ends if a border does it."""
    start, end = marks.tokens[cell.first].start, marks.tokens[cell.last - 1].end
    line = marks.text.rfind("\n", 0, start) + 1
    before = list(_BORDER.finditer(marks.text, line, start))
    stop = marks.text.find("\n", end)
    after = _BORDER.search(marks.text, end, len(marks.text) if stop < 0 else stop)
    return (before[-1].end() if before else line), (after.start() if after else None)


def _span_of(marks: Marks, cell: Cell) -> tuple[int, int]:
    """From where to where tokens stand behind the border on their left."""
    begin, _ = _borders_of(marks, cell)
    return marks.tokens[cell.first].start - begin, marks.tokens[cell.last - 1].end - begin


def _width(marks: Marks, cell: Cell) -> int | None:
    begin, end = _borders_of(marks, cell)
    return None if end is None else end - begin


def _keeps_width(marks: Marks, cell: Cell, head: Column) -> bool:
    """Whether a cell is as wide as its header is: then their places can be compared."""
    if cell.is_empty or head.cell.is_empty:
        return False
    own, over = _width(marks, cell), _width(marks, head.cell)
    return own is not None and over is not None and abs(own - over) <= _SLACK

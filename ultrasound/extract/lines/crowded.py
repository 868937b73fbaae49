"""Bare numbers that stand alone in cells side by side: "SFJ   7.1   1.2" under "Diameters (mm)".

They measure several things, and a list that declares one thing does not say which of them is it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks

_BORDER: Final = "|"
_FEWEST: Final = 3  # cells of a row with its leg
_WIDE: Final = ("   ", "\t")


def find_crowded(marks: Marks, lines: Sequence[Line]) -> frozenset[int]:
    """The first tokens of the bare numbers that have another one in the cell beside theirs."""
    crowded: set[int] = set()
    for line in lines:
        numbers = marks.numbers_in(line.first, line.last)
        for one, other in pairwise(n for n in numbers if n.unit is None):
            beside = _next_cell(marks, one.last, line) == other.first
            if beside and _next_cell(marks, other.last, line) is not None:
                crowded |= {one.first, other.first}
    return frozenset(crowded)


def leave_columns(
    marks: Marks, chunks: Sequence[Chunk], focus: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The legs in focus alone, where a row of values goes on under a line of several veins."""
    several = len({(site.vein, site.spot) for site in focus}) > 1
    if not several or not chunks or not _fills_columns(marks, chunks[0].first):
        return focus
    return tuple(dict.fromkeys(site.only_leg() for site in focus))


def _fills_columns(marks: Marks, index: int) -> bool:
    """Whether a line is a leg and values in cells side by side: "R    0.6    neg    neg".

    Each is of the column over it, so that none of them is of all the veins of the line above.
    """
    first, last = index, index + 1
    while first and "\n" not in marks.tokens[first].gap:
        first -= 1
    while last < len(marks.tokens) and "\n" not in marks.tokens[last].gap:
        last += 1
    starts = [first, *(i for i in range(first + 1, last) if _is_wide(marks, i))]
    cells = [(one, other - 1) for one, other in pairwise([*starts, last])]
    _, leg_at = marks.legs_in(cells[0][0], cells[0][1] + 1)
    values = [_is_value(marks, *cell) for cell in cells[1:]]
    return len(cells) >= _FEWEST and leg_at == cells[0] and all(values)


def _is_wide(marks: Marks, index: int) -> bool:
    return any(gap in marks.tokens[index].gap for gap in _WIDE)


def _is_value(marks: Marks, first: int, last: int) -> bool:
    """Whether a cell is a number or a code, and names no place."""
    if any(m.meaning.is_place for m in marks.mentions_in(first, last + 1)):
        return False
    return last == first or bool(marks.numbers_in(first, last + 1))


def _next_cell(marks: Marks, last: int, line: Line) -> int | None:
    """The first token of the cell behind one that ends with a token, None where it goes on."""
    index = last + 1
    if index >= line.last:
        return line.last
    token = marks.tokens[index]
    if token.text == _BORDER:
        return index + 1
    return index if any(gap in token.gap for gap in _WIDE) else None

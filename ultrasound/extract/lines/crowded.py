"""Bare numbers that stand alone in cells side by side: "SFJ   7.1   1.2" under "Diameters (mm)".

They measure several things, and a list that declares one thing does not say which of them is it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks

_BORDER: Final = "|"
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


def _next_cell(marks: Marks, last: int, line: Line) -> int | None:
    """The first token of the cell behind one that ends with a token, None where it goes on."""
    index = last + 1
    if index >= line.last:
        return line.last
    token = marks.tokens[index]
    if token.text == _BORDER:
        return index + 1
    return index if any(gap in token.gap for gap in _WIDE) else None

"""Columns of a broken table whose legs and properties stand on lines of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import cell_of, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks

_SHORT_LINE: Final = 44  # characters; a longer line is a sentence
_LEGS: Final = 2

Group = tuple[Column, list[Column]]  # a leg and what is measured in it, or the reverse


class SidedHeadReader:
    """Reads "Right", "Diam mm", "Reflux ms", "Left", … and "Diam mm", "Right", "Left" and so on."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_columns(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[Column], int]:
        """The columns of both legs from a line on, with the line behind them; else none."""
        heads: list[Column] = []
        while index < len(lines) and (head := self._read_head(marks, lines[index])) is not None:
            heads.append(head)
            index += 1
        legs = sum(head.divides for head in heads)
        if legs < _LEGS or len(heads) - legs < _LEGS:
            return [], index
        groups = _part_groups(heads)
        sizes = {len(members) for _, members in groups}
        columns = [_unite(over, each) for over, members in groups for each in members]
        both = len({column.legs for column in columns}) == _LEGS
        return (columns, index) if both and len(sizes) == 1 and 0 not in sizes else ([], index)

    def _read_head(self, marks: Marks, line: Line) -> Column | None:
        """A line that only names a leg, or only what is measured."""
        cell = cell_of(line)
        if line.length > _SHORT_LINE or has_number(marks, cell):
            return None
        head = self._headers.read_header(marks, cell)
        if self._headers.heads_leg(marks, cell):
            return replace(head, properties=()) if len(head.legs) == 1 else None
        alone = not (head.legs or head.group or head.is_label or head.bare)
        return head if alone and head.measures and head.has_values else None


def _part_groups(heads: Sequence[Column]) -> list[Group]:
    """Each head with those that follow it, up to the next of its kind.

    Legs that stand together before all properties divide them.
    """
    first = heads[0].divides
    run = next((i for i, head in enumerate(heads) if head.divides != first), len(heads))
    if first and run == _LEGS:
        rest = list(heads[run:])
        half, odd = divmod(len(rest), _LEGS)
        twins = [c.properties for c in rest[:half]] == [c.properties for c in rest[half:]]
        return [] if odd or not twins else [(heads[0], rest[:half]), (heads[1], rest[half:])]
    groups: list[Group] = []
    for head in heads:
        if head.divides == first:
            groups.append((head, []))
        else:
            groups[-1][1].append(head)
    return groups


def _unite(over: Column, under: Column) -> Column:
    """A leg and a property, in either order, as one column."""
    leg, named = (over, under) if over.divides else (under, over)
    return replace(named, legs=leg.legs, leg_at=leg.leg_at)

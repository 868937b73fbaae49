"""A further header of levels among the rows of a table: "SPJ  MC" over those of the SSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.spots import Spot
from ultrasound.extract.tables.columns import Column, find_column
from ultrasound.extract.tables.table_cells import fit_cells, has_borders, has_number
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks

_SEVERAL: Final = 2  # levels side by side


class LaterLevelReader:
    """Reads lines that name the levels of the rows below them anew."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_levels(self, marks: Marks, line: Line, columns: Sequence[Column]) -> list[Column]:
        """The columns from a line on, in the legs over those before it; nothing for any other.

        The vein before its levels ("SSV   SPJ   MC") names one too where legs stand over it.
        """
        heads = [c for c in columns if not c.is_label and not c.cell.is_empty]
        if not heads or not all(c.group is not None and c.group.has_spot for c in heads):
            return []
        sided = any(c.legs for c in heads)
        if line.blank_before and not sided:
            return []  # a table of its own, which needs nothing of this one
        bordered = has_borders(marks, line)
        cells = [c for c in fit_cells(marks, line, len(columns)) if bordered or not c.is_empty]
        if any(has_number(marks, c) for c in cells if not c.is_empty):
            return []
        read = [Column(c) if c.is_empty else self._headers.read_header(marks, c) for c in cells]
        named = [c for c in read if not c.cell.is_empty]
        before = named and named[0].cell.right <= heads[0].cell.left
        vein = _vein_of(named[0]) if before else None
        label = named[0] if vein is not None else None
        levels = [c for c in named if c is not label]
        if vein is not None and not sided:
            return []  # so is this
        if len(levels) < _SEVERAL or not all(_is_place(c) for c in levels):
            return []
        owners = {c.cell: find_column(c.cell, heads) or heads[0] for c in levels}
        told = _fits(levels, [owners[c.cell].legs for c in levels])
        held = {c.cell: _take(c, owners[c.cell], told=told) for c in levels}
        if label is not None:
            held[label.cell] = replace(label, properties=("label",))
        return [replace(held.get(c.cell, c), base=vein) for c in read]


def _vein_of(column: Column) -> PlaceGroup | None:
    """The vein that a cell names alone."""
    group = column.group
    alone = group is not None and group.has_vein and not (group.has_spot or group.has_leg)
    return group if alone and not column.properties else None


def _is_place(column: Column) -> bool:
    """Whether a cell is one level or vein, and says nothing of a leg or of what is measured."""
    group = column.group
    if group is None or column.properties or column.units or group.has_leg:
        return False
    alone = group.last - group.first + 1 == column.cell.size
    return alone and len(group.parts) == 1


def _take(column: Column, owner: Column, *, told: bool) -> Column:
    """A level with the leg over the column before it, or the doubt which that is."""
    held = replace(column, properties=owner.properties, units=owner.units)
    if not told:
        return replace(held, leg_unknown=True)
    return replace(held, legs=owner.legs, leg_at=owner.leg_at, leg_unknown=owner.leg_unknown)


def _fits(levels: Sequence[Column], legs: Sequence[tuple[Leg, ...]]) -> bool:
    """Whether each leg has the same levels, and each but once: else their places tell no leg."""
    sorted_by: dict[tuple[Leg, ...], list[tuple[str | None, Spot]]] = {}
    for column, leg in zip(levels, legs, strict=True):
        if column.group is not None:
            part = column.group.parts[0]
            sorted_by.setdefault(leg, []).append((part.vein, part.spot))
    held = list(sorted_by.values())
    return all(places == held[0] and len(set(places)) == len(places) for places in held)

"""The places of a table: what the labels of a row and the header of a column say together."""

from __future__ import annotations

from dataclasses import replace

from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.places.spots import merge_spots
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks


def names_leg_aside(headers: HeaderReader, marks: Marks, row: Row) -> bool:
    """Whether a row names a leg together with its vein, as for comparison: "Left CFV"."""
    groups = [headers.read_place(marks, cell) for cell in row.labels]
    return any(g is not None and g.has_leg and g.has_vein for g in groups)


def row_sites(
    headers: HeaderReader, marks: Marks, row: Row, focus: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The place that the labels of a row name, in the vein that heads the table.

    A label with a word that nothing knows may name another vein: none is taken from above.
    """
    base = row.cells[0][0].base if row.cells else None
    sites = focus if base is None else compose(base, focus)
    if row.stranger:
        sites = tuple(replace(site, vein=None, vein_at=None) for site in sites)
    for cell in row.labels:
        group = headers.read_label(marks, cell)
        if group is None:
            continue
        if not group.has_vein and headers.names_stranger(marks, cell, group):
            sites = tuple(replace(site, vein=None, vein_at=None) for site in sites)
        if row.more is not None and cell is row.labels[-1]:
            more = headers.read_place(marks, row.more)
            group = group if more is None else _complete_level(group, more)
        sites = compose(group, sites)
    return sites


def place_in_column(sites: tuple[Site, ...], column: Column) -> tuple[Site, ...]:
    """The row's place in the column's leg and level."""
    group = column.group
    placed = sites
    if group is not None and (group.has_spot or group.has_vein):
        named = group.has_vein and not group.has_spot
        placed = compose(group, _only_levels(sites) if named else sites)
    if column.legs:
        placed = tuple(replace(s, legs=column.legs, leg_at=column.leg_at) for s in placed)
    return placed


def _only_levels(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The levels of a row, in the vein of its column and not in that of the row above."""
    return tuple(replace(site, vein=None, vein_at=None, anatomy=None) for site in sites)


def _complete_level(group: PlaceGroup, more: PlaceGroup) -> PlaceGroup:
    """The level of a label with the zone that its second line adds."""
    parts = tuple(
        replace(part, spot=merge_spots(part.spot, more.parts[0].spot) or part.spot)
        for part in group.parts
    )
    return replace(group, parts=parts)

"""The places of a table: what the labels of a row and the header of a column say together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import (
    COMPARED,
    COUNTED,
    GROUPS,
    PERFORATORS,
    Doubt,
    Fact,
    Outcome,
    Setting,
)
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.places.places import FILLERS, Part, PlaceGroup
from ultrasound.extract.places.sites import ACCESSORY, Site, compose
from ultrasound.extract.places.spots import LONG_ZONES, complete_zone, merge_spots
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

_SIGNS: Final = (",", ":", "-", "–")
_JUNCTION_OF: Final = {"GSV": "sfj", "SSV": "spj", "AASV": "sfj", "PASV": "sfj"}


def names_leg_aside(headers: HeaderReader, marks: Marks, row: Row) -> bool:
    """Whether a row names a leg together with its vein, as for comparison: "Left CFV"."""
    groups = [headers.read_place(marks, cell) for cell in row.labels]
    return any(g is not None and g.has_leg and g.has_vein for g in groups)


def row_sites(
    headers: HeaderReader, marks: Marks, row: Row, focus: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The place that the labels of a row name, in the vein that heads the table.

    A label with a word that nothing knows may name another vein: none is taken from above. Nor is
    one where each column has a vein of its own.
    """
    base = row.cells[0][0].base if row.cells else None
    sites = focus if base is None or _has_no_levels(headers, marks, row) else compose(base, focus)
    if row.stranger or _has_own_veins(row) or _has_unknown_label(headers, marks, row):
        sites = _forget_vein(sites)
    above: tuple[Cell, PlaceGroup] | None = None
    for cell in row.labels:
        group = headers.read_label(marks, cell)
        if group is None:
            continue
        group = _at_junction(marks, group)
        if above is not None and above[0].last == cell.first:
            group = _complete_zone(group, above[1])
        above = cell, group
        if not group.has_vein and headers.names_stranger(marks, cell, group):
            sites = _forget_vein(sites)
        if row.more is not None and cell is row.labels[-1]:
            more = headers.read_place(marks, row.more)
            group = group if more is None else _complete_level(group, more)
        sites = compose(group, sites)
    return sites


def is_compared(setting: Setting, sites: Sequence[Site]) -> bool:
    """Whether a row is of a vein of the other leg in an exam of one: no row below goes on with it.

    As "R CFV" over "CFV", "FV", "POPV" in an exam of the left leg.
    """
    legs = {leg for site in sites for leg in site.legs}
    one = len(setting.exam_legs) == 1 and not setting.heading_legs
    veins = {site.vein for site in sites}
    return one and bool(legs) and legs.isdisjoint(setting.exam_legs) and veins <= COMPARED


def keep_leg(base: tuple[Site, ...], above: tuple[Site, ...]) -> tuple[Site, ...]:
    """What stands over a table, in the one leg that a row of it named last."""
    legs = {site.legs for site in above}
    if len(legs) != 1 or len(above[0].legs) != 1 or above[0].leg_at is None:
        return base
    sided = Site(above[0].legs, leg_at=above[0].leg_at)
    return tuple(replace(s, legs=sided.legs, leg_at=sided.leg_at) for s in base) or (sided,)


def _forget_vein(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The places of the row above without their vein, and so without its levels."""
    return tuple(Site(site.legs, leg_at=site.leg_at) if site.vein else site for site in sites)


def _has_own_veins(row: Row) -> bool:
    """Whether each value of a row stands under the name of its vein."""
    groups = [column.group for column, _ in row.cells if column.measures]
    return bool(groups) and all(g is not None and g.has_vein and not g.has_spot for g in groups)


def _has_unknown_label(headers: HeaderReader, marks: Marks, row: Row) -> bool:
    """Whether a label with a word that nothing knows names no place: it may be another vein.

    One alone tells which trunk of the vein above it.
    """
    labels = row.labels if len(row.labels) > 1 else ()
    unread = (cell for cell in labels if headers.read_label(marks, cell) is None)
    return any(headers.names_stranger(marks, cell, None) for cell in unread)


def _has_no_levels(headers: HeaderReader, marks: Marks, row: Row) -> bool:
    """Whether a group heads the table of a row that is a level: it is one of the vein over it."""
    base = row.cells[0][0].base
    if base is None or any(part.vein not in GROUPS for part in base.parts):
        return False
    group = headers.read_label(marks, row.labels[-1])
    return group is not None and group.has_spot and not group.has_vein


def _at_junction(marks: Marks, group: PlaceGroup) -> PlaceGroup:
    """The junction of a label that names its trunk before a sign: "Long saphenous, SFJ".

    Joined by "and" or a slash both are meant. So is a perforator of its own name behind the zone
    that it lies in: "Medial thigh, Hunterian".
    """
    trunk, *rest = group.parts
    if len(rest) == 1 and trunk.vein is None and trunk.spot_at and _lies_in(rest[0], trunk):
        sign = marks.tokens[trunk.spot_at[-1].last + 1].text
        return replace(group, parts=tuple(rest)) if sign in _SIGNS else group
    if len(rest) != 1 or trunk.has_spot or trunk.vein_at is None or not rest[0].has_spot:
        return group
    sign = marks.tokens[trunk.vein_at.last + 1].text
    same = rest[0].vein == trunk.vein and sign in _SIGNS
    return (
        replace(group, parts=(replace(rest[0], legs=rest[0].legs or trunk.legs),))
        if same
        else group
    )


def _lies_in(perforator: Part, zone: Part) -> bool:
    """Whether a perforator with a level of its own lies in a zone that is named alone."""
    named = perforator.vein in PERFORATORS and perforator.spot.code is not None
    alone = zone.spot.zone is not None and zone.spot.level is None
    return named and alone and str(perforator.spot.code).endswith(str(zone.spot.zone))


def place_in_column(sites: tuple[Site, ...], column: Column) -> tuple[Site, ...]:
    """The row's place in the column's leg and level."""
    group = None if column.group is None else _of_trunk(column.group, sites)
    placed = sites
    if group is not None and (group.has_spot or group.has_vein):
        named = group.has_vein and not group.has_spot
        if _is_origin(group) and sites and all(site.vein in ACCESSORY for site in sites):
            group = replace(group, parts=tuple(replace(p, vein=None) for p in group.parts))
        placed = compose(group, _only_levels(_of_column(group, sites)) if named else sites)
    if column.legs:
        placed = tuple(replace(s, legs=column.legs, leg_at=column.leg_at) for s in placed)
    return placed


def _of_trunk(group: PlaceGroup, sites: tuple[Site, ...]) -> PlaceGroup:
    """The junction of the row's own trunk in a column of both: "SFJ/SPJ" beside SSV.

    An accessory vein begins at the SFJ.
    """
    junctions = {part.spot.code: part for part in group.parts if part.until is None}
    veins = {site.vein for site in sites}
    if set(junctions) != {"sfj", "spj"} or len(veins) != 1:
        return group
    code = _JUNCTION_OF.get(next(iter(veins)) or "")
    return group if code is None else replace(group, parts=(junctions[code],))


def _of_column(group: PlaceGroup, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The junction of the column's own trunk in a row of both: GSV beside "SFJ/SPJ"."""
    codes = {_JUNCTION_OF.get(part.vein or "") for part in group.parts}
    if {site.spot.code for site in sites} != {"sfj", "spj"} or len(codes) != 1:
        return sites
    own = tuple(site for site in sites if site.spot.code in codes)
    return own or sites


def place_in_cell(
    headers: HeaderReader, marks: Marks, cell: Cell, column: Column, sites: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The place of a cell's number, where the cell names it behind: "8.2 mm (prox thigh)".

    A level of the row's own vein narrows what the label says; a remark is read as a sentence.
    """
    numbers = marks.numbers_in(cell.first, cell.last)
    if len(numbers) != 1 or not column.measures or "comment" in column.properties:
        return sites
    first = numbers[0].last + 1
    group = headers.read_place(marks, replace(cell, first=first)) if first < cell.last else None
    if group is None or not group.has_spot or group.has_leg or len(group.parts) != 1:
        return sites
    named = range(group.first, group.last + 1)
    rest = [t for t in marks.tokens[first : cell.last] if t.index not in named]
    part, veins = group.parts[0], {site.vein for site in sites}
    other = part.vein is not None and part.vein not in veins
    if part.until is not None or other or any(_is_other(t) for t in rest):
        return sites
    return compose(group, sites)


def _is_other(token: Token) -> bool:
    return token.kind == "number" or (token.kind == "word" and token.norm not in FILLERS)


def _is_origin(group: PlaceGroup) -> bool:
    """Whether a column is the SFJ: in the row of an accessory vein it is that one's origin."""
    return all(part.spot.code == "sfj" and part.until is None for part in group.parts)


def only_vein_of(outcomes: Sequence[Outcome]) -> tuple[Site, ...]:
    """The vein that all of a table speaks of; what stands below may go on about it."""
    facts = [o for o in outcomes if isinstance(o, Fact)]
    named = {(fact.leg, fact.vein) for fact in facts}
    if len(named) != 1 or facts[0].leg is None or facts[0].vein in (*COUNTED, *GROUPS):
        return ()
    support = dict(facts[0].support)
    at = support.get("vein") or next(iter(facts[0].named), None)
    return (Site((facts[0].leg,), facts[0].vein, leg_at=support.get("leg"), vein_at=at),)


def _only_levels(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The levels of a row, in the vein of its column and not in that of the row above."""
    return tuple(replace(site, vein=None, vein_at=None, anatomy=None) for site in sites)


def _complete_level(group: PlaceGroup, more: PlaceGroup) -> PlaceGroup:
    """A label with the level, the zone of one, or the leg that its second line adds."""
    own = more.parts[0]
    parts = tuple(
        replace(
            part,
            legs=part.legs or own.legs,
            leg_at=part.leg_at or own.leg_at,
            spot=merge_spots(part.spot, own.spot) or part.spot,
            spot_at=part.spot_at or own.spot_at,
        )
        for part in group.parts
    )
    return replace(group, parts=parts)


def _complete_zone(group: PlaceGroup, above: PlaceGroup) -> PlaceGroup:
    """A zone alone with the level that the line straight over it ends with: "GSV mid", "thigh"."""
    spot, beside = group.parts[0].spot, above.parts[-1].spot
    alone = len(group.parts) == 1 and not group.has_vein and spot.level is None
    if not alone or beside.zone or spot.zone not in LONG_ZONES or not beside.level:
        return group
    part = replace(group.parts[0], spot=complete_zone(beside, spot))
    return replace(group, parts=(part,))


def tell_unread(
    headers: HeaderReader, marks: Marks, row: Row, sites: tuple[Site, ...]
) -> Iterator[Doubt]:
    """A row of which nothing was read, though it is filled and names a vein."""
    filled = any(headers.is_filled(marks, cell) for _, cell in row.cells)
    if filled and any(site.vein for site in sites):
        label = row.labels[-1]
        yield Doubt("unread", (label.first, label.last - 1), name_leg(sites), name_vein(sites))


def own_first(marks: Marks, row: Row) -> int:
    """The first token of a row; what heads it on a line above is none of its own."""
    if not row.labels:
        return 0
    own = row.labels[-1].first
    while own > row.labels[0].first and "\n" not in marks.tokens[own].gap:
        own -= 1
    return own

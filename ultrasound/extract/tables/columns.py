"""The columns of a table, and how the lines of its header describe them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.words.sides import Sides
from ultrasound.knowledge.schema_text import Unit
from ultrasound.value import value_type

# What a column can hold beside the values of its rows' places.
ASIDE: Final[Mapping[str, str]] = {
    "height": "distance",
    "repeat": "unspecific",
    "unit": "unspecific",
    "limits": "threshold",
}
UNHEADED: Final = "unheaded"  # what a column without a header holds
_NO_VALUES: Final = frozenset({"label", "comment", *ASIDE})
_SEVERAL: Final = 2  # legs or veins side by side


@value_type
class Column:
    """What a column holds, by its header; a ``bare`` one is a unit and no name.

    ``group`` is the place that its header names, ``base`` the vein that heads its table; ``sides``
    are the legs of the values about a slash in its cells, which ``leg_at`` names. With
    ``leg_unknown`` it is one of several legs, and nothing says which. An ``answer`` is what ticks
    under it say of its properties; one that ``finds`` says "absent" of reflux, not of the vein.
    """

    cell: Cell
    properties: tuple[str, ...] = ()
    units: tuple[tuple[Unit, Span], ...] = ()
    legs: tuple[Leg, ...] = ()
    leg_at: Span | None = None
    group: PlaceGroup | None = None
    prior: bool = False
    current: bool = False
    bare: bool = False
    base: PlaceGroup | None = None
    leg_unknown: bool = False
    sides: Sides = ()
    answer: bool = False
    finds: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """What its codes answer."""
        return ("reflux_answer", *self.properties) if self.finds else self.properties

    @property
    def is_label(self) -> bool:
        """Whether it names the places of the rows."""
        return "label" in self.properties

    @property
    def has_values(self) -> bool:
        """Whether its header names something that its cells state."""
        return any(name != "label" for name in self.properties)

    @property
    def measures(self) -> bool:
        """Whether its cells state something of the places of their rows."""
        return not _NO_VALUES.issuperset(self.properties)

    @property
    def names_vein(self) -> bool:
        """Whether its header is a vein, and nothing that is measured."""
        return self.group is not None and self.group.has_vein and not self.has_values

    @property
    def aside(self) -> str | None:
        """The rule by which its cells are no values: they tell where, or say a value again."""
        return next((ASIDE[name] for name in self.properties if name in ASIDE), None)

    @property
    def is_unheaded(self) -> bool:
        """Whether no header says what its cells hold."""
        return UNHEADED in self.properties

    @property
    def divides(self) -> bool:
        """Whether the header only says whose values: "Prior", "Today", or a leg."""
        return bool(self.prior or self.current or self.legs) and not self.properties

    @property
    def says_something(self) -> bool:
        """Whether the header was understood."""
        return bool(self.properties or self.legs or self.group or self.prior or self.current)

    @property
    def is_strange(self) -> bool:
        """Whether its header has words that say nothing known: its cells are no measurements."""
        return not self.cell.is_empty and not self.says_something and not self.units


def find_column(cell: Cell, columns: Sequence[Column]) -> Column | None:
    """The column of values that a cell stands under, by its place in the line."""
    values = [c for c in columns if not c.is_label]

    def distance(column: Column) -> tuple[bool, int]:
        if cell.overlap(column.cell) > 0:
            middle = abs(cell.left + cell.right - column.cell.left - column.cell.right)
            return False, middle
        return True, abs(cell.left - column.cell.left)

    return min(values, key=distance, default=None)


def heads_places(columns: Sequence[Column]) -> bool:
    """Whether veins stand side by side, or the levels of one: what a row measures may name it."""
    groups = (c.group for c in columns if not c.is_label)
    levels = all(c.base is not None for c in columns)
    return all(g is not None and (g.has_vein or (levels and g.has_spot)) for g in groups)


def are_levels(columns: Sequence[Column]) -> bool:
    """Whether levels stand side by side, and nothing says of which vein."""
    bare = not any(c.properties or c.legs or c.base for c in columns)
    return bare and all(c.group is not None and not c.group.has_vein for c in columns)


def head_levels(columns: list[Column], over: PlaceGroup | None) -> list[Column]:
    """Levels side by side in the vein of the caption over them: "Left GSV, duplicated"."""
    named = over is not None and over.has_vein
    return [replace(c, base=over) for c in columns] if named else columns


def name_legs(columns: list[Column]) -> list[Column]:
    """Let "RIGHT LEG" beside "LEFT LEG" be a leg, and no name for the places of the rows."""
    named = [bool(c.legs) and c.properties == ("label",) for c in columns]
    if len({c.legs for c, name in zip(columns, named, strict=True) if name}) < _SEVERAL:
        return columns
    return [replace(c, properties=()) if n else c for c, n in zip(columns, named, strict=True)]


def name_label(columns: list[Column]) -> list[Column]:
    """A first column beside one for each leg names the rows: "Finding | R | L", "GSV  R  L"."""
    first, *rest = columns
    legs = {c.legs for c in rest if c.divides and c.legs}
    if len(legs) < _SEVERAL or len(rest) != len(legs):
        return columns
    vein = first.group if first.group is not None and first.group.has_vein else None
    if first.properties != ("comment",) and (first.properties or first.legs or vein is None):
        return columns
    return [
        replace(first, properties=("label",), base=vein),
        *(replace(c, base=vein) for c in rest),
    ]


def keep_veins(columns: list[Column]) -> list[Column]:
    """Beside veins "PRV" is one of them, not a velocity; else it is a velocity, and no vein."""
    named = [c.group is not None and c.group.has_vein for c in columns]
    doubtful = [n and c.properties == ("velocity",) for n, c in zip(named, columns, strict=True)]
    pairs = list(zip(doubtful, columns, strict=True))
    if sum(n and not c.properties for n, c in zip(named, columns, strict=True)) < _SEVERAL:
        return [replace(c, group=None) if d and _is_peroneal(c) else c for d, c in pairs]
    return [replace(c, properties=()) if d else c for d, c in pairs]


def _is_peroneal(column: Column) -> bool:
    """Whether the only place of a header is the peroneal vein, as "PRV" may be."""
    return column.group is not None and {p.vein for p in column.group.parts} == {"PRV"}


def settle_columns(columns: Sequence[Column]) -> list[Column]:
    """A leg over the labels is that of all rows; a bare length beside diameters is a height."""
    settled = list(columns)
    head = settled[0]
    if head.legs and not head.has_values and not any(c.legs for c in settled[1:]):
        settled = [replace(c, legs=head.legs, leg_at=head.leg_at) for c in settled]
        settled[0] = replace(settled[0], properties=("label",))
    settled = _head_rows(carry_veins(_head_vein(settled)))
    if any(c.current for c in settled):  # the visits before today's
        settled = [replace(c, prior=True) if _is_bare(c) else c for c in settled]
    if any("diameter" in c.properties and not c.bare for c in settled):
        settled = [
            replace(c, properties=("height",)) if c.bare and c.properties == ("diameter",) else c
            for c in settled
        ]
    return settled


def carry_veins(columns: list[Column]) -> list[Column]:
    """Columns behind one of several veins are of that vein: "LSV reflux | duration (s)"."""
    named = [c.group for c in columns if c.group is not None and c.group.has_vein and c.measures]
    veins = {part.vein for group in named for part in group.parts}
    if len(named) < _SEVERAL or len(veins) < _SEVERAL or any(group.has_spot for group in named):
        return columns
    carried, last = list[Column](), None
    for column in columns:
        last = column.group or last
        of_last = column.measures and column.group is None
        carried.append(replace(column, group=last) if of_last else column)
    return carried


def _head_vein(columns: list[Column]) -> list[Column]:
    """Columns behind the vein that heads them: its levels side by side, or what is measured of it.

    "GSV (mm/s)" over its levels says what their cells hold, too.
    """
    head, *rest = columns
    if head.group is None or not head.group.has_vein or head.group.has_spot or not rest:
        return columns
    spots = (c.group for c in rest)
    levels = all(g is not None and (g.has_spot or not g.has_vein) for g in spots)  # as the SFJ
    bare = levels and not any(c.properties for c in rest)
    named = [name for name in head.properties if name != "label"]
    if named and not (bare and head.measures):
        return columns
    if not levels and not all(c.measures and not c.group for c in rest):
        return columns
    told = (
        [replace(c, properties=head.properties, units=head.units) for c in rest] if named else rest
    )
    label = replace(head, properties=("label",), units=(), bare=False)
    return [replace(c, base=head.group) for c in (label, *told)]


def _head_rows(columns: list[Column]) -> list[Column]:
    """Columns whose rows are all perforators or tributaries: "Side | Perforator | mm"."""
    for index, column in enumerate(columns):
        group = column.group
        if group is None or column.has_values:
            continue
        if any(part.vein not in COUNTED for part in group.parts):
            continue
        if any(c.measures for c in columns):
            headed = [replace(c, base=c.base or group) for c in columns]
            headed[index] = replace(headed[index], properties=("label",))
            return headed
    return columns


def _is_bare(column: Column) -> bool:
    """Whether a header has words, and none that says what its column holds."""
    told = column.current or column.properties or column.legs or column.group
    return not told and not column.cell.is_empty


def names_vein(columns: Sequence[Column]) -> bool:
    """Whether a line below the header is the name of a vein alone: it heads rows, no column."""
    filled = [c for c in columns if not c.cell.is_empty]
    group = filled[0].group if len(filled) == 1 else None
    return group is not None and group.has_vein and not filled[0].measures

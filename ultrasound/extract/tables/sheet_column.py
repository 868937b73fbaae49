"""The columns of a sheet, and how the lines of its header say together what each holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.divided import merge_headers
from ultrasound.extract.tables.leg_columns import doubt_legs
from ultrasound.extract.tables.table_cells import Cell, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF
from ultrasound.value import value_type

UNNAMED: Final = ((), ("value",))  # what columns hold that their rows name
_TWO: Final = 2  # legs side by side
_TRUNKS: Final = 2


@value_type
class SheetColumn:
    """A column, with the places that further header lines name over it."""

    column: Column
    heads: tuple[Cell, ...] = ()


def are_sides(columns: Sequence[Column]) -> bool:
    """Whether a line names legs or visits and nothing else."""
    return all(column.divides for column in columns if not column.cell.is_empty)


def lead_legs(columns: list[Column]) -> list[Column]:
    """Two tables side by side, each leg over its own labels: "RIGHT  mm  s  LEFT  mm  s"."""
    sides = [order for order, column in enumerate(columns) if column.legs and column.divides]
    behind = [c for order, c in enumerate(columns) if order - 1 in sides]
    if len(sides) < _TWO or sides[0] or not all(c.measures and not c.legs for c in behind):
        return columns
    led, side = list[Column](), columns[0]
    for order, column in enumerate(columns):
        side = column if order in sides else side
        label = replace(column, properties=("label",))
        legs = replace(column, legs=side.legs, leg_at=side.leg_at)
        led.append(label if order in sides else legs)
    return led


def merge_below(columns: list[Column], more: Sequence[Sequence[Column]]) -> list[Column]:
    """Columns with what further lines below their names add: units, or a name of the labels."""
    for line in more:
        columns = merge_headers(columns, line)
    return columns


def hand_down_to(upper: Sequence[Column], lower: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns of a header line with what the line over it says of them; none if it is open.

    As many names as columns stand over one each. Legs share the columns evenly between them; what
    else stands over several is of those below it, and between borders a name is of the columns up
    to the next: the cells behind it are joined to its own.
    """
    over = [c for c in upper if not c.cell.is_empty]
    sides = [c for c in over if c.divides]
    if len(over) == len(lower):
        owners: Sequence[Column | None] = over
    elif len(sides) > 1 and len(over) - len(sides) <= 1:
        owners = _share(sides, lower)
        corner = over[0] if over[0] not in sides and over[0].group is not None else None
        lower = [replace(c, heads=(corner.cell, *c.heads)) if corner else c for c in lower]
    elif spans_cells(upper):
        owners = [_last_before(over, c.column.cell) for c in lower]
    elif all(c.names_vein for c in over) and _repeats(len(over), _kinds(lower)):
        owners = _share(over, lower)
    else:
        owners = [_nearest(over, c.column.cell) for c in lower]
    return [
        headed if owner is None else _join(owner, headed)
        for owner, headed in zip(owners, lower, strict=False)
    ]


def _kinds(columns: Sequence[SheetColumn]) -> list[tuple[str, ...]]:
    """What the columns of values hold, from left to right."""
    return [c.column.properties for c in columns if not c.column.is_label]


def spans_cells(columns: Sequence[Column]) -> bool:
    """Whether an empty cell between borders stands behind each of several names in a line."""
    named = [order for order, c in enumerate(columns) if not c.cell.is_empty]
    joined = [order for order in named if all(c.cell.is_empty for c in columns[order + 1 :][:1])]
    return len(named) == len(joined) >= _TWO


def _last_before(columns: Sequence[Column], cell: Cell) -> Column | None:
    """The name over a column or the last one before it; None for a column before all names."""
    return next((c for c in reversed(columns) if c.cell.left <= cell.left), None)


def _nearest(columns: Sequence[Column], cell: Cell) -> Column:
    return max(columns, key=lambda column: column.cell.overlap(cell))


def share_again(
    columns: list[SheetColumn], before: Sequence[SheetColumn]
) -> list[SheetColumn] | None:
    """A further header that names the same twice, under the legs of the one before it.

    None where no legs can be told for it.
    """
    told = [c.column for c in columns]
    if doubt_legs(told) == told:
        return columns
    sides = list({c.column.legs: c.column for c in before if c.column.legs}.values())
    owners = _share(sides, columns) if len(sides) > 1 else []
    if not owners:
        return None
    return [
        c
        if side is None
        else replace(c, column=replace(c.column, legs=side.legs, leg_at=side.leg_at))
        for c, side in zip(columns, owners, strict=True)
    ]


def _share(sides: Sequence[Column], lower: Sequence[SheetColumn]) -> list[Column | None]:
    """The leg or visit over each column, None over a label; nothing if they are uneven."""
    labels = [c for c in lower if c.column.is_label or (c.column.cell.is_empty and c is lower[0])]
    values = [c for c in lower if c not in labels]
    if len(values) % len(sides):
        return []
    size = len(values) // len(sides)
    shared = iter(sides[i // size] for i in range(len(values)))
    return [None if headed in labels else next(shared) for headed in lower]


def _join(upper: Column, headed: SheetColumn) -> SheetColumn:
    """A column under another header; the lower names what it measures, where both do.

    A unit alone names nothing under a word: "Depth" over "(mm)".
    """
    lower = headed.column
    told = lower.has_values and not (lower.bare and upper.has_values)
    named = lower.properties if told else upper.properties or lower.properties
    joined = replace(
        lower,
        properties=named,
        units=lower.units or upper.units,
        legs=lower.legs or upper.legs,
        leg_at=lower.leg_at or upper.leg_at,
        group=lower.group or upper.group,
        prior=lower.prior or upper.prior,
        current=lower.current or upper.current,
    )
    place = upper.group if lower.group is not None else None
    heads = headed.heads if place is None else (upper.cell, *headed.heads)
    return SheetColumn(joined, heads)


def counts_rows(cell: Cell, columns: Sequence[SheetColumn]) -> bool:
    """Whether a cell stands under the head of the numbers of rows."""
    over = [c.column for c in columns if cell.overlap(c.column.cell) > 0]
    return bool(over) and all("repeat" in column.properties for column in over)


def tells_which(marks: Marks, column: Column, cell: Cell) -> bool:
    """Whether words tell which of the veins that a leg has several of: "Perforator | unnamed"."""
    if column.group is None or column.has_values or column.legs:
        return False
    counted = all(part.vein in COUNTED for part in column.group.parts)
    return counted and not marks.has_digits(cell.first, cell.last)


def is_sided(cell: Cell, columns: Sequence[SheetColumn]) -> bool:
    """Whether a cell stands under a leg: behind a label it is what was found there."""
    over = [c.column for c in columns if cell.overlap(c.column.cell) > 0]
    return any(column.divides and column.legs for column in over)


def heads_trunks(
    headers: HeaderReader, marks: Marks, columns: Sequence[Column], below: Line | None
) -> bool:
    """Whether veins alone head columns: the line below begins before them.

    It names the same measures for each of them, or is a row of two, which begins with a level.
    """
    if below is None or len(columns) < _TRUNKS or not all(c.names_vein for c in columns):
        return False
    label, *cells = cut_cells(marks, below)
    if label.is_empty or label.right > columns[0].cell.left:
        return False
    named = [headers.read_header(marks, cell) for cell in cells]
    if headers.read_header(marks, label).is_label and all(c.has_values for c in named):
        return _repeats(len(columns), [c.properties for c in named])
    level = headers.read_place(marks, label)
    own = level is not None and (not level.has_vein or label.size == 1)  # "mid calf", "SFJ"
    return len(columns) == _TRUNKS and level is not None and level.has_spot and own


def _repeats(times: int, kinds: Sequence[tuple[str, ...]]) -> bool:
    """Whether what columns hold comes several times over, in one order."""
    size, odd = divmod(len(kinds), times)
    return size > 1 and not odd and list(kinds) == list(kinds[:size]) * times


def add_name(named: Column | None, told: Column) -> Column:
    """What a further label says: another name, or the unit of the one before it."""
    if named is None or not told.bare:
        return told
    return replace(named, units=named.units or told.units)


def name_column(column: Column, over: Column | None) -> Column:
    """A column with what its row or the lines over it name, where it names nothing itself.

    Or several, as "Diameter in mm, reflux in s" over "GSV diameter" and "GSV reflux".
    """
    one = over is not None and {*over.properties} < {*column.properties}
    if over is None or not (one or column.properties in UNNAMED):
        return column
    kinds = {KIND_OF.get(name) for name in over.properties}
    units = tuple(unit for unit in column.units if not one or unit[0].kind in kinds)
    return replace(column, properties=over.properties, units=units or over.units)

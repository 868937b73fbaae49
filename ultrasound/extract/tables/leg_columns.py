"""Whose columns: the leg that a header names over each, or that none can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.grouped_cells import group_of, is_grouped
from ultrasound.extract.words.marks import Marks

_PAIR: Final = 2  # sides about a label
_LETTERS: Final = {"r": Leg.RIGHT, "l": Leg.LEFT}
_NEAR: Final = 1  # columns of text between a leg and the first column below it

Block = list[int]


def share_legs(columns: list[Column], over: Sequence[Column]) -> list[Column]:
    """Give columns the leg of the group header over them, or the doubt whose they are."""
    if not over:
        return columns
    labels = _labels_of(columns)
    values = [i for i, c in enumerate(columns) if i not in labels and not c.legs]
    blocks = _find_legs(columns, values, over)
    shared = list(columns)
    for block, head in zip(blocks, over, strict=False):
        for index in block:
            shared[index] = replace(shared[index], legs=head.legs, leg_at=head.leg_at)
    if values and not blocks:
        return [c if c.is_label or c.legs else replace(c, leg_unknown=True) for c in shared]
    return shared


def doubt_legs(columns: list[Column]) -> list[Column]:
    """Columns of which some must be of the other leg, and nothing says which: no leg is theirs.

    One without a leg beside columns of both, or the same columns twice with no leg over them.
    """
    legs = {c.legs for c in columns if c.legs and not c.is_label}
    if len(legs) < _PAIR and (legs or not _are_twins(columns)):
        return columns
    return [c if c.is_label or c.legs else replace(c, leg_unknown=True) for c in columns]


def _are_twins(columns: Sequence[Column]) -> bool:
    """Whether the same columns stand on both sides of a label, or twice behind or before it."""
    if any(c.prior or c.current or c.group or c.base or c.answer for c in columns):
        return False
    measured = [i for i, c in enumerate(columns) if c.measures]
    sides = _sides_of(_labels_of(columns), measured)
    if sides:
        return _kinds(columns, sides[0]) == _kinds(columns, sides[1])
    half, odd = divmod(len(measured), _PAIR)
    blocks = [measured[:half], measured[half:]]
    return half > 1 and not odd and _kinds(columns, blocks[0]) == _kinds(columns, blocks[1])


def _kinds(columns: Sequence[Column], block: Block) -> list[tuple[str, ...]]:
    """What the columns of a block hold, in an order of its own: a side may be mirrored."""
    return sorted(columns[i].properties for i in block)


def _order(columns: Sequence[Column], block: Block) -> tuple[tuple[str, ...], ...]:
    """What the columns of a block hold, from left to right."""
    return tuple(columns[i].properties for i in block)


def _find_legs(columns: Sequence[Column], values: Block, over: Sequence[Column]) -> list[Block]:
    """The columns below each leg; nothing where that cannot be told."""
    if is_grouped(columns):
        grouped = [[i for i in values if group_of(columns[i]) == group_of(leg)] for leg in over]
        if all(grouped):
            return grouped
    if len(values) < len(over):
        return []
    if len(values) == len(over):
        return [[i] for i in values]
    blocks = find_blocks(columns, len(over))
    fits = len({tuple(_kinds(columns, block)) for block in blocks}) == 1
    if fits or (len(over) == _PAIR and _sides_of(_labels_of(columns), values)):
        return blocks
    return _anchor(columns, values, over)


def _anchor(columns: Sequence[Column], values: Block, over: Sequence[Column]) -> list[Block]:
    """The columns from below each leg up to the next, where each leg stands over a first one."""
    starts = []
    for leg in over:
        below = [i for i in values if abs(columns[i].cell.left - leg.cell.left) <= _NEAR]
        starts += below[:1]
    if len(starts) < len(over) or starts[0] != values[0] or starts != sorted(set(starts)):
        return []
    ends = [*starts[1:], len(columns)]
    blocks = [[i for i in values if a <= i < b] for a, b in zip(starts, ends, strict=True)]
    kinds = [_kinds(columns, block) for block in blocks]
    twice = any(len(set(map(tuple, k))) < len(k) for k in kinds)  # a property of one leg alone
    return [] if twice else blocks


def _labels_of(columns: Sequence[Column]) -> Block:
    """The columns that name the rows; where no header says so, the only one without any."""
    labels = [i for i, c in enumerate(columns) if c.is_label]
    bare = [i for i, c in enumerate(columns) if c.cell.is_empty]
    return labels or (bare if len(bare) == 1 else [])


def _sides_of(labels: Sequence[int], values: Sequence[int]) -> list[Block]:
    """The columns before and behind a label between them; nothing without one."""
    between = [i for i in labels if values and values[0] < i < values[-1]]
    if not between:
        return []
    return [[i for i in values if i < between[0]], [i for i in values if i > between[0]]]


def find_blocks(columns: Sequence[Column], count: int) -> list[Block]:
    """The columns of values in ``count`` blocks, which hold the same properties in one order.

    Else about a label between them, else of one size behind the labels.
    """
    labels = _labels_of(columns)
    values = [i for i, c in enumerate(columns) if i not in labels and not c.legs]
    told = [i for i in values if columns[i].properties]
    for held in (values, told):  # a header that is not understood is of the block that it is in
        blocks = _cut_blocks(held, count)
        even = len(held) % count == 0 or held is told
        if told and even and len({_order(columns, block) for block in blocks}) == 1:
            return blocks
    sides = _sides_of(labels, values) if count == _PAIR else []
    if sides:
        return sides
    while len(values) > count and len(values) % count:
        values = values[1:]  # the odd ones name the rows
    return _cut_blocks(values, count)


def _cut_blocks(values: Sequence[int], count: int) -> list[Block]:
    size = max(1, len(values) // count)
    return [list(values[k * size : (k + 1) * size]) for k in range(count)]


def take_letters(marks: Marks, columns: Sequence[Column]) -> list[Column]:
    """The columns of which small letters name the legs: "l-compress, r-compress", "diam r"."""
    named = {c.cell: _find_letter(marks, c) for c in columns if not (c.legs or c.cell.is_empty)}
    if {marks.tokens[at].norm for at in named.values() if at is not None} != set(_LETTERS):
        return list(columns)
    return [
        replace(c, legs=(_LETTERS[marks.tokens[at].norm],), leg_at=(at, at))
        if (at := named.get(c.cell)) is not None
        else c
        for c in columns
    ]


def _find_letter(marks: Marks, column: Column) -> int | None:
    """The only letter of a leg in a header that measures something."""
    tokens = marks.tokens[column.cell.first : column.cell.last]
    letters = [token.index for token in tokens if token.text in _LETTERS]
    return letters[0] if len(letters) == 1 and column.measures and column.has_values else None


def take_times(marks: Marks, columns: Sequence[Column]) -> list[Column]:
    """The columns of which "rt" heads one of times: "diam_mm,rt_ms", "diam,rt,compress".

    Without a unit it does beside a column of what is measured, where no other names a leg: it may
    head one column of each leg.
    """
    legs = [c for c in columns if c.legs]
    alone = len(legs) == 1 or all(_is_rt(marks, c) for c in legs)
    sized = alone and any(c.measures and c.has_values for c in columns)
    return [
        replace(c, legs=(), leg_at=None, properties=c.properties or ("reflux_time",))
        if _is_rt(marks, c) and (_is_timed(c) or (sized and c.cell.size == 1))
        else c
        for c in columns
    ]


def _is_rt(marks: Marks, column: Column) -> bool:
    """Whether a header begins with the word, which here is a leg."""
    first = column.cell.first
    return column.leg_at == (first, first) and marks.tokens[first].norm == "rt"


def _is_timed(column: Column) -> bool:
    """Whether a header is a unit of time, and names nothing else."""
    return column.bare and any(unit.kind == "time" for unit, _ in column.units)

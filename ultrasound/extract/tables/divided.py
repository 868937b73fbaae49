"""Lines of a header put together: units under names, and names divided by legs or visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_kinds import Kind

_SEVERAL: Final = 2  # legs side by side
_NEAR: Final = 3  # columns of text between a header word and its unit on the line below


@dataclass(slots=True)
class Head:
    """The columns that the lines of a header have named so far, and the legs over them.

    ``row`` are the legs with the label of their line, where borders set them apart.
    """

    columns: list[Column] = field(default_factory=list)
    over: list[Column] = field(default_factory=list)
    row: list[Column] = field(default_factory=list)

    def take(self, kind: Kind, read: Sequence[Column], *, bordered: bool) -> bool:
        """Add the next line; False where it is none of the header."""
        legs = [c for c in read if c.legs] if kind == "legs" else []
        told = [c for c in read if not c.cell.is_empty]
        if self.columns and len(told) == 1 and told[0].legs and not told[0].measures:
            return False  # "RIGHT LEG" heads the rows below it
        if legs and can_divide(self.columns, legs):
            self.columns = divide_columns(self.columns, legs)
        elif kind == "legs":
            self.over, self.row = legs, list(read) if bordered else []
        elif divided := divide_sided(self.columns, read) if kind == "header" else []:
            self.columns = divided
        elif kind == "header":
            self.columns = merge_headers(self.columns, read) if self.columns else list(read)
        elif self.columns and read and all(c.divides for c in read):
            self.columns = divide_columns(self.columns, read)
        else:
            return False
        return True


def merge_headers(columns: list[Column], more: Sequence[Column]) -> list[Column]:
    """A further header line: units under their names, or columns of its own."""
    merged = list(columns)
    for extra in more:
        if extra.cell.is_empty:
            continue
        gaps = [max(0, -column.cell.overlap(extra.cell)) for column in merged]
        nearest = gaps.index(min(gaps))
        if gaps[nearest] > _NEAR:
            merged.append(extra)
        else:
            merged[nearest] = _merge_column(merged[nearest], extra)
    return sorted(merged, key=lambda c: c.cell.left)


def _merge_column(base: Column, extra: Column) -> Column:
    named = base.is_label and extra.measures and not extra.bare  # "Vein" over "diameter"
    return replace(
        base,
        properties=extra.properties if named else base.properties or extra.properties,
        units=base.units + extra.units,
        legs=base.legs or extra.legs,
        leg_at=base.leg_at or extra.leg_at,
        prior=base.prior or extra.prior,
        sides=base.sides or extra.sides,
        cell=replace(
            base.cell,
            left=min(base.cell.left, extra.cell.left),
            right=max(base.cell.right, extra.cell.right),
        ),
    )


def can_divide(columns: Sequence[Column], parts: Sequence[Column]) -> bool:
    """Whether legs stand under each of several names: "Reflux" over "R  L"."""
    named = sum(c.measures and c.has_values for c in columns)
    return bool(named) and len(parts) > named and len(parts) % named == 0


def divide_columns(columns: list[Column], parts: Sequence[Column]) -> list[Column]:
    """Named columns divided by a line of "Prior" and "Today", or of legs, under their names."""
    named = [c for c in columns if c.measures and c.has_values]
    if not named:
        return columns
    size = max(1, len(parts) // len(named))
    owners = [named[min(i // size, len(named) - 1)] for i in range(len(parts))]
    divided = [
        replace(part, properties=owner.properties, units=owner.units)
        for part, owner in zip(parts, owners, strict=True)
    ]
    rest = [c for c in columns if c not in named and not c.is_label and c.has_values]
    return [c for c in columns if c.is_label] + divided + rest


def divide_sided(columns: list[Column], line: Sequence[Column]) -> list[Column]:
    """Columns divided by the legs of a line with names of its own: "SEGMENT  R  L  R  L  NOTE"."""
    legs = [c for c in line if c.legs and c.divides]
    others = [c for c in line if c not in legs and not c.cell.is_empty]
    if len(legs) < _SEVERAL or not can_divide(columns, legs) or any(c.legs for c in others):
        return []
    divided = [c for c in divide_columns(columns, legs) if not c.cell.is_empty]
    return sorted([*divided, *others], key=lambda column: column.cell.left)

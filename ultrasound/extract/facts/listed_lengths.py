"""What a length measures where a declaration orders a diameter and a depth for each place."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.facts.bare_names import name_listed
from ultrasound.extract.facts.fact import Setting
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.units import KIND_OF


def name_length(
    a: Assignment, number: Number, everything: Sequence[Assignment], setting: Setting
) -> str | None:
    """The property of a length by its place in the list: "7.1 mm   12 mm   1.4 s".

    Behind "level: diameter / depth / reflux"; a height in centimetres may stand before them.
    """
    names = [name for name in setting.listed if KIND_OF.get(name) == "length"]
    if len(set(names)) < len(names) or "depth" not in names or "diameter" not in names:
        return name_listed(a, setting.listed)
    found = {b.number.first: b.number for b in everything if b.number and b.sites == a.sites}
    lengths = [n for _, n in sorted(found.items()) if n.unit and n.unit.kind == "length"]
    if lengths == [number] and a.chunk.separator == "start" and a.chunk.first > setting.first:
        return _name_cell(names, setting)
    while len(lengths) > len(names) and lengths[0].unit and lengths[0].unit.centi:
        lengths = lengths[1:]
    if len(lengths) != len(names) or number not in lengths:
        return name_listed(a, setting.listed)
    return names[lengths.index(number)]


def _name_cell(names: Sequence[str], setting: Setting) -> str | None:
    """The property of a cell of its own: the one behind that of the cell before it."""
    before = setting.row[-1][0] if setting.row and setting.row_at >= setting.first else None
    place = names.index(before) + 1 if before in names else 0
    return names[place] if place < len(names) else None

"""Numbers with their places of which one alone has the unit: "SFJ 9, mid thigh 6, knee 5 mm".

As in "9 mm at the SFJ, 6 at mid thigh and 5 at the knee", or "6 (thigh) and 4 mm (calf)".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.quantities import Number, read_number
from ultrasound.extract.words.tokens import Token

_JOINTS: Final = frozenset({",", "and", "&", ";"})
_LEADING: Final = frozenset({"at", "in", "the", "is", "=", "-", "–", "(", ")", "[", "]"})
_ALIKE: Final = 4  # how many times as large as the least one the largest is at most
_KINDS: Final = ("length", "time")

_Elements = Sequence[Element | PlaceGroup]


def share_list_unit(elements: _Elements) -> _Elements:
    """Give each number of such a list the unit of the one that has it.

    Behind that one it is assumed.
    """
    if sum(isinstance(e, Number) and e.unit is None for e in elements) == 0:
        return elements
    shared = list(elements)
    for run in _find_runs(elements):
        numbers = [e for at in run if isinstance(e := elements[at], Number)]
        told = [number for number in numbers if number.unit is not None]
        units = {id(number.unit) for number in told}
        if len(units) != 1 or told[0].unit is None or told[0].unit.kind not in _KINDS:
            continue
        if not _are_alike(numbers):
            continue
        for at in run:
            number = elements[at]
            if isinstance(number, Number) and number.unit is None:
                unit, token = told[-1].unit, told[-1].unit_token
                behind = number.first > told[-1].last
                shared[at] = replace(number, unit=unit, unit_token=token, assumed=behind)
    return shared


def _find_runs(elements: _Elements) -> list[list[int]]:
    """Where the numbers of lists stand whose items are a place and a number each."""
    runs: list[list[int]] = []
    run: list[int] = []
    items = list(_cut_items(elements))
    order = ""
    for start, end in [*items, (0, 0)]:
        found = _read_item(elements[start:end])
        if found is None or (run and order and found[1] and found[1] != order):
            runs += [run] if len(run) > 1 else []
            run, order = [], ""
        if found is not None:
            order = found[1] or order
            run.append(start + found[0])
    return runs


def _cut_items(elements: _Elements) -> list[tuple[int, int]]:
    """The stretches between commas and "and"; a vein before a colon leads the first."""
    cuts, start = [], 0
    for index, element in enumerate(elements):
        if isinstance(element, Token) and (element.norm in _JOINTS or element.text in (":", ".")):
            cuts.append((start, index))
            start = index + 1
    cuts.append((start, len(elements)))
    return [(one, other) for one, other in cuts if other > one]


def _read_item(item: _Elements) -> tuple[int, str] | None:
    """Where the number of an item stands, and whether its level goes before or behind."""
    numbers = [at for at, e in enumerate(item) if isinstance(e, Number)]
    places = [at for at, e in enumerate(item) if isinstance(e, PlaceGroup)]
    rest = [e for e in item if not isinstance(e, (Number, PlaceGroup))]
    plain = all(isinstance(e, Token) and e.norm in _LEADING for e in rest)
    if len(numbers) != 1 or not plain:
        return None
    levels = [at for at in places if _is_level(item[at])]
    veins = [at for at in places if at not in levels]
    if len(levels) != 1 or any(at > min(numbers[0], levels[0]) for at in veins):
        return None
    return numbers[0], "before" if levels[0] < numbers[0] else "behind"


def _is_level(group: Element | PlaceGroup) -> bool:
    """Whether a phrase is one level, be it with its vein."""
    parts = group.parts if isinstance(group, PlaceGroup) else ()
    return len(parts) == 1 and parts[0].has_spot and parts[0].until is None


def _are_alike(numbers: Sequence[Number]) -> bool:
    """Whether numbers can be of one list, and are no times beside sizes."""
    values = [read_number(number.low, None) for number in numbers]
    return min(values) > 0 and max(values) <= _ALIKE * min(values)

"""Several perforators or tributaries at one place, told apart by their measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.fact import PERFORATORS, Fact

_NUMBERED: Final = (*PERFORATORS, "NSV")
_MEASURES: Final = ("diameter", "reflux_time")


def number_items(facts: Sequence[Fact]) -> list[Fact]:
    """Perforators and tributaries at one place that carry different measures are several."""
    groups: dict[tuple[Leg | None, str, str | None], list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        if fact.vein in _NUMBERED and not fact.prior:
            groups[(fact.leg, fact.vein, fact.segment)].append(index)
    numbered = list(facts)
    for indices in groups.values():
        if _are_several([facts[i] for i in indices]):
            _number(numbered, indices)
    return numbered


def _are_several(facts: Sequence[Fact]) -> bool:
    return any(
        len({str(fact.value) for fact in facts if fact.property == name}) > 1 for name in _MEASURES
    )


def _number(facts: list[Fact], indices: Sequence[int]) -> None:
    """A measure said again with another value begins the next item."""
    item = 1
    last: Fact | None = None
    for index in indices:
        fact = facts[index]
        if last is not None and fact.property == last.property and fact.value != last.value:
            item += 1
        if fact.property in _MEASURES:
            last = fact
        facts[index] = replace(fact, item=item)

"""Several perforators or tributaries at one place, told apart by their measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import PERFORATORS, Fact
from ultrasound.extract.places.sites import Span

_NUMBERED: Final = (*PERFORATORS, "NSV")
_MEASURES: Final = ("diameter", "reflux_time")
_CODED: Final = ("reflux", "compressibility", "thrombus", "patency")
_NEAR: Final = 3  # tokens from a finding to its measure
_SEVERAL: Final = 2
_LISTED: Final = 3  # tokens from a value of a list over "and" to the next
_CHANNEL: Final = "duplicated_trunk"
_Place = tuple[Leg | None, str, str | None]


def number_items(facts: Sequence[Fact]) -> list[Fact]:
    """Perforators and tributaries at one place that carry different measures are several.

    So are the trunks of a duplicated vein, which differ in what is found too.
    """
    groups: dict[_Place, list[int]] = defaultdict(list)
    duplicated = {(f.leg, f.vein) for f in facts if f.value == "duplicated" and not f.prior}
    for index, fact in enumerate(facts):
        counted = fact.vein in _NUMBERED or (fact.leg, fact.vein) in duplicated
        channel = _CHANNEL in fact.flags
        told = fact.prior or fact.item is not None
        if counted and not (channel or told) and fact.value != "duplicated":
            groups[(fact.leg, fact.vein, fact.segment)].append(index)
    numbered = list(facts)
    _number_channels(numbered)
    for (_, vein, _), indices in groups.items():
        own = [facts[i] for i in indices]
        if vein in _NUMBERED and _differ(own, _MEASURES):
            _number(numbered, indices, (*_MEASURES, "reflux"))
        elif vein not in _NUMBERED and _differ(own, (*_MEASURES, *_CODED)):
            _number(numbered, indices, (*_MEASURES, *_CODED), flag=_CHANNEL)
    return numbered


def _number_channels(facts: list[Fact]) -> None:
    """A channel of a duplicated vein that is told otherwise than the one before is the next item.

    As in "the medial limb is occluded in the mid thigh, the lateral limb is patent".
    """
    channels: dict[tuple[Leg | None, str], list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        if _CHANNEL in fact.flags:
            channels[fact.leg, fact.vein].append(index)
    for indices in channels.values():
        item, said = 1, list[Fact]()
        for index in indices:
            if any(_differs(facts[index], other) for other in said):
                item, said = item + 1, []
            said.append(facts[index])
            facts[index] = replace(facts[index], item=item)


def _differs(fact: Fact, other: Fact) -> bool:
    """Whether two facts tell different things of one place; a finding may be of all the vein.

    So do a time and a denial in clauses of their own: "medial limb 1.4 s, lateral limb competent".
    """
    refluxes = sorted((f.property, str(f.value)) for f in (fact, other))
    if refluxes[0] == ("reflux", "absent") and refluxes[1][0] == "reflux_time":
        return fact.source != other.source
    if fact.property != other.property or fact.value == other.value:
        return False
    whole = None in (fact.segment, other.segment) and fact.property in _CODED
    return fact.segment == other.segment or whole


def _differ(facts: Sequence[Fact], properties: Sequence[str]) -> bool:
    """Whether one property has several values."""
    return any(
        len({str(fact.value) for fact in facts if fact.property == name}) > 1 for name in properties
    )


def _number(
    facts: list[Fact], indices: Sequence[int], telling: Sequence[str], flag: str | None = None
) -> None:
    """A measure or finding said again with another value begins the next item."""
    item = 1
    said: dict[str, object] = {}
    cues: dict[str, Span] = {}
    paired = _pair_lists(facts, indices)
    for position, index in enumerate(indices):
        fact = facts[index]
        if index in paired:
            facts[index] = replace(fact, item=paired[index])
            continue
        behind = [facts[i] for i in indices[position + 1 : position + 2]]
        again = cues.get(fact.property) == fact.cue  # said once, of each that is measured
        other = said.get(fact.property, fact.value) != fact.value
        if other or _begins_next(fact, behind, said, again=again):
            item += 1
            said = {}
        if fact.property in telling:
            said[fact.property], cues[fact.property] = fact.value, fact.cue
        flags = fact.flags if flag is None else (*fact.flags, flag)
        facts[index] = replace(fact, item=item, flags=flags)


def _begins_next(
    fact: Fact, behind: Sequence[Fact], said: Mapping[str, object], *, again: bool
) -> bool:
    """Whether the same finding is told of the next one, whose measure stands straight behind it.

    As in "at 15 cm (incompetent, 3.9 mm) and 20 cm (incompetent, 4.0 mm)".
    """
    if fact.property not in said or fact.property not in _CODED:
        return False
    return any(
        said.get(f.property, f.value) != f.value and f.property in _MEASURES
        for f in behind
        if again or 0 <= f.cue[0] - fact.cue[1] <= _NEAR
    )


def _pair_lists(facts: Sequence[Fact], indices: Sequence[int]) -> dict[int, int]:
    """The items of two lists as long as each other: "3.2 and 4.1 mm with reflux of 0.8 and 1.1 s".

    Nothing else is measured there.
    """
    runs = {
        name: [i for i in indices if facts[i].property == name and facts[i].value is not None]
        for name in _MEASURES
    }
    lists = list(runs.values())
    many = len(lists[0])
    if many < _SEVERAL or any(len(run) != many or not _is_list(facts, run) for run in lists):
        return {}
    found = [i for i in indices if facts[i].property == "reflux"]
    if len(found) == many and len({facts[i].cue for i in found}) == 1:
        lists.append(found)  # said once, of each that is measured
    return {index: item for run in lists for item, index in enumerate(run, 1)}


def _is_list(facts: Sequence[Fact], run: Sequence[int]) -> bool:
    """Whether values of one kind stand beside each other, in the order of the text."""
    starts = [facts[i].cue[0] for i in run]
    return all(0 < after - before <= _LISTED for before, after in pairwise(starts))

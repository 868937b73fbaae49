"""What a number without a unit measures: by its label, its list, or the line before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, Measure, Setting
from ultrasound.extract.facts.labels import labels_of, labels_over
from ultrasound.extract.facts.reflux_numbers import is_behind_reflux, is_decimal
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import Unit, UnitTable

_LED: Final = 3  # tokens from a number over "in the" to its level
_LISTED: Final = (":", ",", "and", "&")
_SERIES: Final = (",", "and", "&")
_NAMES: Final = {"length": "diameter", "time": "reflux_time"}
_OTHERS: Final = ("the", "one", "side", "on", "is", "was", "only", "leg", "for", "at", "measure")
_PAIR: Final = 2  # numbers about a slash


def name_bare(
    a: Assignment, number: Number, everything: Sequence[Assignment], listed: Sequence[str]
) -> str | None:
    """The property of a number without a unit, by its label or the heading of its list.

    Without either it is a size where it stands straight after its place, and is none of a pair.
    """
    named = _own_name(a, number, everything) or name_listed(a, listed)
    named = named or _name_in_series(a, number, everything)
    named = named or _name_in_items(a, number, everything)
    named = named or _name_of_other_leg(a, everything) or _name_headed(a, everything)
    if named is not None:
        return named
    spoken = any(p.finding and p.last < a.predicate.first for p in a.chunk.predicates)
    placed = any(group.last == a.predicate.first - 1 for group in a.chunk.groups)
    if not is_decimal(number) or spoken or not placed or _is_in_pair(number, everything):
        return None
    supported = any(
        b.predicate.finding is not None
        or (b.number is not None and b.number.unit is not None and b.number is not number)
        for b in everything
    )
    return "diameter" if supported else None


def _is_in_pair(number: Number, everything: Sequence[Assignment]) -> bool:
    """Whether another number stands just beyond a slash: "PT 1.8/5.3", not "PT 6.5 / MT 5.9"."""
    others = [b.number for b in everything if b.number and b.predicate.pair is not None]
    return any(_PAIR in (other.first - number.last, number.first - other.last) for other in others)


def _own_name(a: Assignment, number: Number, everything: Sequence[Assignment]) -> str | None:
    """What the words beside a number say that it measures, whatever its list says."""
    if is_behind_reflux(a, number, everything):
        return "reflux_time"
    own = [p for p in a.chunk.predicates if p.finding and p.finding.kind == "label"]
    labels = labels_of(_beside(own, a.chunk, number) if own else ()) or (
        [] if own else labels_over(a.chunk, everything)
    )
    labels = [name for name in labels if name in KIND_OF]
    return labels[-1] if labels else None


def _beside(labels: Sequence[Predicate], chunk: Chunk, number: Number) -> list[Predicate]:
    """The labels before a number, else those behind it that lead to no other: "4.0 RT 0.8"."""
    before = [p for p in labels if p.last < number.first]
    numbers = [n.first for p in chunk.predicates for n in p.numbers if n.first > number.last]
    behind = [p for p in labels if p.first > number.last and p.last < min(numbers, default=0)]
    ends = [p for p in labels if p.first > number.last and p.last > max(numbers, default=0)]
    return before or ([] if behind else ends)


def _name_in_series(a: Assignment, number: Number, everything: Sequence[Assignment]) -> str | None:
    """What the numbers before it measure, each with its level: "6.9 mm at knee & 5.1 in calf"."""
    chunk = a.chunk
    groups = [g for g in chunk.groups if g.has_spot and not g.has_vein]
    led = len(groups) == len(chunk.groups) == 1 and groups[0].first - number.last <= _LED
    behind = led and groups[0].first > number.last
    if not is_decimal(number) or not behind or chunk.separator not in _SERIES:
        return None
    if any(p.finding is not None for p in chunk.predicates):
        return None
    for b in reversed([b for b in everything if b.predicate.first < a.predicate.first]):
        if b.chunk.clause != chunk.clause or b.number is None or not b.chunk.groups:
            return None
        if b.number.unit is not None:
            deep = "depth" in labels_over(b.chunk, everything)
            name = _NAMES.get(b.number.unit.kind)
            placed = any(g.has_spot for g in b.chunk.groups)
            return None if deep or not placed else name
    return None


def _name_in_items(a: Assignment, number: Number, everything: Sequence[Assignment]) -> str | None:
    """What the numbers at its position in the other items of its line measure.

    As in "mid thigh: 5.9 mm, 2.1 s; knee: 4.4, 2.0 s".
    """
    chunk = a.chunk
    if chunk.separator not in (":", ",") or len(chunk.elements) > 1 or not is_decimal(number):
        return None
    kinds = {
        b.number.unit.kind
        for b in everything
        if b.number
        and b.number.unit
        and b.chunk.separator == chunk.separator
        and b.chunk.clause != chunk.clause
        and len(b.chunk.elements) == 1
    }
    own = {
        b.number.unit.kind
        for b in everything
        if b.number and b.number.unit and b.chunk.clause == chunk.clause
    }
    name = _NAMES.get(next(iter(kinds))) if len(kinds) == 1 else None
    return None if own & kinds else name


def _name_headed(a: Assignment, everything: Sequence[Assignment]) -> str | None:
    """What the only label of a sentence says of the list behind it: "Diameters (mm): SFJ 8, …"."""
    if a.chunk.separator not in _LISTED or len(a.chunk.groups) != 1:
        return None
    first = next((b.chunk for b in everything if b.chunk.separator == ":"), None)
    chunks = {id(b.chunk): b.chunk for b in everything}.values()
    stated = [p for chunk in chunks for p in chunk.predicates if p.finding is not None]
    names = set(labels_of(stated))
    led = first is not None and all(p.last < first.first for p in stated)
    alone = len(names) == 1 and all(p.finding and p.finding.kind == "label" for p in stated)
    return names.pop() if led and alone and names <= KIND_OF.keys() else None


def _name_of_other_leg(a: Assignment, everything: Sequence[Assignment]) -> str | None:
    """What the number of the other leg before it measures: "600 ms, the right one 300"."""
    chunk = a.chunk
    before = [b for b in everything if b.number and b.predicate.first < a.predicate.first]
    if not before or len(chunk.groups) != 1 or len(chunk.predicates) != 1:
        return None
    group, other = chunk.groups[0], before[-1]
    words = [e.norm for e in chunk.elements if isinstance(e, Token) and e.kind == "word"]
    if not group.has_leg or group.has_spot or any(word not in _OTHERS for word in words):
        return None
    legs = {leg for site in other.sites for leg in site.legs}
    apart = legs.isdisjoint(leg for site in a.sites for leg in site.legs)
    unit = other.number.unit if other.number else None
    deep = "depth" in labels_over(other.chunk, everything)
    return _NAMES.get(unit.kind) if unit and legs and apart and not deep else None


def is_first_of_row(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether it is the first of several numbers that alone follow a vein: a row not understood."""
    own = [b for b in everything if b.sites == a.sites]
    alone = len(own) > 1 and all(b.number is not None and b.number.unit is None for b in own)
    return alone and own[0] is a and a.explicit and any(site.vein for site in a.sites)


def is_alone(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether it is the only bare number of its vein: "the SSV is 2.7 at the junction"."""
    bare = [b for b in everything if b.number is not None and b.number.unit is None]
    own = [b for b in bare if b.sites == a.sites]
    return len(own) == 1 and any(site.vein for site in a.sites)


def is_one_of_several(
    a: Assignment, everything: Sequence[Assignment], crowded: frozenset[int]
) -> bool:
    """Whether other bare numbers stand beside one and speak of its place: "SFJ | 7.1 | 1.2".

    A list that declares one thing does not say which of them it is.
    """
    return a.predicate.first in crowded or any(
        b is not a
        and b.number is not None
        and b.number.unit is None
        and b.sites == a.sites
        and b.chunk.prior is a.chunk.prior is None
        and _own_name(b, b.number, everything) is None
        for b in everything
    )


def name_listed(a: Assignment, listed: Sequence[str]) -> str | None:
    """The property that the list's own heading gives a bare number, by its place in a pair."""
    if len(listed) == 1 and a.predicate.pair is None:
        return listed[0]
    pair = a.predicate.pair
    return listed[pair] if pair is not None and len(listed) == _PAIR else None


def name_in_row(a: Assignment, everything: Sequence[Assignment], setting: Setting) -> str | None:
    """What the number at this position measured on the line before, of one list.

    As of 0.70 in "Upper thigh ... 0.74 cm ... 3.6 s" over "Mid thigh ... 0.70 ... 3.3 s".
    """
    numbers = {b.predicate.first: b.number for b in everything if b.number}
    before = sum(at < a.predicate.first for at in numbers)
    place = a.predicate.pair if a.predicate.pair is not None or len(numbers) < _PAIR else before
    named = _name_in_pair(place, [numbers[at] for at in sorted(numbers)], setting.row_pair)
    if named is not None:
        return named
    if a.chunk.separator != ":" or len(a.chunk.elements) > 1:
        return None
    return setting.row[before][0] if before < len(setting.row) else None


def _name_in_pair(
    place: int | None, numbers: Sequence[Number], pair: Sequence[Measure]
) -> str | None:
    """What stands at a place of a row of two, as in the rows before; "08/2020" is a date."""
    if place is None or len(pair) < _PAIR or len(numbers) > _PAIR:
        return None
    if not any(map(is_decimal, numbers)):
        return None
    if len(numbers) == _PAIR:
        apart = numbers[1].first - numbers[0].last != _PAIR
        kinds = [KIND_OF.get(name) for name, _ in pair]
        told = zip(kinds, (number.unit for number in numbers), strict=True)
        if apart or any(unit is not None and unit.kind != kind for kind, unit in told):
            return None
    return pair[place][0]


def counts_veins(a: Assignment, number: Number) -> bool:
    """Whether a number says how many there are, and behind it where: "perforators: 1, mid calf"."""
    few = number.low.isdigit() and len(number.low) == 1 and number.high is None
    counted = bool(a.sites) and all(site.vein in COUNTED for site in a.sites)
    leads = a.chunk.separator == ":" and a.chunk.elements[0] is number
    behind = any(at[0] > number.last for site in a.sites for at in site.spot_at)
    return few and counted and leads and behind


def numbers_item(a: Assignment, number: Number, everything: Sequence[Assignment]) -> bool:
    """Whether it tells perforators apart before what is said: "perforator 1 diameter: 3.7"."""
    few = number.low.isdigit() and len(number.low) == 1 and number.high is None
    named = any(
        g.last == number.first - 1 and all(part.vein in COUNTED for part in g.parts)
        for g in a.chunk.groups
    )
    behind = any(b.chunk.separator == ":" and b.predicate.first > number.last for b in everything)
    labels = [p for p in a.chunk.predicates if p.finding and p.finding.kind == "label"]
    blank = any(p.first == number.last + 1 and p.last == a.chunk.last for p in labels)
    return few and named and (behind or blank)  # "perforator 2 diameter: ____"


def tells_treatment(chunk: Chunk) -> bool:
    """Whether a clause tells a treatment, which a year dates: "harvested for CABG 2012"."""
    return any(p.finding and p.finding.property == "treatment" for p in chunk.predicates)


def name_by_size(
    a: Assignment, everything: Sequence[Assignment], setting: Setting, table: UnitTable
) -> str | None:
    """The one of two declared properties that all lone numbers of a line can be.

    As "CFV 0.4   FV 0   POP 1.2" under "time s / diameter mm": no vein has 0.4 or 0 mm.
    """
    alone = [b for b in everything if b.number and not b.number.unit and b.predicate.pair is None]
    placed = all(_is_straight_behind(b) for b in alone)
    if a not in alone or not placed or len({b.sites for b in alone}) < len(alone):
        return None
    named = zip(setting.listed, setting.listed_units, strict=False)
    fitting = [
        name
        for name, unit in named
        if unit and all(b.number and _can_be(name, b.number, unit[0], table) for b in alone)
    ]
    return fitting[0] if len(setting.listed) == _PAIR and len(fitting) == 1 else None


def _is_straight_behind(a: Assignment) -> bool:
    """Whether a number stands straight behind its place, or behind the wide gap after it."""
    if not a.chunk.groups:
        return a.chunk.first == a.predicate.first
    return any(group.last == a.predicate.first - 1 for group in a.chunk.groups)


def _can_be(name: str, number: Number, unit: Unit, table: UnitTable) -> bool:
    """Whether a number in a unit can be meant as a property; a time may be 0."""
    low, high = number.amounts(unit)
    if low == 0 and high is None:
        return name == "reflux_time"
    limits = table.find_limits(name)
    return limits is not None and limits.least <= low <= limits.most

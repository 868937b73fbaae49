"""When two facts are the same one, agree, or exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ultrasound.domain import (
    ContentItem,
    HeaderElement,
    Observation,
    Quantity,
    Support,
    TextSpan,
)
from ultrasound.numerals import write_bounds

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_SCALES: Final = (1, 10, 100, 1000)

# Values of one property that cannot both be true of one place; others can stand side by side
# ("tortuous" and "duplicated", "phasic" and "normal"), and a silence contradicts nobody.
_SOME_THROMBUS: Final = ("present", "acute", "subacute", "chronic")
_EXCLUSIVE: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "reflux": (frozenset({"present", "absent"}),),
    "thrombus": (
        *(frozenset({"absent", value}) for value in _SOME_THROMBUS),
        frozenset({"acute", "chronic"}),
    ),
    "compressibility": (
        frozenset({"full", "partial"}),
        frozenset({"full", "none"}),
        frozenset({"partial", "none"}),
    ),
    "patency": (frozenset({"patent", "occluded"}), frozenset({"recanalized", "occluded"})),
    "flow": tuple(
        frozenset({"absent", value}) for value in ("normal", "phasic", "continuous", "pulsatile")
    ),
    "treatment_result": (frozenset({"closed", "open"}), frozenset({"closed", "recanalized"})),
}


def excludes(one: Observation, other: Observation) -> bool:
    """Whether two coded values of one property cannot both be true of one place."""
    values = frozenset({str(one.value), str(other.value)})
    return one.property == other.property and values in _EXCLUSIVE.get(one.property, ())


def agrees(one: Quantity, other: Quantity, one_slack: Decimal, other_slack: Decimal) -> bool:
    """Whether two measured values can be the same, bounds and rounding as written considered."""
    if one.unit != other.unit:
        return False
    low, high, low_out, high_out = one.interval
    other_low, other_high, other_low_out, other_high_out = other.interval
    slack = max(one_slack, other_slack)
    below = high is None or _reaches(high + slack, other_low, high_out or other_low_out)
    above = other_high is None or _reaches(other_high + slack, low, low_out or other_high_out)
    return below and above


def _reaches(high: Decimal, low: Decimal, open_end: bool) -> bool:
    return high > low or (high == low and not open_end)


def slack_of(observation: Observation) -> Decimal:
    """Half a unit of the last digit as written: 50 ms for "2.3 s", 5 ms for "2.30 s"."""
    quantity, quote = observation.value, quote_of(observation)
    if not isinstance(quantity, Quantity):
        return Decimal(0)
    for word in _NUMBER.findall(quote):
        number = Decimal(word.replace(",", "."))
        exponent = number.as_tuple().exponent
        for scale in _SCALES:
            if number * scale == quantity.value and isinstance(exponent, int):
                return Decimal(1).scaleb(exponent) * scale / 2
    return Decimal(0)


def quote_of(observation: Observation) -> str:
    """The words of a fact's source; empty for a source without words."""
    source = observation.source
    return source.quote if isinstance(source, TextSpan | ContentItem | HeaderElement) else ""


def is_same(one: Observation, other: Observation) -> bool:
    """Whether two documents state one fact: equal place and value, or equal once rounded.

    "2.3 s" in a letter and 2.34 s in the scanner's own report are the same measurement.
    """
    if _frame(one) != _frame(other):
        return False
    if not isinstance(one.value, Quantity) or not isinstance(other.value, Quantity):
        return one.value == other.value
    first, second = one.value, other.value
    if _bounds(first) != _bounds(second):
        return False
    exact = first.comparator != "=" or first.upper is not None
    slack = Decimal(0) if exact else max(slack_of(one), slack_of(other))
    return abs(first.value - second.value) <= slack


def _bounds(quantity: Quantity) -> tuple[str, str, Decimal | None]:
    return quantity.unit, quantity.comparator, quantity.upper


def _frame(observation: Observation) -> tuple[object, ...]:
    place = observation.place
    return (
        place.leg,
        place.vein,
        place.segment,
        place.item,
        observation.property,
        observation.assertion,
        observation.temporality,
        "other_method" in observation.flags,
    )


def join(kept: Observation, said_again: Observation) -> Observation:
    """Add another document's statement of the same fact to it, as a repeat with its calipers."""
    calipers = (support for support in said_again.support if support.role == "caliper")
    repeat = Support("repeat", said_again.source)
    return replace(kept, support=(*kept.support, repeat, *calipers))


def align_items(
    kept: Iterable[Observation], incoming: Iterable[Observation]
) -> Iterator[Observation]:
    """Number the veins of another document so that one number means one vein.

    Each document counts its perforators and tributaries for itself. A vein that shares a value
    with one already known, and contradicts none of its values, is that one; else it gets the
    next number.
    """
    known = _by_item(kept)
    arriving = list(incoming)
    numbers: dict[tuple[object, ...], int | None] = {}
    for key, group in _by_item(arriving).items():
        leg, vein, item = key
        if item is None:
            continue
        siblings = {k[2]: known[k] for k in known if k[:2] == (leg, vein)}
        taken = [n for n in (*siblings, *numbers.values()) if n is not None]
        fits = [n for n, facts in siblings.items() if _is_one_vein(facts, group)]
        numbers[key] = fits[0] if fits else max([*taken, item - 1]) + 1 if siblings else item
    for observation in arriving:
        place = observation.place
        key = (place.leg, place.vein, place.item)
        item = numbers.get(key, place.item)
        yield replace(observation, place=replace(place, item=item))


def _by_item(
    observations: Iterable[Observation],
) -> dict[tuple[object, str, int | None], list[Observation]]:
    groups: dict[tuple[object, str, int | None], list[Observation]] = {}
    for observation in observations:
        place = observation.place
        groups.setdefault((place.leg, place.vein, place.item), []).append(observation)
    return groups


def _is_one_vein(known: list[Observation], group: list[Observation]) -> bool:
    """Whether two groups share a measured value at one place and differ in none."""
    shared = False
    for one in known:
        for other in group:
            same_kind = one.property == other.property and one.place.segment == other.place.segment
            if not same_kind or not isinstance(one.value, Quantity):
                continue
            if not isinstance(other.value, Quantity):
                return False
            if not agrees(one.value, other.value, slack_of(one), slack_of(other)):
                return False
            shared = True
    return shared


def topic(observation: Observation) -> str:
    """What a fact is about: a reflux and its time are one topic."""
    return observation.property.removesuffix("_time")


def describe(observation: Observation) -> str:
    """A fact's property and value in a few words ("reflux time 2300 ms", "DEEP reflux absent")."""
    value = observation.value
    if not isinstance(value, Quantity):
        return f"{observation.place.vein} {observation.property} {value}"
    return f"{observation.property} {write_bounds(value)} {value.unit}"

"""Measured values: as people write them, and whether two of them can be the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ultrasound.domain import ContentItem, Observation, Quantity, TextSpan, Verdict
from ultrasound.knowledge.schema_criteria import Limit
from ultrasound.numerals import write_number

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCALES = (Decimal(1), Decimal(10), Decimal(100), Decimal(1000))


def measure(observation: Observation) -> Quantity:
    """The measured value; a flag ``attained`` says that an upper bound was reached.

    Raises:
        TypeError: The observation holds a code, not a measured value.
    """
    value = observation.value
    if not isinstance(value, Quantity):
        raise TypeError(f"{observation.property} has no measured value")
    return replace(value, attained=True) if "attained" in observation.flags else value


def write_quantity(quantity: Quantity) -> str:
    """A value as clinicians write it: times in seconds, bounds and ranges kept."""
    scale = Decimal(1000) if quantity.unit == "ms" else Decimal(1)
    unit = "s" if quantity.unit == "ms" else quantity.unit
    number = write_number(quantity.value / scale)
    if quantity.upper is not None:
        number = f"{number} to {write_number(quantity.upper / scale)}"
    sign = (
        "up to "
        if quantity.attained
        else {"=": ""}.get(quantity.comparator, f"{quantity.comparator} ")
    )
    return f"{sign}{number} {unit}"


def write_limit(limit: Limit) -> str:
    """What a limit asks for, such as ``> 0.5 s``."""
    return write_quantity(replace(limit.quantity, comparator=limit.test))


def reach(quantity: Quantity) -> Decimal:
    """The number a value counts with where the largest is asked for."""
    return quantity.value if quantity.upper is None else quantity.upper


def is_only_bounded_above(quantity: Quantity) -> bool:
    """Whether the source says no more than that the value is below a number."""
    return quantity.upper is None and quantity.comparator in ("<", "<=") and not quantity.attained


def decide(answer: bool | None) -> Verdict:
    """A verdict for yes, no and undecided."""
    return {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.CANNOT_SAY}[answer]


def overlap(one: Quantity, other: Quantity) -> bool:
    """Whether two values can be the same number, bounds and ranges considered."""
    low, high = one.interval[:2]
    other_low, other_high = other.interval[:2]
    return (high is None or other_low <= high) and (other_high is None or low <= other_high)


def reaches(quantity: Quantity, number: Decimal, slack: Decimal) -> bool:
    """Whether a value can be this number, give or take ``slack``."""
    low, high = quantity.interval[:2]
    return low - slack <= number and (high is None or number <= high + slack)


def rounding(observation: Observation) -> Decimal:
    """Half of the last digit as written, in the unit of the value; 0 where none is seen."""
    if not isinstance(observation.source, TextSpan | ContentItem):
        return Decimal(0)
    value = measure(observation).value
    steps = [Decimal(0)]
    for word in _NUMBER.findall(observation.source.quote):
        plain = word.replace(",", ".")
        if plain.count(".") > 1:
            continue
        step = Decimal(1).scaleb(-len(plain.partition(".")[2]))
        steps += [step * scale / 2 for scale in _SCALES if Decimal(plain) * scale == value]
    return max(steps)


def agree(text: Observation, machine: Observation) -> bool:
    """Whether a machine's value is what the text says, within the rounding that the text used."""
    said, measured = measure(text), measure(machine)
    if said.comparator == "=" and said.upper is None and measured.comparator == "=":
        return abs(said.value - measured.value) <= rounding(text)
    return overlap(said, measured)


def largest(observations: Sequence[Observation]) -> Observation:
    """The observation with the largest value; a mere upper bound only if there is nothing else."""
    return max(
        observations,
        key=lambda o: (not is_only_bounded_above(measure(o)), reach(measure(o))),
    )

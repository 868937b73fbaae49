"""A number with its bound, range and unit, and what numbers beside each other share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ultrasound.extract.words.number_signs import THOUSANDS
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Unit
from ultrasound.value import value_type

_JOINTS: Final = ([","], ["and"], ["or"], [",", "and"], ["&"], ["/"])
_ROWS: Final = ([","], ["/"])  # what parts the two numbers of a row
_PAIR: Final = 2
_KINDS: Final = {"length", "time"}
_ALIKE: Final = 4  # how many times as large another number of a list is at most
_NEAR: Final = 8  # numbers of the same list on either side


@value_type
class Number:
    """A number in a report, tokens ``first`` to ``last`` inclusive.

    ``low`` and ``high`` are as written (``high`` None where there is one number); ``unit`` is None
    where none stands beside it; ``shared`` marks a number whose unit stands at a later one,
    ``assumed`` one that has that of a number before it in its list.
    """

    first: int
    last: int
    low: str
    high: str | None = None
    unit: Unit | None = None
    unit_token: int | None = None
    comparator: str = "="
    attained: bool = False
    axes: bool = False
    shared: bool = False
    assumed: bool = False

    def amounts(self, unit: Unit) -> tuple[Decimal, Decimal | None]:
        """The value and upper end in the contract's unit."""
        factor = unit.factor or Decimal(1)
        values = [read_number(text, unit) * factor for text in (self.low, self.high) if text]
        if self.axes:
            return max(values), None
        return values[0], values[1] if len(values) > 1 else None


def read_number(text: str, unit: Unit | None) -> Decimal:
    """The value of a number as written; a comma before three digits groups thousands in ms."""
    whole_unit = unit is None or (unit.kind == "time" and unit.factor == 1)
    if whole_unit and THOUSANDS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return Decimal(text.replace(",", "."))


def share_units(numbers: list[Number], tokens: Sequence[Token]) -> list[Number]:
    """Give "1.2 and 1.4 s" and "3.1, 2.8 and 2.2 s" the unit that follows the last of them."""
    shared = list(numbers)
    for index in range(len(shared) - 2, -1, -1):
        current, following = shared[index], shared[index + 1]
        if current.unit is not None or following.unit is None:
            continue
        joint = _joint(tokens, current, following)
        if joint == [","] and _pairs_kinds(shared, index, tokens):
            continue  # "mid calf: 5.9 mm, 2.1 s; distal calf: 4.4, 2.0 s"
        if _continues_rows(numbers, index, tokens) or (
            joint == [","] and _ends_pair(current, tokens)
        ):
            continue
        if joint in _JOINTS and (joint != [","] or _is_alike(current, following)):
            shared[index] = replace(
                current, unit=following.unit, unit_token=following.unit_token, shared=True
            )
    return _share_bounds(shared)


def _joint(tokens: Sequence[Token], one: Number, other: Number) -> list[str]:
    return [token.norm for token in tokens[one.last + 1 : other.first]]


def _pairs_kinds(numbers: Sequence[Number], index: int, tokens: Sequence[Token]) -> bool:
    """Whether a size and a time stand before a comma each in the same line as two numbers."""
    time = numbers[index + 1].unit
    if time is None or time.kind != "time" or numbers[index + 1].shared:
        return False
    for at in range(max(0, index - _NEAR), min(len(numbers) - 1, index + _NEAR)):
        one, other = numbers[at], numbers[at + 1]
        first, last = min(one.first, numbers[index].first), max(other.last, numbers[index].last)
        pair = one.unit is not None and one.unit.kind == "length" and other.unit is time
        same = not any("\n" in token.gap for token in tokens[first + 1 : last + 1])
        if pair and same and _joint(tokens, one, other) == [","]:
            return True
    return False


def _ends_pair(number: Number, tokens: Sequence[Token]) -> bool:
    """Whether a number is the second about a slash: the height behind it is none of its list.

    As in "0.6/3.6, 11 cm from the floor".
    """
    before = tokens[max(0, number.first - 2) : number.first]
    return [t.kind for t in before] == ["number", "sign"] and before[1].text == "/"


def _continues_rows(numbers: Sequence[Number], index: int, tokens: Sequence[Token]) -> bool:
    """Whether rows of two numbers go before, and the first of them has units of two kinds.

    As in "SFJ 7.4 mm / 1.6 s", and on the next line "knee 5.0 / 1.3 s".
    """
    unit, joint = numbers[index + 1].unit, _joint(tokens, numbers[index], numbers[index + 1])
    if unit is None or joint not in _ROWS:
        return False
    rows = _rows_before(numbers, index, tokens)
    for row in rows:
        one, other = row[0], row[-1]
        if one is other:
            if one.unit is not None:
                return False
        elif other.unit not in (None, unit) or _joint(tokens, one, other) != joint:
            return False
        elif one.unit is not None:
            return {one.unit.kind, unit.kind} == _KINDS
    return False


def _rows_before(
    numbers: Sequence[Number], index: int, tokens: Sequence[Token]
) -> Iterator[Sequence[Number]]:
    """The numbers of each line before that of a number, while there are one or two in each."""
    end = index
    follower = numbers[index]
    while end:
        breaks = _breaks(tokens, numbers[end - 1], follower)
        start = end - 1
        while start and not _breaks(tokens, numbers[start - 1], numbers[start]):
            start -= 1
        if breaks != 1 or end - start > _PAIR:
            return
        yield numbers[start:end]
        follower, end = numbers[start], start


def _breaks(tokens: Sequence[Token], one: Number, other: Number) -> int:
    """The ends of lines from one number to another."""
    return sum("\n" in token.gap for token in tokens[one.last + 1 : other.first + 1])


def _is_alike(one: Number, other: Number) -> bool:
    """Whether two numbers can be of one list: "at h 26, 3.9 mm" is none."""
    low, high = sorted((read_number(one.low, None), read_number(other.low, None)))
    size = other.unit is not None and other.unit.kind == "length"
    return not size or high <= _ALIKE * low


def _share_bounds(numbers: list[Number]) -> list[Number]:
    """Give the later number of "up to 6 and 5.5 mm" the bound of the one before."""
    bounded = list(numbers)
    for index in range(1, len(bounded)):
        before, current = bounded[index - 1], bounded[index]
        if before.shared and before.attained and current.comparator == "=":
            bounded[index] = replace(current, comparator=before.comparator, attained=True)
    return bounded

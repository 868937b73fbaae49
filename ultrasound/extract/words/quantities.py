"""Numbers with their bounds, ranges and units, as the report wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ultrasound.extract.words.codes import (
    DASHES,
    count_date,
    is_dashed_on,
    is_letter_code,
    is_part_of_code,
)
from ultrasound.extract.words.number_signs import THOUSANDS, is_far, is_negated, is_plain
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import Comparator, TextKnowledge, Unit
from ultrasound.value import value_type

_FILLERS: Final = frozenset(
    {
        *("of", "a", "the", "is", "was", "only", "a total of", "just", "to", "time", ":", "="),
        "duration",
    }
)
_NEGATED: Final = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}  # what a "not" makes of a bound
_JOINTS: Final = ([","], ["and"], ["or"], [",", "and"], ["&"], ["/"])
_ALIKE: Final = 4  # how many times as large another number of a list is at most
_NEAR: Final = 8  # numbers of the same list on either side
_BETWEEN_REACH: Final = 2  # "between 4 and 6", "between about 4 and 6"


@value_type
class Number:
    """A number in a report, tokens ``first`` to ``last`` inclusive.

    ``low`` and ``high`` are as written (``high`` None where there is one number); ``unit`` is None
    where none stands beside it; ``shared`` marks a number whose unit stands at a later one.
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


class NumberReader:
    """Finds the numbers of a token list, with units and comparators from the tables."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._units = PhraseTable(
            {fold_term(term): unit for unit in knowledge.units.unit for term in unit.terms}
        )
        self.unit_words = frozenset(self._units.firsts)
        self._comparators: dict[tuple[str, ...], Comparator] = {
            fold_term(term): comparator
            for comparator in knowledge.units.comparator
            for term in comparator.terms
            if not comparator.behind
        }
        self._behind = PhraseTable(
            {
                fold_term(term): comparator.comparator
                for comparator in knowledge.units.comparator
                for term in comparator.terms
                if comparator.behind
            }
        )
        self._comparator_ends = {words[-1] for words in self._comparators}
        self._longest_comparator = max(len(words) for words in self._comparators)

    def find_numbers(self, tokens: Sequence[Token]) -> list[Number]:
        """All numbers from left to right; dates, clock times and parts of codes are left out."""
        found: list[Number] = []
        behind = 0  # what was read before
        for index in [token.index for token in tokens if token.kind == "number"]:
            if index < behind or not is_plain(tokens[index].text):
                continue
            skip = count_date(tokens, index)
            if skip:
                behind = index + skip
                continue
            number = self._read_at(tokens, index)
            if number is not None:
                found.append(number)
                behind = number.last + 1
        return _share_units(found, tokens)

    def _read_at(self, tokens: Sequence[Token], index: int) -> Number | None:
        number = Number(index, index, tokens[index].text)
        number = self._read_upper(tokens, number)
        number = self._read_plus(tokens, number)
        number = self._read_unit(tokens, number)
        if is_part_of_code(tokens, index) and (
            number.unit is None or is_letter_code(tokens, index)
        ):
            return None
        return self._read_behind(tokens, self._read_comparator(tokens, number))

    def _read_behind(self, tokens: Sequence[Token], number: Number) -> Number:
        """A bound behind a number with its unit: "2.0 s or more"."""
        if number.unit is None or number.high is not None or number.comparator != "=":
            return number
        found = self._behind.find(tokens, number.last + 1)
        return number if found is None else replace(number, comparator=found[0], last=found[1] - 1)

    def unit_at(self, tokens: Sequence[Token], index: int) -> tuple[Unit, int] | None:
        """The unit that starts at a token, with its last token."""
        found = self._units.find(tokens, index)
        return None if found is None else (found[0], found[1] - 1)

    def _read_unit(self, tokens: Sequence[Token], number: Number) -> Number:
        start = number.last + 1
        if start < len(tokens) and tokens[start].text in DASHES and not tokens[start].gap:
            start += 1
        if start >= len(tokens) or is_far(tokens[start].gap):
            return number
        found = self.unit_at(tokens, start)
        if found is None:
            return number
        return replace(number, unit=found[0], last=found[1], unit_token=start)

    def _read_upper(self, tokens: Sequence[Token], number: Number) -> Number:
        """A second number: "4-6", "4 to 6", "between 4 and 6", "7.2 x 6.8", "4 mm - 6 mm"."""
        first_unit = self.unit_at(tokens, number.last + 1)
        joint = (first_unit[1] if first_unit else number.last) + 1
        if joint + 1 >= len(tokens):
            return number
        second = tokens[joint + 1]
        if second.kind != "number" or not is_plain(second.text):
            return number
        if tokens[joint].norm in ("x", "×", "*", "by"):
            return self._read_axes(tokens, number, joint)
        if not self._joins_range(tokens, number, joint) or self._parts_cells(tokens, joint):
            return number
        if read_number(number.low, None) >= read_number(second.text, None):
            return number
        if first_unit is not None:
            after = self.unit_at(tokens, joint + 2)
            if after is None or after[0] is not first_unit[0]:
                return number
        return replace(number, high=second.text, last=joint + 1)

    def _parts_cells(self, tokens: Sequence[Token], joint: int) -> bool:
        """Whether a dash between two numbers is the blank of a cell, beside or under the first."""
        gaps = tokens[joint].gap + "|" + tokens[joint + 1].gap
        if "\t" in gaps or "  " in gaps:
            return True
        return "\n" in gaps and self.unit_at(tokens, joint + 2) is None

    def _joins_range(self, tokens: Sequence[Token], number: Number, joint: int) -> bool:
        """Whether the word between two numbers makes them the ends of a range."""
        word = tokens[joint].norm
        if word in DASHES:
            return not is_dashed_on(tokens, joint + 1)
        return word == "to" or (word == "and" and self._after_between(tokens, number))

    @staticmethod
    def _read_axes(tokens: Sequence[Token], number: Number, joint: int) -> Number:
        last, high = joint + 1, tokens[joint + 1].text
        if (
            last + 2 < len(tokens)
            and tokens[last + 1].norm in ("x", "×")
            and tokens[last + 2].kind == "number"
        ):
            high = max(high, tokens[last + 2].text, key=lambda text: read_number(text, None))
            last += 2
        return replace(number, high=high, last=last, axes=True)

    @staticmethod
    def _after_between(tokens: Sequence[Token], number: Number) -> bool:
        return any(
            tokens[i].norm == "between"
            for i in range(max(0, number.first - _BETWEEN_REACH), number.first)
        )

    @staticmethod
    def _read_plus(tokens: Sequence[Token], number: Number) -> Number:
        after = number.last + 1
        if number.high is None and after < len(tokens) and tokens[after].text == "+":
            follows = tokens[after + 1] if after + 1 < len(tokens) else None
            if not tokens[after].gap and (follows is None or follows.kind != "number"):
                return replace(number, last=after, comparator=">=")
        return number

    def _read_comparator(self, tokens: Sequence[Token], number: Number) -> Number:
        end = number.first
        while (
            end > 0 and tokens[end - 1].norm in _FILLERS and not self._ends_comparator(tokens, end)
        ):
            end -= 1
        found = self._ends_comparator(tokens, end)
        if found is None:
            return number
        comparator, start = found
        arrow = tokens[start].text == ">" and not tokens[start].gap
        if arrow and start and tokens[start - 1].text in DASHES:
            return number  # "6.4 mm -> 5.2 mm", not the blank cell before "> 8.2"
        sign = comparator.comparator
        if is_negated(tokens, start):
            sign, start = _NEGATED.get(sign, sign), start - 1
        if number.high is not None or comparator.comparator == "=":
            return number
        if number.comparator == ">=" and comparator.comparator == "~":
            return replace(number, first=start)
        return replace(number, first=start, comparator=sign, attained=comparator.attained)

    def _ends_comparator(self, tokens: Sequence[Token], end: int) -> tuple[Comparator, int] | None:
        if end == 0 or tokens[end - 1].norm not in self._comparator_ends:
            return None
        for length in range(min(self._longest_comparator, end), 0, -1):
            words = tuple(token.norm for token in tokens[end - length : end])
            found = self._comparators.get(words)
            if found is not None and (found.comparator != "=" or length > 1):
                return found, end - length + found.keeps
        return None


def _share_units(numbers: list[Number], tokens: Sequence[Token]) -> list[Number]:
    """Give "1.2 and 1.4 s" and "3.1, 2.8 and 2.2 s" the unit that follows the last of them."""
    shared = list(numbers)
    for index in range(len(shared) - 2, -1, -1):
        current, following = shared[index], shared[index + 1]
        if current.unit is not None or following.unit is None:
            continue
        joint = _joint(tokens, current, following)
        if joint == [","] and _pairs_kinds(shared, index, tokens):
            continue  # "mid calf: 5.9 mm, 2.1 s; distal calf: 4.4, 2.0 s"
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
    if time is None or time.kind != "time":
        return False
    for at in range(max(0, index - _NEAR), min(len(numbers) - 1, index + _NEAR)):
        one, other = numbers[at], numbers[at + 1]
        first, last = min(one.first, numbers[index].first), max(other.last, numbers[index].last)
        pair = one.unit is not None and one.unit.kind == "length" and other.unit is time
        same = not any("\n" in token.gap for token in tokens[first + 1 : last + 1])
        if pair and same and _joint(tokens, one, other) == [","]:
            return True
    return False


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

"""Numbers with their bounds, ranges and units, as the report wrote them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ultrasound.extract.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import Comparator, TextKnowledge, Unit

DASHES: Final = ("-", "–", "—", "−")
_FILLERS: Final = (
    "of",
    "a",
    "the",
    "is",
    "was",
    "only",
    "a total of",
    "just",
    "to",
    "time",
    ":",
    "=",
    "duration",
)
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_DAY: Final = 31


@dataclass(frozen=True, slots=True)
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
    if whole_unit and _THOUSANDS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return Decimal(text.replace(",", "."))


class NumberReader:
    """Finds the numbers of a token list, with units and comparators from the tables."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._units: dict[tuple[str, ...], Unit] = {}
        for unit in knowledge.units.unit:
            for term in unit.terms:
                self._units[tuple(w.lower() for w in fold_term(term))] = unit
        self._comparators: dict[tuple[str, ...], Comparator] = {}
        for comparator in knowledge.units.comparator:
            for term in comparator.terms:
                self._comparators[fold_term(term)] = comparator
        self._longest_unit = max(len(words) for words in self._units)
        self._longest_comparator = max(len(words) for words in self._comparators)

    def find_numbers(self, tokens: Sequence[Token]) -> list[Number]:
        """All numbers from left to right; dates, clock times and parts of codes are left out."""
        found: list[Number] = []
        index = 0
        while index < len(tokens):
            if tokens[index].kind != "number" or not _is_plain(tokens[index].text):
                index += 1
                continue
            skip = _skip_date(tokens, index)
            if skip:
                index += skip
                continue
            number = self._read_at(tokens, index)
            if number is not None:
                found.append(number)
            index = (number.last if number else index) + 1
        return _share_units(found, tokens)

    def _read_at(self, tokens: Sequence[Token], index: int) -> Number | None:
        number = Number(index, index, tokens[index].text)
        number = self._read_upper(tokens, number)
        number = self._read_plus(tokens, number)
        number = self._read_unit(tokens, number)
        if _is_part_of_code(tokens, index) and (
            number.unit is None or _is_letter_code(tokens, index)
        ):
            return None
        return self._read_comparator(tokens, number)

    def unit_at(self, tokens: Sequence[Token], index: int) -> tuple[Unit, int] | None:
        """The unit that starts at a token, with its last token."""
        for length in range(self._longest_unit, 0, -1):
            words = tuple(token.norm.lower() for token in tokens[index : index + length])
            unit = self._units.get(words) if len(words) == length else None
            if unit is not None:
                return unit, index + length - 1
        return None

    def _read_unit(self, tokens: Sequence[Token], number: Number) -> Number:
        start = number.last + 1
        if start < len(tokens) and tokens[start].text in DASHES and not tokens[start].gap:
            start += 1
        if start >= len(tokens) or _is_far(tokens[start].gap):
            return number
        found = self.unit_at(tokens, start)
        if found is None:
            return number
        return replace(number, unit=found[0], last=found[1], unit_token=start)

    def _read_upper(self, tokens: Sequence[Token], number: Number) -> Number:
        """A second number: "4-6", "4 to 6", "between 4 and 6", "7.2 x 6.8", "4 mm - 6 mm"."""
        index = number.last
        first_unit = self.unit_at(tokens, index + 1)
        joint = (first_unit[1] if first_unit else index) + 1
        if joint + 1 >= len(tokens) or tokens[joint + 1].kind != "number":
            return number
        if not _is_plain(tokens[joint + 1].text):
            return number
        word = tokens[joint].norm
        if word in ("x", "×", "*", "by"):
            return self._read_axes(tokens, number, joint)
        is_range = (
            word in DASHES
            or word == "to"
            or (word == "and" and self._after_between(tokens, number))
        )
        second = tokens[joint + 1]
        if not is_range or (word in DASHES and _looks_like_code(tokens, joint)):
            return number
        low, high = read_number(number.low, None), read_number(second.text, None)
        if first_unit is None and low >= high:
            return number
        if first_unit is not None:
            after = self.unit_at(tokens, joint + 2)
            if after is None or after[0] is not first_unit[0] or low >= high:
                return number
        return replace(number, high=second.text, last=joint + 1)

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
            tokens[i].norm == "between" for i in range(max(0, number.first - 2), number.first)
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
        if number.high is not None or comparator.comparator == "=":
            return number
        if number.comparator == ">=" and comparator.comparator == "~":
            return replace(number, first=start)
        return replace(
            number, first=start, comparator=comparator.comparator, attained=comparator.attained
        )

    def _ends_comparator(self, tokens: Sequence[Token], end: int) -> tuple[Comparator, int] | None:
        for length in range(min(self._longest_comparator, end), 0, -1):
            words = tuple(token.norm for token in tokens[end - length : end])
            found = self._comparators.get(words)
            if found is not None and (found.comparator != "=" or length > 1):
                return found, end - length
        return None


def _is_far(gap: str) -> bool:
    """White space that parts cells or paragraphs, not a number from its unit."""
    return "\t" in gap or ("  " in gap and "\n" not in gap) or gap.count("\n") > 1


def _is_plain(text: str) -> bool:
    return text.count(".") + (text.count(",") > 0) <= 1 and (
        text.count(",") <= 1 or _THOUSANDS.fullmatch(text) is not None
    )


def _skip_date(tokens: Sequence[Token], index: int) -> int:
    """How many tokens a date, a clock time or a ratio takes from here, 0 for none."""
    run = list(tokens[index : index + 6])
    marks = {"/": 2, ":": 1, ".": 2}
    if (
        len(run) > 2
        and run[1].text in marks
        and run[2].kind == "number"
        and not run[1].gap
        and not run[2].gap
    ):
        if run[1].text == ":":
            return 3
        whole = run[0].text.isdigit() and run[2].text.isdigit() and int(run[0].text) <= _DAY
        third = len(run) > 4 and run[3].text == run[1].text and run[4].kind == "number"
        if whole and third:
            return 5
        if (
            whole
            and int(run[2].text) <= _DAY
            and len(run[0].text) <= 2
            and len(run[2].text) in (1, 2)
        ):
            unit_follows = len(run) > 3 and run[3].norm in ("mm", "cm", "ms", "sec", "s")
            return 0 if unit_follows else 3
    if len(run) > 4 and all(
        run[i].text in DASHES and not run[i].gap and not run[i + 1].gap for i in (1, 3)
    ):
        return 5 if run[2].kind == run[4].kind == "number" else 0
    return 0


def _looks_like_code(tokens: Sequence[Token], joint: int) -> bool:
    after = joint + 2
    return after < len(tokens) and tokens[after].text in DASHES and not tokens[after].gap


def _is_part_of_code(tokens: Sequence[Token], index: int) -> bool:
    """A number glued to letters or to a dash after letters, as in "C4b", "L2" or "VL-20881"."""
    if index == 0 or tokens[index].gap:
        return False
    before = tokens[index - 1]
    if before.kind == "word":
        return True
    return (
        before.text in ("-", "#")
        and index > 1
        and not before.gap
        and tokens[index - 2].kind == "word"
    )


def _is_letter_code(tokens: Sequence[Token], index: int) -> bool:
    """ "C3s": a capital letter, a digit and a suffix are a class, not seconds."""
    return len(tokens[index - 1].text) == 1 and tokens[index - 1].text.isupper()


def _share_units(numbers: list[Number], tokens: Sequence[Token]) -> list[Number]:
    """Give "1.2 and 1.4 s" and "3.1, 2.8 and 2.2 s" the unit that follows the last of them."""
    shared = list(numbers)
    for index in range(len(shared) - 2, -1, -1):
        current, following = shared[index], shared[index + 1]
        between = [token.norm for token in tokens[current.last + 1 : following.first]]
        if (
            current.unit is None
            and following.unit is not None
            and between in ([","], ["and"], ["or"], [",", "and"], ["&"], ["/"])
        ):
            shared[index] = replace(
                current, unit=following.unit, unit_token=following.unit_token, shared=True
            )
    for index, (current, following) in enumerate(zip(shared, shared[1:], strict=False)):
        if (
            current.shared and current.attained and following.comparator == "="
        ):  # "up to 6 and 5.5 mm"
            shared[index + 1] = replace(following, comparator=current.comparator, attained=True)
    return shared

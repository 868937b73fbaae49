"""Finds the numbers of a report with their bounds, ranges and units, as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.codes import (
    DASHES,
    count_date,
    is_dashed_on,
    is_letter_code,
    is_part_of_code,
)
from ultrasound.extract.words.number_signs import (
    begins_row,
    ends_line,
    is_far,
    is_negated,
    is_plain,
)
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.quantities import Number, read_number, share_units
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.extract.words.value_lists import list_values
from ultrasound.knowledge.schema_text import Comparator, TextKnowledge, Unit

_FILLERS: Final = frozenset(
    {
        *("of", "a", "the", "is", "was", "only", "a total of", "just", "to", "time", ":", "="),
        "duration",
    }
)
_NEGATED: Final = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}  # what a "not" makes of a bound
_CHANGING: Final = ("from", "decrease", "decreased", "reduce", "reduced", "down", "shrunk", "fell")
_ALIKE: Final = 4  # how many times as large as the lower end of a range the upper one is at most
_BETWEEN_REACH: Final = 2  # "between 4 and 6", "between about 4 and 6"


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
        self._spoken = PhraseTable(
            {fold_term(term): row.value for row in knowledge.units.spoken for term in row.terms}
        )
        self._comparator_ends = {words[-1] for words in self._comparators}
        self._longest_comparator = max(len(words) for words in self._comparators)

    def find_numbers(self, tokens: Sequence[Token]) -> list[Number]:
        """All numbers from left to right; dates, clock times and parts of codes are left out."""
        found: list[Number] = []
        behind = 0  # what was read before
        spoken = self._spoken.firsts
        for index in [t.index for t in tokens if t.kind == "number" or t.norm in spoken]:
            if index < behind or not is_plain(tokens[index].text):
                continue
            if tokens[index].kind != "number":
                number = self._read_spoken(tokens, index)
                found += [number] if number is not None else []
                behind = number.last + 1 if number is not None else behind
                continue
            if values := self._read_list(tokens, index):
                found += values
                behind = values[-1].last + 1
                continue
            skip = count_date(tokens, index)
            if skip:
                behind = index + skip
                continue
            number = self._read_at(tokens, index)
            if number is not None:
                found.append(number)
                behind = number.last + 1
        return share_units(found, tokens)

    def _read_list(self, tokens: Sequence[Token], index: int) -> list[Number]:
        """Values about slashes or dashes with their unit behind the last: "10/7/6/5 mm"."""
        values = list_values(tokens, index)
        last = self._read_unit(tokens, Number(values[-1], values[-1], "")) if values else None
        if last is None or last.unit is None or last.unit.kind not in ("length", "time"):
            return []
        listed = [
            replace(last, first=at, last=at, low=tokens[at].text, shared=True) for at in values[:-1]
        ]
        return [*listed, replace(last, low=tokens[values[-1]].text)]

    def _read_spoken(self, tokens: Sequence[Token], index: int) -> Number | None:
        """A time whose number is a word: "one and a half seconds"."""
        words = self._spoken.find(tokens, index)
        unit = None if words is None else self.unit_at(tokens, words[1])
        if words is None or unit is None or unit[0].kind != "time":
            return None
        number = Number(index, unit[1], words[0], unit=unit[0], unit_token=words[1])
        return self._read_behind(tokens, self._read_comparator(tokens, number))

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
        found = self.unit_at(tokens, start)
        if (
            found is None
            or _opens_line(tokens, start, found[1])
            or begins_row(tokens, start, found[1])
        ):
            return number
        if is_far(tokens[start].gap) and not ends_line(tokens, start, found[1]):
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
            return self._read_falling(tokens, number, joint)
        if first_unit is not None:
            after = self.unit_at(tokens, joint + 2)
            if after is None or after[0] is not first_unit[0]:
                return number
        return replace(number, high=second.text, last=joint + 1)

    def _read_falling(self, tokens: Sequence[Token], number: Number, joint: int) -> Number:
        """A range told from its upper end, "8.2 to 4.9 mm", "8.2-4.9 mm".

        "From 8 to 5 mm" may be a change.
        """
        low = tokens[joint + 1].text
        before = tokens[number.first - 1].norm if number.first else ""
        alike = read_number(number.low, None) <= _ALIKE * read_number(low, None)
        tight = not tokens[joint].gap and not tokens[joint + 1].gap
        changed = before in _CHANGING or not (tokens[joint].norm == "to" or tight)
        unit = self.unit_at(tokens, joint + 2)
        if changed or not alike or unit is None or self.unit_at(tokens, number.last + 1):
            return number
        return replace(number, low=low, high=number.low, last=joint + 1)

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
            sums = False
            if follows is not None and follows.kind == "number":  # "2+3"
                sums = not ("\n" in follows.gap or is_far(follows.gap))
            if not tokens[after].gap and not sums:
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
        if start and tokens[start - 1].norm == "as":
            return number  # "as above 7 mm" points to what was written before
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


def _opens_line(tokens: Sequence[Token], start: int, last: int) -> bool:
    """Whether a capital opens the next line with a word for a unit: "0.3" over "Units: mm"."""
    word = tokens[start]
    opens = "\n" in word.gap and word.text[0].isupper() and len(word.text) > 1
    return opens and last + 1 < len(tokens) and "\n" not in tokens[last + 1].gap

"""A report with all that was recognised in it, before anything is linked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, wraps
from typing import Any, Protocol, TypeVar

from ultrasound.domain import Leg
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

Element = Mention | Number | Token


@dataclass(frozen=True)
class Marks:
    """The tokens of a text with its mentions and numbers; token positions index all of them.

    Mentions and numbers stand from left to right; mentions do not overlap. ``bracketed`` is the
    bracket in which the report puts earlier values, with the words that say so; ``codes`` are those
    of its own legend, once that is read.
    """

    text: str
    tokens: list[Token]
    mentions: list[Mention]
    numbers: list[Number]
    bracketed: tuple[str, tuple[int, int]] | None = None
    codes: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[tuple[str, int, int], Any]:
        """What was read of a stretch of tokens: its question, its first token and its end."""
        return {}

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def norms(self) -> frozenset[str]:
        """The folded words and signs of the report, each once."""
        return frozenset(token.norm for token in self.tokens)

    @cached_property
    def _signs(self) -> dict[str, list[int]]:
        signs: dict[str, list[int]] = {}
        for token in self.tokens:
            if token.kind == "sign":
                signs.setdefault(token.text, []).append(token.index)
        return signs

    @cached_property
    def _digits(self) -> list[int]:
        return [token.index for token in self.tokens if token.kind == "number"]

    @cached_property
    def _number_at(self) -> dict[int, Number]:
        return {number.first: number for number in self.numbers}

    @cached_property
    def _number_firsts(self) -> list[int]:
        return [number.first for number in self.numbers]

    @cached_property
    def _number_lasts(self) -> list[int]:
        return [number.last for number in self.numbers]

    @cached_property
    def _mention_at(self) -> dict[int, Mention]:
        return {mention.first: mention for mention in self.mentions}

    @cached_property
    def _mention_firsts(self) -> list[int]:
        return [mention.first for mention in self.mentions]

    @cached_property
    def _whole_mention_at(self) -> dict[int, Mention]:
        """The mentions in which no number of its own starts behind their first word.

        The digit of "EHIT class 1" is none.
        """
        numbers = self._number_at
        return {
            m.first: m
            for m in self._mention_at.values()
            if m.first == m.last
            or not any(
                n.unit is not None or n.last > m.last
                for i in range(m.first + 1, m.last + 1)
                if (n := numbers.get(i)) is not None
            )
        }

    @cached_property
    def _elements(self) -> tuple[list[Element], list[int]]:
        """What begins at each token, a number before a mention, and the token behind it."""
        elements: list[Element] = list(self.tokens)
        behind = list(range(1, len(elements) + 1))
        for starts in (self._whole_mention_at, self._number_at):
            for first, element in starts.items():
                elements[first], behind[first] = element, element.last + 1
        return elements, behind

    def elements(self, first: int, last: int) -> list[Element]:
        """Numbers, mentions and single tokens from ``first`` up to, not including, ``last``.

        A number takes the words of its bound and unit with it.
        """
        elements, behind = self._elements
        found: list[Element] = []
        index = first
        while index < last:
            after = behind[index]
            if after <= last:
                found.append(elements[index])
                index = after
                continue
            mention = self._whole_mention_at.get(index)  # of a number that goes on too far
            fits = mention is not None and mention.last < last
            found.append(mention if mention is not None and fits else self.tokens[index])
            index = mention.last + 1 if mention is not None and fits else index + 1
        return found

    def where(self, *signs: str) -> list[int]:
        """The tokens that are one of some signs, such as "=", from left to right."""
        found = [index for sign in signs for index in self._signs.get(sign, ())]
        return sorted(found) if len(signs) > 1 else found

    def has_digits(self, first: int, last: int) -> bool:
        """Whether digits stand among the tokens ``first`` up to, not including, ``last``."""
        position = bisect_left(self._digits, first)
        return position < len(self._digits) and self._digits[position] < last

    def has_sign(self, sign: str, first: int, last: int) -> bool:
        """Whether a sign stands among the tokens ``first`` up to, not including, ``last``."""
        found = self._signs.get(sign, ())
        position = bisect_left(found, first)
        return position < len(found) and found[position] < last

    def mention_at(self, index: int) -> Mention | None:
        """The mention that starts at a token."""
        return self._mention_at.get(index)

    def number_at(self, index: int) -> Number | None:
        """The number that starts at a token."""
        return self._number_at.get(index)

    def mention_over(self, index: int) -> Mention | None:
        """The mention that a token belongs to."""
        position = bisect_right(self._mention_firsts, index) - 1
        if position < 0 or self.mentions[position].last < index:
            return None
        return self.mentions[position]

    def mentions_in(self, first: int, last: int) -> list[Mention]:
        """The mentions that start at the tokens ``first`` up to, not including, ``last``."""
        firsts = self._mention_firsts
        return self.mentions[bisect_left(firsts, first) : bisect_left(firsts, last)]

    def numbers_in(self, first: int, last: int) -> list[Number]:
        """The numbers that start at the tokens ``first`` up to, not including, ``last``."""
        firsts = self._number_firsts
        return self.numbers[bisect_left(firsts, first) : bisect_left(firsts, last)]

    def number_before(self, index: int) -> Number | None:
        """The last number that ends before a token."""
        position = bisect_left(self._number_lasts, index)
        return self.numbers[position - 1] if position else None

    def legs_in(self, first: int, last: int) -> tuple[tuple[Leg, ...], tuple[int, int] | None]:
        """The legs that are named first among some tokens, and the tokens that name them."""
        for mention in self.mentions_in(first, last):
            row = mention.row("leg")
            if row is not None and row.legs != ("other",):
                return make_legs(row.legs), (mention.first, mention.last)
        return (), None

    def one_leg(self, first: int, last: int) -> Leg | None:
        """The one leg that is named among some tokens, None where none or both are."""
        named = {
            name
            for mention in self.mentions_in(first, last)
            if (row := mention.row("leg"))
            for name in row.legs
        } - {"other"}
        return Leg(named.pop()) if len(named) == 1 else None

    def tokens_between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (half-open) that start at the characters ``start`` up to ``end``."""
        return bisect_left(self._token_starts, start), bisect_left(self._token_starts, end)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens ``first`` to ``last`` inclusive."""
        return self.tokens[first].start, self.tokens[last].end

    def words(self, first: int, last: int) -> str:
        """The text of the tokens ``first`` to ``last`` inclusive, as written."""
        start, end = self.span(first, last)
        return self.text[start:end]


@cache
def make_legs(names: tuple[str, ...]) -> tuple[Leg, ...]:
    """The legs of a row of the tables."""
    return tuple(Leg(name) for name in names)


class Stretch(Protocol):
    """A line or cell: the tokens ``first`` up to ``last`` (half-open)."""

    @property
    def first(self) -> int:
        """Its first token."""

    @property
    def last(self) -> int:
        """The token behind it."""


_Reader = TypeVar("_Reader", bound=Any)
_Stretch = TypeVar("_Stretch", bound=Stretch)
_Answer = TypeVar("_Answer")


def read_once(
    method: Callable[[_Reader, Marks, _Stretch], _Answer],
) -> Callable[[_Reader, Marks, _Stretch], _Answer]:
    """Let a method of a reader read each line or cell once: several parts of the reading ask.

    What it answers must depend on the tokens alone, not on where in its line a cell stands, and
    must not be changed by who asks.
    """
    name = method.__qualname__

    @wraps(method)
    def read(self: _Reader, marks: Marks, stretch: _Stretch) -> _Answer:
        key = (name, stretch.first, stretch.last)
        known = marks.known
        if key in known:
            answer: _Answer = known[key]
        else:
            answer = known[key] = method(self, marks, stretch)
        return answer

    return read


def first_of(element: Element) -> int:
    """The first token of an element."""
    return element.index if isinstance(element, Token) else element.first


def last_of(element: Element) -> int:
    """The last token of an element."""
    return element.index if isinstance(element, Token) else element.last

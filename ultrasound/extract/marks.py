"""A report with all that was recognised in it, before anything is linked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ultrasound.extract.lexicon import Mention
from ultrasound.extract.quantities import Number
from ultrasound.extract.tokens import Token

Element = Mention | Number | Token


@dataclass
class Marks:
    """The tokens of a text with its mentions and numbers; token positions index all of them."""

    text: str
    tokens: list[Token]
    mentions: list[Mention]
    numbers: list[Number]
    vein_codes: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _number_at(self) -> dict[int, Number]:
        return {number.first: number for number in self.numbers}

    @cached_property
    def _mention_at(self) -> dict[int, Mention]:
        return {mention.first: mention for mention in self.mentions}

    def elements(self, first: int, last: int) -> Iterator[Element]:
        """Numbers, mentions and single tokens from ``first`` up to, not including, ``last``.

        A number takes the words of its bound and unit with it.
        """
        index = first
        while index < last:
            number = self._number_at.get(index)
            mention = self._mention_at.get(index)
            if number is not None and number.last < last:
                yield number
                index = number.last + 1
            elif mention is not None and mention.last < last and not self._cut_by_number(mention):
                yield mention
                index = mention.last + 1
            else:
                yield self.tokens[index]
                index += 1

    def _cut_by_number(self, mention: Mention) -> bool:
        return any(i in self._number_at for i in range(mention.first + 1, mention.last + 1))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens ``first`` to ``last`` inclusive."""
        return self.tokens[first].start, self.tokens[last].end

    def words(self, first: int, last: int) -> str:
        """The text of the tokens ``first`` to ``last`` inclusive, as written."""
        start, end = self.span(first, last)
        return self.text[start:end]


def first_of(element: Element) -> int:
    """The first token of an element."""
    return element.index if isinstance(element, Token) else element.first


def last_of(element: Element) -> int:
    """The last token of an element."""
    return element.index if isinstance(element, Token) else element.last

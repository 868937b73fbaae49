"""What the end of a line says of the next one: an open word, a number due, an empty cell."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.lines.layout import STOPS, Line
from ultrasound.extract.words.marks import Marks

OPEN_WORDS: Final = frozenset(
    {
        *(",", "-", "/", "(", "&", "and", "of", "the", "in", "with", "at", "or", "both", "either"),
        *("a", "an", "is", "are", "was", "were", "from", "to", "by", "into", "than"),
    }
)
_FEW_WORDS: Final = 6  # a line in small letters with fewer words goes on
_BEFORE_NUMBER: Final = ("is", "of", "about", "lasting", "for", "than", "approximately", "was")


def is_open(marks: Marks, line: Line) -> bool:
    """Whether a line ends with a word after which another must come: "reflux of"."""
    return marks.tokens[line.last - 1].text in OPEN_WORDS


def ends_with_blank(marks: Marks, line: Line) -> bool:
    """Whether a line ends with the dashes of an empty cell, and not with a broken word."""
    last = marks.tokens[line.last - 1]
    while last.index > line.first and last.text == "-" and not last.gap:
        last = marks.tokens[last.index - 1]
    return last.text == "-" and bool(last.gap)


def awaits_number(marks: Marks, line: Line) -> bool:
    """Whether a line ends with a leg behind a number, or with a word that a number follows."""
    mention = marks.mention_over(line.last - 1)
    if mention is None:
        return marks.tokens[line.last - 1].norm in _BEFORE_NUMBER
    if mention.row("leg") is not None:
        return bool(marks.numbers_in(line.first, line.last))
    finding = mention.row("finding")
    return finding is not None and finding.kind == "label" and mention.first > line.first


def is_dictated(marks: Marks, line: Line) -> bool:
    """Whether a line is several words in small letters without any sign."""
    tokens = marks.tokens[line.first : line.last]
    small = tokens[0].text[0].islower() and len(tokens) >= _FEW_WORDS
    signs = {",", ";", ":", *STOPS} & {token.text for token in tokens}
    return small and not signs and tokens[-1].text not in OPEN_WORDS

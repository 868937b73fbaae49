"""Where no phrase goes on: behind an empty line, an answer, or in the next row of cells."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise, takewhile
from typing import Final

from ultrasound.extract.clauses.questions import ends_answer
from ultrasound.extract.words.tokens import Token

Span = tuple[int, int]
_BORDERS: Final = (";", "|")
_FIELD: Final = 5  # tokens of its name and a colon
_SEVERAL: Final = 3  # signs that part the cells of a row
_WIDE: Final = "   "  # blanks between the cells of a row
_APART: Final = ("  ", "\t")  # behind an answer
_ANSWERS: Final = ("yes", "no", "none", "y", "n")
_ASKING: Final = (":", "?", "=", "]", ")", "☐", "□", "☒", "☑", "■")


def _is_row(tokens: list[Token]) -> bool:
    """Whether wide gaps, tabs or signs part the words of a line into cells."""
    signs = 0
    for token in tokens:
        gap = token.gap
        if not gap:
            signs += token.text in _BORDERS
        elif gap != " " and (_WIDE in gap or "\t" in gap):
            return True
    return signs >= _SEVERAL


def find_borders(tokens: list[Token]) -> frozenset[int]:
    """The tokens that no phrase goes on with: behind an empty line, or in the next row of cells."""
    starts = [0, *(i for i, t in enumerate(tokens) if i and "\n" in t.gap), len(tokens)]
    row = False
    borders = {i for i in range(2, len(tokens)) if _is_answered(tokens, i)}
    borders |= {i for i in range(1, len(tokens) - 1) if _is_field_apart(tokens, i)}
    for start, end in pairwise(starts):
        before, row = row, _is_row(tokens[start + 1 : end])
        answered = start > 0 and ends_answer(tokens, start - 1)
        apart = answered or _begins_field(tokens[start : start + _FIELD])
        if (before and row) or apart or tokens[start].gap.count("\n") > 1:
            borders.add(start)
    return frozenset(borders)


def _begins_field(tokens: list[Token]) -> bool:
    """Whether a line begins with a field's name of several words: "Vein diameter: 0.4 cm"."""
    words = list(takewhile(lambda token: token.kind == "word", tokens))
    named = len(words) > 1 and words[0].text[0].isupper()
    return named and [token.text for token in tokens[len(words) : len(words) + 1]] == [":"]


def _is_field_apart(tokens: list[Token], index: int) -> bool:
    """Whether a field's name stands apart from the words before: "GSV thigh  Compression: full"."""
    gap = tokens[index].gap
    return len(gap) > 1 and "\n" not in gap and tokens[index + 1].text == ":"


def _is_answered(tokens: list[Token], index: int) -> bool:
    """Whether a token stands apart from an answer: "Thrombus [x] No   Reflux [x] No"."""
    gap = tokens[index].gap
    apart = len(gap) > 1 and any(blank in gap for blank in _APART)
    answer = apart and tokens[index - 1].norm in _ANSWERS
    return answer and tokens[index - 2].text in _ASKING


def find_heads(tokens: list[Token], phrases: Collection[Span]) -> frozenset[int]:
    """The tokens where a phrase begins below another one that has a line of its own.

    As in "Tributaries" over "Varicosities of the calf": no tributary varicosities are named. Below
    a phrase alone behind an empty line any word in capitals begins: "GSV" over "Trunk absent".
    """
    begun = {first for first, _ in phrases}
    return frozenset(
        last + 1
        for first, last in phrases
        if (last + 1 in begun or tokens[first].gap.count("\n") > 1)
        and last + 1 < len(tokens)
        and "\n" in tokens[last + 1].gap
        and tokens[last + 1].text[0].isupper()
        and (first == 0 or "\n" in tokens[first].gap)
    )

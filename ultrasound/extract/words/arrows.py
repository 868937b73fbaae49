"""Signs that part the values of a row as arrows do: "SFJ > 8.6 mm > 2.9 s" has no bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.tokens import Token

_ARROW: Final = "→"
_HEADS: Final = frozenset({">", "="})
_CHAIN: Final = 2  # arrows of a line that can mean nothing else
_FEW: Final = 3  # words of a value that is none: "not seen"
_BOUNDS: Final = frozenset({">", "<", "~"})
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_CODE: Final = re.compile(r"[A-Za-z/]+")


def mark_arrows(tokens: list[Token], units: frozenset[str]) -> list[Token]:
    """The same tokens, with the signs of such rows as arrows.

    A line with one of them is a row only straight beside one with several.
    """
    if not any(token.text == ">" for token in tokens):
        return tokens
    marked = list(tokens)
    block: list[list[range]] = []
    for line in [*_lines(tokens), []]:
        arrows = _read_row(line, units)
        if arrows:
            block.append(arrows)
            continue
        if any(len(row) >= _CHAIN for row in block):
            for index in (i for row in block for arrow in row for i in arrow):
                marked[index] = replace(tokens[index], norm=_ARROW)
        block = []
    return marked


def _lines(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        if line and "\n" in token.gap:
            yield line
            line = []
        line.append(token)
    yield line


def _read_row(line: Sequence[Token], units: frozenset[str]) -> list[range]:
    """The arrows of a line of a place and values, each with blanks about it; none in any other."""
    arrows = list(_find_arrows(line))
    if not arrows or line[0].kind != "word" or arrows[0].start == line[0].index:
        return []
    first = line[0].index
    ends = [*(arrow.start for arrow in arrows[1:]), line[-1].index + 1]
    values = [
        line[arrow.stop - first : end - first] for arrow, end in zip(arrows, ends, strict=True)
    ]
    measured = any(any(t.kind == "number" for t in value) for value in values)
    return arrows if measured and all(_is_value(value, units) for value in values) else []


def _find_arrows(line: Sequence[Token]) -> Iterator[range]:
    """The stretches of ">", ">>" and "=>" that blanks part from what stands beside them.

    One that stands nearer to the number behind it is its bound: "SFJ    > 8 mm    > 4.0 s".
    """
    at = 0
    while at < len(line):
        end = at
        while end < len(line) and line[end].text in _HEADS and (end == at or not line[end].gap):
            end += 1
        parted = end > at and end < len(line) and line[end].gap
        even = parted and line[at].gap and len(line[at].gap) <= len(line[end].gap)
        if even and line[end - 1].text == ">":
            yield range(line[at].index, line[end - 1].index + 1)
        at = max(end, at + 1)


def _is_value(value: Sequence[Token], units: frozenset[str]) -> bool:
    """Whether tokens are one measure, with its bound and unit, or a few words without one."""
    bare = value[1:] if value and value[0].text in _BOUNDS else value
    if bare and bare[-1].text == ".":
        bare = bare[:-1]
    if bare and _NUMBER.fullmatch(bare[0].text):
        return len(bare) == 1 or (len(bare) == _CHAIN and bare[1].norm in units)
    return 0 < len(bare) <= _FEW and all(_CODE.fullmatch(t.text) for t in bare)

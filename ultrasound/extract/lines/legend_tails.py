"""The legend in brackets at the end of a line or sentence: "DVT SCAN   (+ = yes, - = no)"."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line, Sentence
from ultrasound.extract.words.marks import Marks

_CLOSES: Final = (")", ".")


def drop_legend(marks: Marks, line: Line, explained: Set[int]) -> Line:
    """A line without the legend in brackets at its end; one that names a leg is its heading."""
    opens = _find_legend(marks, line.first, line.last, explained)
    if opens is None or marks.legs_in(line.first, opens)[0]:
        return line
    return replace(line, last=opens)


def part_legend(marks: Marks, sentence: Sentence, explained: Set[int]) -> list[Sentence]:
    """A sentence, and the legend in brackets at its end."""
    opens = _find_legend(marks, sentence.first, sentence.last, explained)
    if opens is None:
        return [sentence]
    return [Sentence(sentence.first, opens), Sentence(opens + 1, sentence.last)]


def _find_legend(marks: Marks, first: int, last: int, explained: Set[int]) -> int | None:
    """The bracket behind which only codes are explained; None where there is none."""
    if last <= first or marks.tokens[last - 1].text not in _CLOSES:
        return None
    opens = [
        token.index
        for token in marks.tokens[first + 1 : last]
        if token.text == "(" and token.index + 1 in explained
    ]
    return opens[0] if len(opens) == 1 else None

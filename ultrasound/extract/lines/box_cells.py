"""Cells of a form in which one of several answers is ticked: "CFV   [x] yes  [ ] no   0.4".

The answer that is ticked is written where its cell begins, so that the row is read as that of any
other table; a cell without a tick beside one with is blank. A row in which nothing is ticked, and a
cell with more than one tick, keep their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.ticked_options import (
    IS_BOX,
    NO_BOX_SIGN,
    TickedOption,
    read_ahead,
    read_behind,
)
from ultrasound.knowledge.schema_text import TextKnowledge

_LINE: Final = re.compile(r"[^\n]+")
_MEASURE: Final = r"[\d_<>~]"  # what begins a number or its blank: "yes 1.4 s", "yes ____ s"
_NAME: Final = rf"(?P<option>[^{NO_BOX_SIGN}|]+(?: (?!{_MEASURE})[^{NO_BOX_SIGN}|]+)*)"
_AHEAD: Final = re.compile(rf"[ ]?{_NAME}")
_BEHIND: Final = re.compile(rf"{_NAME}[ ]?$")
_WORD: Final = re.compile(r"[^\W\d_]+|_{2,}")
_UNFILLED: Final = re.compile(r"_{2,}[ ]?[A-Za-z]{0,4}")
_WIDER: Final = 3  # blanks
_TWO: Final = 2  # ticks
_NO_NAME: Final = re.compile(r"[|\d]")
_LABEL: Final = re.compile(r"[ \t|]*[^\W\d_][^:|\t]*?(?:[ ]{2,}|\t|[ \t]*\|[ \t]*)$")


class BoxCellReader:
    """Finds the rows of a form whose cells are answers with boxes."""

    def __init__(self, knowledge: TextKnowledge, asked: AskedWords) -> None:
        self._asked = asked
        self._answers = {term for code in knowledge.columns.code for term in code.terms}
        units = {term.lower() for row in knowledge.units.unit for term in row.terms}
        self._values = self._answers | units

    def find_edits(self, text: str) -> list[Edit]:
        """The boxes of such cells, and the answers that are not ticked."""
        edits: list[Edit] = []
        for line in _LINE.finditer(text):
            boxes = list(IS_BOX.finditer(text, line.start(), line.end()))
            if len(boxes) > 1:
                edits += self._read_line(text, line.start(), line.end(), boxes)
        return edits

    def _read_line(
        self, text: str, start: int, end: int, boxes: Sequence[re.Match[str]]
    ) -> Iterator[Edit]:
        options = list(read_ahead(_AHEAD, text, end, boxes))
        if not self._are_answers(options, boxes):
            options = list(read_behind(_BEHIND, text, start, boxes))
        if not self._are_answers(options, boxes):
            return
        if not any(o.ticked for o in options) or not self._is_row(text, start, end, options):
            return
        behind = options[0].start
        for cell in _cells_of(text, options):
            ticked = [option for option in cell if option.ticked]
            if len(cell) > 1 and len(ticked) == 1:
                yield from _write(cell, ticked[0])
            elif not ticked:
                first = _begin_question(text, behind, cell[0].start)
                yield Edit(first, cell[-1].end, " " * (cell[-1].end - first))
            behind = cell[-1].end
        for blank in _UNFILLED.finditer(text, behind, end):  # "[x] no  [ ] yes   ____ sec"
            yield Edit(*blank.span(), " " * len(blank.group()))

    def _is_row(self, text: str, start: int, end: int, options: Sequence[TickedOption]) -> bool:
        """Whether a label stands before the answers; between and behind them values or another."""
        if _LABEL.match(text, start, options[0].start) is None:
            return False
        ends = [(a.end, b.start) for a, b in pairwise(options)] + [(options[-1].end, end)]
        others = [part for part in ends if not self._asked.ask(text[slice(*part)])]
        words = [word.lower() for part in others for word in _WORD.findall(text, *part)]
        return all(word in self._values or not word.strip("_") for word in words)

    def _are_answers(self, options: Sequence[TickedOption], boxes: Sequence[re.Match[str]]) -> bool:
        return len(options) == len(boxes) and all(o.name in self._answers for o in options)


def _begin_question(text: str, behind: int, start: int) -> int:
    """Where a question that has no answer begins: its name goes with it, "reflux [ ] yes"."""
    between = text[behind:start]
    asked = _WORD.search(between) and not _NO_NAME.search(between)
    return behind if asked else start


def _write(cell: Sequence[TickedOption], ticked: TickedOption) -> Iterator[Edit]:
    """The answer that is ticked at the start of its cell, the width of the cell kept."""
    left = ticked.first - cell[0].start
    yield Edit(cell[0].start, ticked.first)
    yield Edit(ticked.last, cell[-1].end, " " * (left + cell[-1].end - ticked.last))


def _cells_of(text: str, options: Sequence[TickedOption]) -> list[list[TickedOption]]:
    """The options that answer one question: none stands there twice, and no border between.

    Nor a gap that is much wider than those between its answers.
    """
    cells: list[list[TickedOption]] = [[options[0]]]
    gaps = [text[before.end : option.start] for before, option in pairwise(options)]
    least = min((len(gap) for gap in gaps), default=0)
    for option, between in zip(options[1:], gaps, strict=True):
        again = any(option.name == o.name for o in cells[-1])
        wide = len(between) >= least + _WIDER
        if again or wide or "|" in between or between.strip(" /,"):
            cells.append([])
        cells[-1].append(option)
    return [part for cell in cells for part in _part_ticks(cell)]


def _part_ticks(cell: list[TickedOption]) -> list[list[TickedOption]]:
    """A cell with two ticks as the two cells about its widest gap: "[ ] yes [X] no   [X] none"."""
    gaps = [after.start - before.end for before, after in pairwise(cell)]
    if sum(option.ticked for option in cell) < _TWO or gaps.count(max(gaps)) > 1:
        return [cell]
    at = gaps.index(max(gaps)) + 1
    parts = [cell[:at], cell[at:]]
    told = all(sum(option.ticked for option in part) == 1 for part in parts)
    return parts if told else [cell]

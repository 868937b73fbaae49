"""Lines that answer the one above them for each leg: "SFJ reflux" over "Right: yes", "Left: no"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.questions import LABELS, REPLIES
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks

_ASKED: Final = ("reflux", "thrombus")
_KINDS: Final = ("noun", "word")
PLACES: Final = ("vein", "place", "inferred", "level", "zone")
_FILLERS: Final = ("in", "on", "the", "for")
_STOPS: Final = (".", ",", ";")


def find_answering(marks: Marks, lines: Sequence[Line]) -> frozenset[int]:
    """The lines that answer, by their index."""
    found: set[int] = set()
    asked = False
    for index, line in enumerate(lines):
        follows = index > 0 and not (line.blank_before or line.bullet)
        ended = follows and marks.tokens[lines[index - 1].last - 1].text == "."
        if (ended and _denies_leg(marks, line)) or (asked and follows and _answers(marks, line)):
            found.add(index)
        else:
            asked = _asks(marks, line)
    return frozenset(found)


def _asks(marks: Marks, line: Line) -> bool:
    """Whether a line only names a finding, and may name its place before it."""
    last = line.last - (marks.tokens[line.last - 1].text in (":", "?"))
    index, noun = line.first, False
    while index < last and not noun:
        mention = marks.mention_at(index)
        if mention is None:
            return False
        row = mention.row("finding")
        noun = row is not None and row.kind in _KINDS and row.property in _ASKED
        if not noun and mention.row(*PLACES) is None:
            return False
        index = mention.last + 1
    return noun and index == last


def _denies_leg(marks: Marks, line: Line) -> bool:
    """Whether a line only denies for a leg what was found above: "None on the right."."""
    mention = marks.mention_at(line.first)
    if mention is None or not mention.cue("none"):
        return False
    tokens = iter(marks.tokens[mention.last + 1 : line.last])
    token = next((t for t in tokens if t.norm not in _FILLERS), None)
    leg = None if token is None else marks.mention_over(token.index)
    if leg is None or leg.row("leg") is None:
        return False
    return all(t.text in _STOPS for t in marks.tokens[leg.last + 1 : line.last])


def _answers(marks: Marks, line: Line) -> bool:
    """Whether a line is a leg, a sign and an answer, or a time for one."""
    mention = marks.mention_at(line.first)
    if mention is None or mention.row("leg") is None or mention.last + 2 >= line.last:
        return False
    first = mention.last + 2
    last = line.last - (marks.tokens[line.last - 1].text in _STOPS)
    if marks.tokens[first - 1].text not in LABELS or first >= last:
        return False
    numbers = marks.numbers_in(first, last)
    if numbers:
        unit = numbers[0].unit
        timed = unit is not None and unit.kind == "time"
        return timed and (numbers[0].first, numbers[0].last) == (first, last - 1)
    return marks.words(first, last - 1).lower() in REPLIES

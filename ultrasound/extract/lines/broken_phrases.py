"""Phrases that a line break parts: a level and its zone, a measure and its value."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.lines.layout import LONG_LINE, Line
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_ARTICLES: Final = ("the", "an")
_DENIALS: Final = ("no", "without")
_ASKING: Final = (":", "?", "=", "|")
_WIDE: Final = 2  # blanks between cells
_NAMES: Final = ("noun", "label")
_SIGNS: Final = (",", "/", "|", ";")


def breaks_phrase(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a line ends in the middle of a phrase that the next one ends."""
    parts = (_breaks_place, _breaks_value, _breaks_article, _breaks_denial)
    return not follower.bullet and any(breaks(marks, line, follower) for breaks in parts)


def _breaks_denial(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a long line ends with "no", and what it denies opens the next: "reflux."."""
    if line.length < LONG_LINE or marks.tokens[line.last - 1].norm not in _DENIALS:
        return False
    found = marks.mention_at(follower.first)
    small = marks.tokens[follower.first].text[0].islower() and not follower.blank_before
    if found is None or not small or found.row("finding") is None:
        return False
    behind = marks.tokens[found.last + 1 : follower.last][:1]
    return not behind or (behind[0].text not in _ASKING and len(behind[0].gap) < _WIDE)


def _breaks_article(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether an article ends a line, and its noun opens the next: "to the" over "ankle. Left:"."""
    article, noun = marks.tokens[line.last - 1], marks.tokens[follower.first]
    close = not follower.blank_before and line.last - line.first > 1
    return close and article.text in _ARTICLES and noun.text[0].islower()


def _breaks_place(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a level ends a line, and its zone opens the next: "prox" over "thigh:"."""
    level, zone = marks.mention_over(line.last - 1), marks.mention_at(follower.first)
    ends = level is not None and level.row("level") is not None and level.first > line.first
    return ends and zone is not None and zone.row("zone") is not None


def _breaks_value(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a measure ends a line, and its value opens the next: "reflux" over "2 s".

    Not the last of several, which order what stands below: "height, diameter, depth".
    """
    noun = marks.mention_over(line.last - 1)
    if noun is not None and _is_last_of_several(marks, line, noun):
        return False
    row = noun.row("finding") if noun is not None else None
    numbers = marks.numbers_in(follower.first, follower.last)
    opens = bool(numbers) and numbers[0].first == follower.first and numbers[0].unit is not None
    apart = noun is not None and noun.first > line.first
    return apart and opens and row is not None and row.kind in _NAMES


def _is_last_of_several(marks: Marks, line: Line, noun: Mention) -> bool:
    """Whether another measure and a sign stand straight before it."""
    sign = noun.first - 1
    before = marks.mention_over(sign - 1) if sign > line.first else None
    row = before.row("finding") if before is not None else None
    return row is not None and row.kind in _NAMES and marks.tokens[sign].text in _SIGNS

"""Items of a list without bullets or full stops: a line that states something, and another one."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_LEADING: Final = ("no", "a", "an")
_DENYING: Final = ("no", "none")
_PLACES: Final = ("vein", "place", "leg", "inferred", "level", "zone")


def follows_statement(marks: Marks, line: Line, follower: Line, early: bool) -> bool:
    """Whether a line begins an item of its own behind one that is complete.

    ``early``: the line before was broken before it was full. A full one is complete only where it
    ends with its number and a name in capital letters follows.
    """
    if not _states(marks, follower) or not _is_statement(marks, line):
        return False
    capital = marks.tokens[follower.first].text[0].isupper()
    return early or (capital and _ends_with_number(marks, line))


def _is_statement(marks: Marks, line: Line) -> bool:
    """Whether a line says something of a place, or denies something, and ends with it."""
    last = marks.mention_over(line.last - 1)
    found = last is not None and last.row("finding") is not None
    if not found and not _ends_with_number(marks, line):
        return False
    if last is not None and found and _awaits_noun(marks, last):
        return False
    inside = marks.mentions_in(line.first, line.last)
    others = (m for m in inside if m is not last)
    return any(m.row(*_PLACES) is not None or m.cue("negation", "threshold") for m in others)


def _awaits_noun(marks: Marks, last: Mention) -> bool:
    """Whether a "no" or an article leads an adjective, whose noun is to come: "no incompetent"."""
    row = last.row("finding")
    led = last.first > 0 and marks.tokens[last.first - 1].norm in _LEADING
    return led and row is not None and row.kind == "word"


def _ends_with_number(marks: Marks, line: Line) -> bool:
    """Whether a line ends with a measured number: "4 mm", "rflx 0,7"."""
    number = marks.number_before(line.last)
    if number is None or number.last != line.last - 1:
        return False
    return number.unit is not None or not number.low.isdigit()


def _states(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a denial or a vein, or a leg and its vein, as an item does."""
    mention = marks.mention_at(line.first)
    if mention is None:
        return False
    denies = mention.cue("negation") and marks.tokens[line.first].norm in _DENYING
    if mention.row("leg") is not None and marks.tokens[line.first].text[0].isupper():
        mention = marks.mention_at(mention.last + 1) or mention  # "Left SPJ 3.0 mm"
    return denies or mention.row("vein", "place") is not None

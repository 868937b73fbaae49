"""Lines that begin with what is measured and a colon: "Reflux (s): SFJ 1.2, knee 0.9".

And those that begin with codes that they explain.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks

_LEADER: Final = re.compile(r"[\w/+-]+(?: [\w/+-]+){0,3} ?\.{4,} ")  # "calf perforator ....... "
_REACH: Final = 10  # tokens up to the colon
_NAMES: Final = ("noun", "label")
_PLACES: Final = ("vein", "place", "leg", "inferred")
_OPENS: Final = "("


def declares_line(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a property, its vein and unit beside it, and a colon."""
    if not marks.tokens[line.first].text[0].isupper():
        return False
    index, end = line.first, min(line.last, line.first + _REACH)
    named = False
    while index < end and marks.tokens[index].text not in (":", _OPENS):
        mention = marks.mention_at(index)
        row = mention.row("finding") if mention else None
        if mention is None or not (row or mention.row(*_PLACES)):
            return False
        named = named or (row is not None and row.kind in _NAMES)
        index = mention.last + 1
    if not named or index >= end:
        return False
    if marks.tokens[index].text == _OPENS:  # with its unit
        while index < end and marks.tokens[index].text != ")":
            index += 1
        index += 1
    return index < end and marks.tokens[index].text == ":"


def begins_line(marks: Marks, line: Line) -> bool:
    """Whether a line declares what it measures, explains codes, or is a field with a leader.

    As in "ut / lt = upper, lower thigh" and "thrombus ....... none": they go on with nothing.
    """
    if _LEADER.match(marks.text, marks.tokens[line.first].start):
        return True
    index = line.first + 1
    while index + 1 < line.last and marks.tokens[index].text == "/":
        index += 2
    explains = index < line.last and marks.tokens[index].text == "="
    return (explains and marks.tokens[line.first].kind == "word") or declares_line(marks, line)


def goes_on_declaring(marks: Marks, line: Line) -> bool:
    """Whether a line measures more of the vein of the line before: "Reflux (s): SFJ 1.2"."""
    mention = marks.mention_at(line.first)
    named = mention is not None and mention.row(*_PLACES) is not None
    return not named and not line.blank_before and declares_line(marks, line)

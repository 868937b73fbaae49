"""Lines that only name what is found below them: "[DVT]", "11. Thrombus", "REFLUX, GSV"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_SIGNS: Final = frozenset("=*#~-–—_|[](){}<>•+.:")
_PARTING: Final = (",", "-", "–", "—", ":", "(", "/")  # between a reflux and its vein
_ORDERS: Final = ("vein", "level", "segment", "site")
_BY: Final = 2  # words of "by level"
_SYSTEM: Final = "DEEP"  # a thrombus that names no vein is one of the deep veins


def read_asking(marks: Marks, line: Line) -> Head | None:
    """The heading of a line that names a thrombosis, and holds neither a word nor a full stop."""
    last = _before_by(marks, line)
    legs, leg_at = marks.legs_in(line.first, last)
    first = leg_at[1] + 1 if leg_at and leg_at[0] == line.first else line.first
    named = marks.mentions_in(first, last)
    row = named[0].row("finding") if len(named) == 1 else None
    if row is None or (row.property, row.kind) != ("thrombus", "noun"):
        return None
    mention = named[0]
    if marks.tokens[line.last - 1].text == ".":
        return None
    beside = [*range(first, mention.first), *range(mention.last + 1, last)]
    if not all(_is_sign(marks, index, mention) for index in beside):
        return None
    veins = (row.vein or _SYSTEM).split(",")
    parts = tuple(Part(vein=vein, vein_at=mention) for vein in veins)
    group = PlaceGroup(mention.first, mention.last, parts)
    named_leg = (legs, leg_at) if first > line.first else ((), None)
    return Head(None, group, *named_leg, line.last, True, asks=row.property)


def _before_by(marks: Marks, line: Line) -> int:
    """The end of what stands before "by vein" or "by level" at the end of a line."""
    last = line.last - (marks.tokens[line.last - 1].text == ":")
    told = last - line.first > _BY and marks.tokens[last - _BY].norm == "by"
    return last - _BY if told and marks.tokens[last - 1].norm in _ORDERS else line.last


def read_caption(heads: HeadReader, marks: Marks, lines: Sequence[Line], index: int) -> Head | None:
    """The heading that names a reflux and then its vein, straight over that vein's levels."""
    line = lines[index]
    below = lines[index + 1 : index + 2]
    if not below or below[0].blank_before or marks.tokens[line.last - 1].text == ".":
        return None
    first = line.first
    while first < line.last and marks.mention_at(first) is None and _counts(marks, first):
        first += 1
    named = marks.mention_at(first)
    row = named.row("finding") if named is not None else None
    if named is None or row is None or (row.property, row.kind) != ("reflux", "noun"):
        return None
    start = named.last + 1
    if start + 1 >= line.last or marks.tokens[start].text not in _PARTING:
        return None
    end = line.last - (marks.tokens[line.last - 1].text == ")")
    group = heads.read_place(marks, start + 1, end)
    if group is None or not group.has_vein or group.has_leg or group.has_spot:
        return None
    return Head(None, group, (), None, line.last, True) if _lists(marks, below[0]) else None


def _counts(marks: Marks, index: int) -> bool:
    """Whether a token is the number of a heading, or its sign."""
    return marks.tokens[index].kind == "number" or marks.tokens[index].text in _SIGNS


def _lists(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a place, and holds no finding in words."""
    inside = marks.mentions_in(line.first, line.last)
    found = any(m.row("finding") is not None for m in inside)
    return bool(inside) and inside[0].meaning.is_place and not found


def _is_sign(marks: Marks, index: int, mention: Mention) -> bool:
    """Whether a token is a sign, or the number of a heading before its name."""
    token = marks.tokens[index]
    counts = token.kind == "number" and index < mention.first
    return counts or all(sign in _SIGNS for sign in token.text)

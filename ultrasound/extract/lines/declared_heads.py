"""Headings that name a vein and what the numbers under it are: "RIGHT GSV, diameter/depth, mm"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.lines.listed import ListedReader
from ultrasound.extract.words.marks import Marks

_SIGNS: Final = (",", ":", "-", "–", "(", "[", ";")


def declare_head(heads: HeadReader, listed: ListedReader, marks: Marks, line: Line) -> Head | None:
    """The heading at the start of a line; one that goes on with a declaration stands alone."""
    head = heads.read_head(marks, line)
    if head is not None:
        declares = head.group is not None and head.group.has_vein and not head.alone
        if declares and listed.declares(marks, head.rest, line.last):
            return replace(head, alone=True)
        return head
    start = listed.start_of_names(marks, line.first, line.last)
    if start is None or not listed.declares(marks, start, line.last):
        return None
    end = start
    while end > line.first and marks.tokens[end - 1].text in _SIGNS:
        end -= 1
    group = heads.read_place(marks, line.first, end) if end > line.first else None
    if group is None or not group.has_vein:
        return None
    legs, leg_at = marks.legs_in(line.first, end)
    return Head(None, group, legs, leg_at, start, True)

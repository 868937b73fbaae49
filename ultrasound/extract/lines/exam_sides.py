"""The sides that an exam's own label names or ticks: "Side: LEFT", "[x] right [ ] left"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.lines.boxes import drop_unticked, has_boxes
from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_OTHER: Final = "other"
_PARTS: Final = ("|", ";")  # between the labels of a line


def name_sides(marks: Marks, first: int, last: int) -> list[tuple[Leg, tuple[int, int]]]:
    """Each leg from ``first`` up to, not including, ``last``, with the words that name it."""
    elements = list(marks.elements(first, last))
    if has_boxes(elements):
        elements = drop_unticked(elements, marks).elements
    named = []
    for element in elements:
        row = element.row("leg") if isinstance(element, Mention) else None
        if isinstance(element, Mention) and row is not None and _OTHER not in row.legs:
            named += [(Leg(name), (element.first, element.last)) for name in row.legs]
    return named


def read_side(heads: HeadReader, marks: Marks, line: Line) -> Head | None:
    """The label of the exam's side behind another of its line: "Name: A. B.    Side: Right"."""
    veins = any(m.row("vein", "finding") for m in marks.mentions_in(line.first, line.last))
    if veins:
        return None
    for token in marks.tokens[line.first + 1 : line.last]:
        parted = "\t" in token.gap or len(token.gap) > 1
        if token.kind != "word" or not (parted or marks.tokens[token.index - 1].text in _PARTS):
            continue
        head = heads.read_head(marks, replace(line, first=token.index))
        if head is not None and head.section == "side":
            return head
    return None

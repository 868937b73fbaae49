"""The sides that an exam's own label names or ticks: "Side: LEFT", "[x] right [ ] left"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.lines.boxes import drop_unticked, has_boxes
from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

TURNING: Final = ("turning", "turned", "moving", "proceeding")
EXAMINED: Final = frozenset(
    {"scanned", "examined", "imaged", "assessed", "studied", "evaluated", "insonated", "included"}
    | {"scan", "examination", "exam", "study", "duplex", "surveyed", "interrogated", "checked"}
    | {"rescanned", "added", "scanning", "examining", *TURNING}
)
_OTHER: Final = "other"
_PARTS: Final = ("|", ";")  # between the labels of a line
_BEHIND: Final = 3  # tokens behind a leg that tell what it is named for


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


def leave_asides(
    marks: Marks, named: Sequence[tuple[Leg, Span]], last: int, asides: Container[str]
) -> list[tuple[Leg, Span]]:
    """The legs of a title or label without those that are named beside it, in passing.

    As in "Left leg duplex. See separate report for right leg", "Side: right; Hx: left EVLA",
    "Left leg duplex with right groin comparison". ``asides`` are words that tell so.
    """
    if not named:
        return []
    kept = [named[0]]
    for leg, at in named[1:]:
        if at == kept[-1][1]:  # "both legs"
            kept.append((leg, at))
            continue
        between = range(kept[-1][1][1] + 1, at[0])
        around = [marks.tokens[i].norm for i in (*between, *range(at[1] + 1, last)[:_BEHIND])]
        if any(_parts(marks, i, between[0]) for i in between) or any(
            word in asides for word in around
        ):
            break
        kept.append((leg, at))
    return kept


def _parts(marks: Marks, index: int, first: int) -> bool:
    """Whether a sign ends the title, or makes a label of the word before it; not of the leg."""
    token = marks.tokens[index]
    behind = marks.tokens[index + 1 : index + 2]
    ends = token.text == "." and any(t.gap and t.text[0].isupper() for t in behind)
    return token.text == ";" or ends or (token.text == ":" and index > first)


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

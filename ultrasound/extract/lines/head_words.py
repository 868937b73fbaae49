"""What stands in the line of a heading beside its name."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.marks import Marks

_AGAIN: Final = ("follow", "follow-up", "followup")
_PLANNED: Final = frozenset({"week", "month", "year", "if", "to", "for", "may", "will", "clinic"})


def finds_in(marks: Marks, first: int, last: int) -> bool:
    """Whether words find or measure something; a mere "distance" does neither."""
    rows = [m.row("finding") for m in marks.mentions_in(first, last)]
    return any(r and r.kind != "label" for r in rows) or bool(marks.numbers_in(first, last))


def tells_of_leg(marks: Marks, rest: int, last: int) -> bool:
    """Whether a label is followed by what is found, and by no leg: "Leg: competent, 2.4 mm"."""
    inside = marks.mentions_in(rest, last)
    found = any(m.row("finding") is not None for m in inside)
    sided = any(m.row("leg") is not None for m in inside)
    return marks.tokens[rest - 1].text in (":", *DASHES) and found and not sided


def tells_result(marks: Marks, first: int, rest: int, last: int) -> bool:
    """Whether a "Follow-up:" tells what it found, and plans none: "… POPV DVT has resolved"."""
    if marks.tokens[first].norm not in _AGAIN:
        return False
    inside = marks.mentions_in(rest, last)
    placed = any(m.row("vein", "place") is not None for m in inside)
    planned = any(m.cue("plan", "question", "exam_again", "exam_name") for m in inside)
    found = [row for m in inside if (row := m.row("finding")) is not None]
    planned |= any(row.property == "treatment" for row in found)
    words = {token.norm for token in marks.tokens[rest:last]}
    planned |= not words.isdisjoint(_PLANNED) or bool(marks.numbers_in(rest, last))
    return placed and finds_in(marks, rest, last) and not planned


def only_denies(marks: Marks, first: int, last: int) -> bool:
    """Whether only a denial stands behind a label: the "PE: no" of a history is no exam."""
    inside = marks.mentions_in(first, last)
    words = sum(token.kind != "sign" for token in marks.tokens[first:last])
    return words == len(inside) == 1 and bool(inside[0].cue("negation", "none", "negative"))


def has_measure(marks: Marks, line: Line) -> bool:
    """Whether a line holds a time or a length."""
    return any(
        n.unit is not None and n.unit.kind in ("time", "length")
        for n in marks.numbers_in(line.first, line.last)
    )

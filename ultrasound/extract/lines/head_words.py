"""What stands in the line of a heading beside its name."""

from __future__ import annotations

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.marks import Marks


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

"""What stands in the line of a heading beside its name."""

from __future__ import annotations

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks


def finds_in(marks: Marks, first: int, last: int) -> bool:
    """Whether words find or measure something; a mere "distance" does neither."""
    rows = [m.row("finding") for m in marks.mentions_in(first, last)]
    return any(r and r.kind != "label" for r in rows) or bool(marks.numbers_in(first, last))


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

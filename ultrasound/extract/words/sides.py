"""Two legs about a slash, which say whose each of two values is: "R/L", "left / right"."""

from __future__ import annotations

from typing import Final, Protocol

from ultrasound.domain import Leg
from ultrasound.extract.words.marks import Marks, make_legs
from ultrasound.extract.words.mentions import Mention

Sides = tuple[Leg, ...]
_SLASH: Final = "/"
_WIDE: Final = "    "
_STOPS: Final = (".", ";")


class Span(Protocol):
    """Tokens ``first`` up to ``last`` (half-open)."""

    @property
    def first(self) -> int:
        """The first token."""

    @property
    def last(self) -> int:
        """The token behind the last one."""


def find_sides(marks: Marks, first: int, last: int) -> Mention | None:
    """The first two legs about a slash among some tokens, None where there are none."""
    for mention in _list_sides(marks):
        if first <= mention.first < last:
            return mention
    return None


def begin_of_sides(marks: Marks, line: Span) -> int:
    """The first token of the sentence that names legs about a slash: "Standing. Reflux, R / L".

    A wide gap parts it too: "Venous duplex     all values R / L".
    """
    sides = find_sides(marks, line.first, line.last)
    inside = marks.tokens[line.first + 1 : line.first if sides is None else sides.first]
    stops = [
        t.index
        for t in inside
        if _WIDE in t.gap or (t.gap and marks.tokens[t.index - 1].text in _STOPS)
    ]
    return stops[-1] if stops else line.first


def _list_sides(marks: Marks) -> list[Mention]:
    """All legs about a slash of a report: most have none, and each line is asked for them."""
    key = ("sides", 0, 0)
    if key not in marks.known:
        marks.known[key] = [m for m in marks.mentions if sides_of(marks, m)]
    found: list[Mention] = marks.known[key]
    return found


def sides_of(marks: Marks, mention: Mention) -> Sides:
    """The two legs that a mention names about a slash, in their order; empty for any other."""
    row = mention.row("leg") if mention.last > mention.first else None
    if row is None or len(row.legs) == 1:
        return ()
    parted = any(t.text == _SLASH for t in marks.tokens[mention.first : mention.last + 1])
    return make_legs(row.legs) if parted else ()

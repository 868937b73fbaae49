"""Two legs about a slash, which say whose each of two values is: "R/L", "left / right"."""

from __future__ import annotations

from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks, make_legs

Sides = tuple[Leg, ...]
_SLASH: Final = "/"


def find_sides(marks: Marks, first: int, last: int) -> Mention | None:
    """The first two legs about a slash among some tokens, None where there are none."""
    for mention in marks.mentions_in(first, last):
        if sides_of(marks, mention):
            return mention
    return None


def sides_of(marks: Marks, mention: Mention) -> Sides:
    """The two legs that a mention names about a slash, in their order; empty for any other."""
    row = mention.row("leg") if mention.last > mention.first else None
    if row is None or len(row.legs) == 1:
        return ()
    parted = any(t.text == _SLASH for t in marks.tokens[mention.first : mention.last + 1])
    return make_legs(row.legs) if parted else ()

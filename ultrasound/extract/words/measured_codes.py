"""Codes of levels in a measured list that begins at the SFJ: "SFJ 7.2 mm, PT 6.6 mm"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_JUNCTION: Final = "SFJ"
_SIDES: Final = ("R", "L")
_LISTED: Final = (",", ";", ":", "|")


def list_measured(mentions: Sequence[Mention], tokens: Sequence[Token]) -> set[int]:
    """The next measured places of a list that begins at the SFJ: "SFJ 7.2 mm, PT 6.6 mm"."""
    listed: set[int] = set()
    trunk = False
    for m in mentions:
        if "\n" in tokens[m.first].gap:
            trunk = False
        if m.row("abbreviation") is None:
            named = m.row("vein") or m.row("place")
            trunk = trunk if named is None else _JUNCTION in getattr(named, "terms", ())
        elif trunk and _is_measured(m, tokens):
            listed.add(m.first)
    return listed


def _is_measured(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a sign of a list stands before a code, and a number or a leg and it behind."""
    before, after = tokens[mention.first - 1], tokens[mention.last + 1 : mention.last + 3]
    if after and after[0].text in _SIDES:
        after = after[1:]
    return before.text in _LISTED and bool(after) and after[0].kind == "number"

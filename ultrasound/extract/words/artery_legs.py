"""The side of an artery that a vein crosses, which is not the vein's: "the right iliac artery"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_ARTERIES: Final = frozenset({"artery", "arterie", "arterial"})
_NAME: Final = 4  # tokens from the side up to the artery
_ENDS: Final = (".", ":", ";")
_NAMED: Final = ("vein", "place", "inferred")


def drop_artery_legs(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions without the legs of arteries that are named behind a vein of the sentence."""
    dropped: set[int] = set()
    for index, mention in enumerate(mentions):
        if mention.cue("no_vein") and tokens[mention.first].norm in _ARTERIES:
            dropped.update(_side_of(mentions, index, tokens))
    return [m for index, m in enumerate(mentions) if index not in dropped]


def _side_of(mentions: Sequence[Mention], artery: int, tokens: Sequence[Token]) -> list[int]:
    """The mention of the side straight before an artery, where a vein stands before it."""
    at = mentions[artery].first
    for index in range(artery - 1, -1, -1):
        if at - mentions[index].last > _NAME:
            return []
        if mentions[index].row("leg") is not None:
            leg = mentions[index]
            return [index] if _follows_vein(mentions[:index], leg.first, tokens) else []
    return []


def _follows_vein(before: Sequence[Mention], first: int, tokens: Sequence[Token]) -> bool:
    for mention in reversed(before):
        ends = any(t.text in _ENDS or "\n\n" in t.gap for t in tokens[mention.last + 1 : first])
        if ends or mention.row(*_NAMED) is not None:
            return not ends
    return False

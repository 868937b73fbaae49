"""A name with a leg inside of it: "thigh extension of the left SSV"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_WHOLE: Final = {"GIAC": "SSV"}  # a vein and the one that its name may hold
_BETWEEN: Final = ("of", "the")


def join_parted(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Take the vein at the end of such a name into its leg: no other vein is named."""
    if not any(_code_of(mention) in _WHOLE for mention in mentions):
        return list(mentions)
    joined: list[Mention] = []
    for mention in mentions:
        name, leg = joined[-2:] if len(joined) > 1 else (None, None)
        if name and leg and _is_end(name, leg, mention, tokens):
            joined[-1] = replace(leg, last=mention.last)
        else:
            joined.append(mention)
    return joined


def _is_end(name: Mention, leg: Mention, mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a vein ends the name that was begun before its leg."""
    held = _WHOLE.get(_code_of(name))
    if held is None or _code_of(mention) != held or leg.row("leg") is None:
        return False
    between = [token.norm for token in tokens[name.last + 1 : leg.first]]
    close = leg.last + 1 == mention.first
    return close and between[:1] == ["of"] and all(word in _BETWEEN for word in between)


def _code_of(mention: Mention) -> str:
    return getattr(mention.row("vein"), "code", "")

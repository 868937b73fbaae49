"""Pairs of values about a colon, where a report declares them: "diameter : reflux time as mm:s"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.tokens import Token

_LENGTHS: Final = frozenset({"mm", "cm", "diameter", "diam", "size", "calibre", "caliber"})
_TIMES: Final = frozenset({"s", "sec", "second", "ms", "msec", "time", "reflux", "rt"})
_UNITS: Final = frozenset({"mm", "cm", "s", "sec", "ms", "msec"})
_BLANKS: Final = frozenset({"nil", "no", "none", "neg", "absent", "nd", "nt", "na"})
_COLON: Final = ":"


def pair_by_colon(tokens: list[Token]) -> list[Token]:
    """Read the colon of a declared pair as the slash that others write; the text stays as it is.

    A report declares pairs by their units or names: "mm:s", "diameter : reflux time".
    """
    colons = [t.index for t in tokens[1:-1] if t.text == _COLON]
    if not any(_declares(tokens, index) for index in colons):
        return tokens
    paired = {index for index in colons if _declares(tokens, index) or _pairs(tokens, index)}
    return [replace(t, text="/", norm="/") if t.index in paired else t for t in tokens]


def _declares(tokens: Sequence[Token], index: int) -> bool:
    """Whether the names or units of a pair stand about a colon."""
    about = {tokens[index - 1].norm, tokens[index + 1].norm}
    return not (about.isdisjoint(_LENGTHS) or about.isdisjoint(_TIMES))


def _pairs(tokens: Sequence[Token], index: int) -> bool:
    """Whether two values stand about a colon, with no space."""
    before, colon, after = tokens[index - 1 : index + 2]
    value = before.kind == "number" or before.norm in _UNITS
    other = after.kind == "number" or after.norm in _BLANKS
    return value and other and not (colon.gap or after.gap)

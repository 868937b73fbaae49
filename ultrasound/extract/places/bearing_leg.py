"""The leg on which a patient stands while the other is examined: no finding is of it.

As in "She was scanned standing with her weight on the left foot."
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

BEARING: Final = frozenset({"weight", "bearing", "leaning", "standing", "stood", "stands", "stand"})
_ON: Final = frozenset({"on", "onto", "upon"})
_BETWEEN: Final = _ON | {"the", "her", "his", "their", "mainly", "mostly", "shifted", "placed"}
_TAKING: Final = frozenset({"taking", "bearing", "carrying", "supporting", "took", "bore"})
_FAR: Final = 6  # tokens from "her weight" to a leg, and behind it to "taking the weight"
_NOUNS: Final = frozenset({"leg", "foot", "limb", "side"})


def leave_bearing(elements: list[Element], marks: Marks) -> list[Element]:
    """The elements without such a leg."""
    return [e for e in elements if not (isinstance(e, Mention) and _bears_weight(e, marks))]


def _bears_weight(leg: Mention, marks: Marks) -> bool:
    """Whether "weight on" or the like stands before a leg, or "taking the weight" behind it."""
    if leg.row("leg") is None or leg.row("vein", "place") is not None:
        return False
    own = [t.norm for t in marks.tokens[leg.first : leg.last + 1]]
    near = marks.tokens[max(0, leg.first - _FAR) : leg.first]
    before = list(_words_until(reversed(near), BEARING))
    borne = bool(before) and before[-1] in BEARING and _BETWEEN.issuperset(before[:-1])
    if borne and not _ON.isdisjoint(before + own):
        return True
    behind = [t for t in marks.tokens[leg.last + 1 :][:_FAR] if t.norm not in _NOUNS]
    taken = list(_words_until(behind, {"weight"}))
    return len(taken) > 1 and taken[0] in _TAKING and taken[-1] == "weight"


def _words_until(tokens: Iterable[Token], ends: Iterable[str]) -> Iterator[str]:
    """The words of a sentence up to one that ends them, and that one."""
    for token in tokens:
        if token.kind != "word":
            return
        yield token.norm
        if token.norm in ends:
            return

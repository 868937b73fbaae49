"""The other leg that opens a sentence only to be set against: "In contrast to the right, the SPJ".

What it is like stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.marks import Element, Marks, first_of
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_OPENINGS: Final = (
    ("in", "contrast", "to"),
    ("by", "contrast", "with"),
    ("in", "contrast", "with"),
    ("contrary", "to"),
    ("as", "opposed", "to"),
    ("unlike",),
)
_ALIKE: Final = ("symmetrical", "symmetric", "equal", "comparable", "similar", "identical", "same")
_AS: Final = "as"
_FIRSTS: Final = frozenset(opening[0] for opening in _OPENINGS)
_LEADING: Final = ("the", "on", "in")
_NOUNS: Final = ("side", "leg", "limb", ",")


def leave_set_against(elements: list[Element], marks: Marks) -> list[Element]:
    """The elements without such a leg, where what is spoken of follows it."""
    start = first_of(elements[0]) if elements else len(marks.tokens)
    if start >= len(marks.tokens) or marks.tokens[start].norm not in _FIRSTS:
        return elements
    words = tuple(token.norm for token in marks.tokens[start : start + 3])
    opening = next((o for o in _OPENINGS if words[: len(o)] == o), None)
    if opening is None:
        return elements
    position = _skip(elements, start + len(opening), _LEADING)
    leg = elements[position] if position < len(elements) else None
    if not isinstance(leg, Mention) or leg.row("leg") is None or leg.row("vein", "place"):
        return elements
    rest = _skip(elements, leg.last + 1, _NOUNS)
    follows = elements[rest] if rest < len(elements) else None
    # "in contrast to the right SSV": a vein of that leg is meant
    own = isinstance(follows, Token) and follows.norm == "the"
    return elements[rest:] if own or rest > position + 1 else elements


def leave_symmetrical(elements: list[Element]) -> list[Element]:
    """The elements without the other side that something is the same on: "symmetrical with it"."""
    for position, element in enumerate(elements):
        row = element.row("leg") if isinstance(element, Mention) else None
        if row is None or row.legs != ("other",):
            continue
        start = _begin_at(elements, position, _ALIKE, (*_LEADING, "with", "to", "as"))
        if start is not None:
            return [*elements[:start], *elements[position + 1 :]]
    return elements


def leave_likened(elements: list[Element]) -> list[Element]:
    """The elements without the leg that veins are likened to before they are described.

    As in "Deep veins as on the left: compressible and competent", "as on the right, patent".
    """
    for position, element in enumerate(elements):
        leg = element if isinstance(element, Mention) and element.row("leg") is not None else None
        follows = elements[position + 1 : position + 2]
        if leg is None or not follows or not _parts(follows[0]):
            continue
        start = _begin_at(elements, position, (_AS,), _LEADING)
        if start is not None:
            return [*elements[:start], *elements[position + 1 :]] if start else elements
    return elements


def _begin_at(
    elements: Sequence[Element], position: int, words: Sequence[str], between: Sequence[str]
) -> int | None:
    """Where one of some words stands before a position, with others ``between`` at most."""
    for start in range(position - 1, -1, -1):
        before = elements[start]
        if isinstance(before, Token) and before.norm in words:
            return start
        if not isinstance(before, Token) or before.norm not in between:
            return None
    return None


def _parts(element: Element) -> bool:
    return isinstance(element, Token) and element.text in (":", ",")


def _skip(elements: Sequence[Element], token: int, words: Sequence[str]) -> int:
    """The position of the first element from a token on that is none of some words."""
    position = next((i for i, e in enumerate(elements) if first_of(e) >= token), len(elements))
    while position < len(elements):
        element = elements[position]
        if not isinstance(element, Token) or element.norm not in words:
            break
        position += 1
    return position

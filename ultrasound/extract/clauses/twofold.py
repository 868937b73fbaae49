"""A denial that is said before each of two places: "no deep and no superficial thrombosis"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.places import is_place
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import DENIAL, Mention
from ultrasound.extract.words.tokens import Token

TWOFOLD: Final = frozenset({"and", "or", "nor", "&"})
_NEITHER, _NOR = "neither", "nor"


def unite_denials(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """Leave out the second denial of places that share their noun, and the commas about it.

    "Neither deep nor superficial thrombosis" is read alike.
    """
    united: list[Element] = []
    denied = False  # behind a denial, and since then only places and what joins them
    index = 0
    while index < len(elements):
        element = elements[index]
        again = denied and _find_again(elements, index)
        if again:
            joint, index = again
            united += [elements[joint], elements[index]]
            index += 1 + int(_is_sign(elements, index + 1, ","))
            continue
        at = first_of(element)
        if marks.tokens[at].norm == _NEITHER and _is_neither(elements, index, marks):
            element = Mention(at, at, DENIAL)
        denied = _is_denial(element) or (denied and _is_place(element))
        united.append(element)
        index += 1
    return united


def _find_again(elements: Sequence[Element], index: int) -> tuple[int, int] | None:
    """Where the joint of a second denial stands, and what follows the denial; None without one."""
    at = index
    if at and _is_place(elements[at - 1]) and _is_sign(elements, at, ","):
        at += 1
    joint = elements[at] if at < len(elements) else None
    if at == 0 or not isinstance(joint, Token) or joint.norm not in TWOFOLD:
        return None
    denial = at + 1
    follows = elements[denial + 1 : denial + 2]
    if denial >= len(elements) or not _is_denial(elements[denial]):
        return None
    return (at, denial + 1) if follows and _is_place(follows[0]) else None


def _is_neither(elements: Sequence[Element], index: int, marks: Marks) -> bool:
    """Whether "neither" stands before a place or a finding that "nor" follows."""
    element, *rest = elements[index:]
    follows = rest[0] if rest else None
    if not isinstance(element, Mention) or not isinstance(follows, Mention):
        return False
    if element.first != element.last or follows.row("leg") is not None:
        return False  # "neither leg"
    later = marks.tokens[follows.first : last_of(rest[-1]) + 1]
    named = is_place(follows) or follows.row("finding") is not None
    return named and any(token.norm == _NOR for token in later)


def _is_denial(element: Element) -> bool:
    return isinstance(element, Mention) and bool(element.cue("negation"))


def _is_place(element: Element) -> bool:
    return isinstance(element, Mention) and is_place(element)


def _is_sign(elements: Sequence[Element], index: int, sign: str) -> bool:
    element = elements[index] if index < len(elements) else None
    return isinstance(element, Token) and element.text == sign

"""Legs that end what is said of each: "is 4.6 mm with reflux on the right and 2.9 mm … left"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.words.tokens import Token

_TWO: Final = 2
_COMPANY: Final = ("with", "no", "without", "and", "&")
_JOINTS: Final = ("and", "but", "&", "while", "whereas", "versus")
_AFTER: Final = ("and", ",", "with", "no", "without", "&")  # inside of what is said of a leg


def share_each_side(thread: Thread) -> None:
    """Give the leg at the end of each of two statements to all of that statement.

    As in "the SFJ is 4.6 mm with reflux on the right and 2.9 mm without reflux on the left"; not
    in "is incompetent on the right, 4.6 mm, and …", where the number stands behind its leg.
    """
    chunks = thread.chunks
    sided = [at for at, chunk in enumerate(chunks) if any(g.has_leg for g in chunk.groups)]
    if len(sided) < _TWO or sided[-1] != len(chunks) - 1:
        return
    first, last = sided[-_TWO:]
    start = sided[-_TWO - 1] + 1 if len(sided) > _TWO else 0
    legs = [_leg_at_end(chunks[first]), _leg_at_end(chunks[last], alone=True)]
    joint, inside = chunks[first + 1].separator, chunks[first + _TWO :]
    led = all(c.separator in _COMPANY for c in inside) and first > start and bool(inside)
    if None in legs or not (joint in _JOINTS or (joint == "," and led)):
        return
    if all(c.separator in _AFTER for c in (*chunks[start + 1 : first + 1], *inside)):
        told = [] if _measures_each(chunks[first], chunks[last]) else chunks[start:first]
        _share(thread, told, legs[0])
        _share(thread, chunks[first + 1 : last], legs[1])


def _measures_each(one: Chunk, other: Chunk) -> bool:
    """Whether each leg has a number of one kind, and what stands before them is of both.

    As in "The SSVs show no reflux, 2.3 mm on the right and 2.6 mm on the left".
    """
    said = [*one.predicates, *other.predicates]
    kinds = {n.unit.kind for p in said for n in p.numbers if n.unit}
    beside = one.separator == "," and len(one.predicates) == len(other.predicates) == 1
    return beside and all(p.numbers for p in said) and len(kinds) == 1


def _leg_at_end(chunk: Chunk, *, alone: bool = False) -> PlaceGroup | None:
    """The single leg that a clause ends with, behind what it says, or of which it consists."""
    elements = list(chunk.elements)
    while elements and isinstance(elements[-1], Token) and elements[-1].kind != "word":
        elements.pop()
    last = elements[-1] if elements else None
    if not isinstance(last, PlaceGroup) or not is_only_leg(last):
        return None
    legs = {leg for part in last.parts for leg in part.legs}
    others = sum(group.has_leg for group in chunk.groups)
    said = [p for p in chunk.predicates if p.first < last.first]
    ends = bool(said) or (alone and not chunk.predicates)
    return last if len(legs) == 1 and others == 1 and ends else None


def _share(thread: Thread, chunks: Sequence[Chunk], group: PlaceGroup | None) -> None:
    part = group.parts[0] if group is not None else None
    if part is None or part.leg_at is None:
        return
    at = (part.leg_at.first, part.leg_at.last)
    for a in thread.result:
        if any(a.chunk is chunk for chunk in chunks):
            moved = (replace(site, legs=part.legs, leg_at=at) for site in a.sites)
            a.sites = tuple(dict.fromkeys(moved))

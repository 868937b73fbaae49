"""The veins of one leg that another leg's "the same veins" stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_SAME: Final = "same"
_NOUNS: Final = frozenset({"vein", "vessel", "segment"})
_REACH: Final = 3  # tokens from "same" to its noun
_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def mean_same(state: State, marks: Marks, chunks: Sequence[Chunk]) -> None:
    """Name the veins of the other leg's list: "RIGHT: The same six veins are compressible".

    Nothing where the list has another number of them.
    """
    legs = _legs_in(chunks) or tuple(leg for site in state.leg_sites() for leg in site.legs)
    for chunk in chunks:
        if len(legs) == 1 and chunk.predicates and not chunk.groups:
            _name_same(state, marks, chunk, legs[0])
    if len(legs) == 1:
        listed = [p for c in chunks for g in c.groups for p in g.parts if _is_listed(p)]
        parts = {part.vein: replace(part, legs=legs) for part in reversed(listed)}
        if len(parts) > 1:
            first = chunks[0].first
            state.series.append(PlaceGroup(first, first, tuple(reversed(parts.values()))))


def _name_same(state: State, marks: Marks, chunk: Chunk, leg: Leg) -> None:
    found = _find_same(marks, chunk)
    if found is None:
        return
    first, last, count = found
    others = [group for group in state.series if group.parts[0].legs == (leg.other,)]
    if count is not None:
        others = [group for group in others if len(group.parts) == count][-1:]
    if not others:
        return
    listed = max(others, key=lambda group: len(group.parts))
    parts = tuple(replace(part, legs=(), leg_at=None) for part in listed.parts)
    group = PlaceGroup(first, last, parts)
    before = [e for e in chunk.elements if end_of(e) < first]
    chunk.elements = [*before, group, *(e for e in chunk.elements if start_of(e) > last)]
    chunk.groups.append(group)


def _find_same(marks: Marks, chunk: Chunk) -> tuple[int, int, int | None] | None:
    """Where a clause says "the same six veins", and how many."""
    tokens = marks.tokens[chunk.first : chunk.last + 1]
    start = next((t.index for t in tokens[:2] if t.norm == _SAME), None)
    if start is None:
        return None
    words = marks.tokens[start + 1 : start + 1 + _REACH]
    end = next((t.index for t in words if t.norm in _NOUNS), None)
    if end is None or end > chunk.last:
        return None
    between = [t for t in words if t.index < end]
    counts = [_COUNTS.get(t.norm) or (int(t.text) if t.text.isdigit() else None) for t in between]
    return None if None in counts else (start, end, counts[0] if counts else None)


def _legs_in(chunks: Sequence[Chunk]) -> tuple[Leg, ...]:
    """The legs that a sentence names."""
    parts = [part for chunk in chunks for group in chunk.groups for part in group.parts]
    return tuple(dict.fromkeys(leg for part in parts for leg in part.legs))


def _is_listed(part: Part) -> bool:
    return part.vein is not None and part.vein not in (*GROUPS, *COUNTED)

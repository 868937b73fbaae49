"""Measures in a bracket straight behind a vein that another one only meets: they are its own.

As in "the AASV (5 mm) drains into the GSV (7 mm)", where each has its bracket, and in "calf
varicosities are fed by the GSV (6 mm, 2.8 s)". A size alone is that of the branch: "a tributary
leaves the GSV at the mid thigh (4.1 mm)".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose

_OPENING: Final = "("
_BEHIND: Final = 2  # tokens from the last of a vein over the bracket to its first measure
_BRANCHES: Final = "NSV"


def place_behind_route(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The vein straight before the bracket of a measure, where it is one that is only met."""
    position = thread.position_of(chunk)
    opening = _opening_of(thread, position)
    if opening is None:
        return ()
    before = thread.chunks[opening - 1]
    group = _ends_with_vein(before, thread.chunks[opening])
    if group is None or group.has_spot:  # a level may be that of a branch
        return ()
    if not any(group is met for met in (*before.passing, *before.asides)):
        return ()
    fed = any(part.vein == _BRANCHES for g in before.groups if g is not group for part in g.parts)
    fed = fed and _has_time(thread.chunks[opening:])
    return compose(group, thread.focus) if fed or _has_own(thread, opening) else ()


def _opening_of(thread: Thread, position: int) -> int | None:
    """The clause that opens the bracket of a clause, where it holds nothing but numbers."""
    chunks = thread.chunks
    while position > 0 and _measures(chunks[position]) and chunks[position].separator != _OPENING:
        position -= 1
    opens = position > 0 and chunks[position].separator == _OPENING
    return position if opens and _measures(chunks[position]) else None


def _has_time(chunks: Sequence[Chunk]) -> bool:
    """Whether the numbers of the bracket that opens some clauses tell a time of reflux."""
    inside = takewhile(_measures, chunks)
    numbers = [n for chunk in inside for p in chunk.predicates for n in p.numbers]
    return any(n.unit is not None and n.unit.kind == "time" for n in numbers)


def _measures(chunk: Chunk) -> bool:
    """Whether a clause inside brackets is numbers and nothing else."""
    numbers = all(p.numbers and p.finding is None for p in chunk.predicates)
    return chunk.depth > 0 and bool(chunk.predicates) and numbers and not chunk.groups


def _ends_with_vein(before: Chunk, bracket: Chunk) -> PlaceGroup | None:
    """The vein that stands straight before a bracket."""
    group = before.groups[-1] if before.groups else None
    near = group is not None and group.has_vein and group.last + _BEHIND == bracket.first
    return group if near else None


def _has_own(thread: Thread, opening: int) -> bool:
    """Whether a vein earlier in the sentence has its measures in a bracket of its own."""
    pairs = zip(thread.chunks[: opening - 1], thread.chunks[1:opening], strict=False)
    return any(
        inner.separator == _OPENING and _measures(inner) and _ends_with_vein(outer, inner)
        for outer, inner in pairs
    )

"""A finding over a list of levels, each with its size behind it.

As in "incompetent in the thigh, 8 mm, and in the calf, 5 mm", "incompetent at the SFJ, 8 mm, mid
thigh, 6 mm, and knee, 5 mm": the levels have one finding, which stands before the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.narrow import is_bare
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import compose

_PROPERTIES: Final = ("reflux", "patency", "compressibility")
_JOINTS: Final = (",", "and", "&")
_AND: Final = ("and", "&")
_SIZES: Final = ("length", "time")
_SET_OFF: Final = (",", "(")


def share_over_levels(thread: Thread) -> None:
    """Say it at each further level of such a list too."""
    for a in list(thread.result):
        if not _is_found(a):
            continue
        trunk = tuple(site.without_spot() for site in a.sites)
        behind = thread.chunks[thread.position_of(a.chunk) + 1 :]
        levels = _find_levels(behind, a.chunk.clause)
        at = next(i for i, other in enumerate(thread.result) if other is a) + 1
        thread.result[at:at] = [replace(a, sites=compose(group, trunk)) for group in levels]


def _is_found(a: Assignment) -> bool:
    """Whether a clause finds something of a trunk, and then names one level of it."""
    finding = a.predicate.finding
    if finding is None or finding.property not in _PROPERTIES or a.dropped or a.exception:
        return False
    named = len(a.sites) == 1 and a.sites[0].vein not in (None, *COUNTED, *GROUPS)
    level = bool(a.chunk.groups) and a.chunk.groups[-1].first > a.predicate.last
    placed = named and bool(a.sites[0].spot) and a.sites[0].until is None
    last = a.predicate is a.chunk.predicates[-1] if a.chunk.predicates else False
    return placed and level and last and a.explicit and a.number is None


def _find_levels(chunks: Sequence[Chunk], clause: int) -> list[PlaceGroup]:
    """The further levels, each alone in its clause before its size; none without an "and"."""
    levels: list[PlaceGroup] = []
    joined = False
    # of two levels one size may stand behind both: "lower thigh and upper calf only (4.9 mm)"
    sized = bool(chunks) and (_is_size(chunks[0]) or chunks[0].separator in _AND)
    for chunk, after in zip_longest(chunks, chunks[1:]):
        if chunk.clause != clause or joined:
            break
        if _is_size(chunk) or not (chunk.groups or chunk.predicates):
            continue
        if not chunk.groups:
            return []  # "…, 8 mm, and in the calf, 5 mm, competent"
        if not (sized and _is_level(chunk) and after is not None and _is_size(after)):
            break
        levels.append(chunk.groups[0])
        joined = chunk.separator in _AND
    return levels if joined and not _is_told_apart(chunks, levels) else []


def _is_told_apart(chunks: Sequence[Chunk], levels: Sequence[PlaceGroup]) -> bool:
    """Whether something else is found straight behind the size of the last level."""
    at = next(i for i, chunk in enumerate(chunks) if levels[-1] in chunk.groups)
    behind = chunks[at + 2 : at + 3]
    return any(_finds(chunk) and not chunk.groups for chunk in behind)


def _is_level(chunk: Chunk) -> bool:
    single = len(chunk.groups) == 1 and is_only_level(chunk.groups[0])
    return single and chunk.separator in _JOINTS and not chunk.predicates and is_bare(chunk)


def _finds(chunk: Chunk) -> bool:
    return any(p.finding is not None and p.finding.kind != "label" for p in chunk.predicates)


def _is_size(chunk: Chunk) -> bool:
    """Whether a clause is a size that is set off, and no more."""
    sized = any(
        n.unit is not None and n.unit.kind in _SIZES for p in chunk.predicates for n in p.numbers
    )
    return sized and not _finds(chunk) and not chunk.groups and chunk.separator in _SET_OFF

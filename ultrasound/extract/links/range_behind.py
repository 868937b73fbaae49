"""A range behind the number that parts it from its finding: "incompetent, 5.6 mm, SFJ to knee".

As in "is incompetent with reflux of 3.5 seconds from the SFJ to the knee", "shows severe reflux, 4
seconds, from the SFJ to the knee". Where the number alone has the range, "incompetent, measuring
5 mm from the SFJ to the knee", it is no other's.
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.narrow import is_bare
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import compose

_REFLUX: Final = "reflux"
_NOUN_AND_TIME: Final = 2  # predicates of "reflux of 3.5 s"
_COMMAS: Final = (",", "(", "with")
_ENDS: Final = (",", ")")


def share_range_behind(thread: Thread) -> None:
    """Give a finding the range that stands behind its number."""
    for a in thread.result:
        group = _find_range(thread, a) if _is_unplaced(a) else None
        if group is not None and {p.vein for p in group.parts} <= {None, a.sites[0].vein}:
            a.sites = compose(group, a.sites)


def _is_unplaced(a: Assignment) -> bool:
    """Whether a clause finds reflux in a vein, or none, and names no level of it."""
    finding = a.predicate.finding
    if finding is None or finding.property != _REFLUX or a.dropped or a.exception:
        return False
    named = len(a.sites) == 1 and a.sites[0].vein not in (None, *COUNTED, *GROUPS)
    return named and a.explicit and not a.sites[0].has_spot and a.number is None


def _find_range(thread: Thread, a: Assignment) -> PlaceGroup | None:
    """The range behind the number that follows a finding straight."""
    at = thread.position_of(a.chunk)
    if at < 0 or a.predicate not in a.chunk.predicates[-1:]:
        return None
    number, behind = thread.follower(at), thread.follower(at + 1)
    if number is None or number.separator not in _COMMAS or number.clause != a.chunk.clause:
        return None
    if number.groups:
        return _range_of(number) if _repeats(number) else None
    alone = bool(number.predicates) and not any(_is_word(p.finding) for p in number.predicates)
    if behind is None or not alone or behind.separator not in _ENDS or behind.predicates:
        return None
    same = behind.clause == number.clause and is_bare(behind)
    return _range_of(behind) if same else None


def _repeats(chunk: Chunk) -> bool:
    """Whether a clause only tells the time of the reflux, before its range."""
    if chunk.separator != "with" or len(chunk.predicates) != _NOUN_AND_TIME:
        return False
    noun, time = chunk.predicates
    finding = noun.finding
    timed = bool(time.numbers) and time.last < chunk.groups[0].first
    named = finding is not None and (finding.property, finding.kind) == (_REFLUX, "noun")
    return timed and named and not noun.negated


def _range_of(chunk: Chunk) -> PlaceGroup | None:
    """The one place of a clause where it is a range of one vein."""
    if len(chunk.groups) != 1:
        return None
    group = chunk.groups[0]
    ranged = len(group.parts) == 1 and group.parts[0].until is not None
    return group if ranged and not group.has_leg else None


def _is_word(finding: object) -> bool:
    return finding is not None and getattr(finding, "kind", "") != "label"

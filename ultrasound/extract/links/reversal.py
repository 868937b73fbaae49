"""A leg of which the reverse of the other one is said: "on the left it is vice versa"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import compose

_PAIR: Final = 2


def say_reversed(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say of each of two veins of a leg what was found of the other one in the other leg.

    As in "on the right the GSV refluxes and the SSV is competent; on the left it is vice versa".
    """
    if "reversal" not in chunk.kinds or chunk.predicates or len(groups) != 1:
        return False
    if not is_only_leg(groups[0]):
        return False
    said = [a for a in thread.result if a.predicate.finding is not None and not a.dropped]
    last = said[-_PAIR:]
    if len(last) < _PAIR or _vein_of(last[0]) == _vein_of(last[1]):
        return False
    for a, other in (last, last[::-1]):
        sites = tuple(s.without_spot() for s in compose(groups[0], other.sites))
        thread.result.append(replace(a, sites=sites, chunk=chunk, explicit=True))
        thread.mention(sites)
    thread.focus = compose(groups[0], tuple(site.only_leg() for site in thread.focus))
    return True


def _vein_of(a: Assignment) -> set[str | None]:
    return {site.vein for site in a.sites}

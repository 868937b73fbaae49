"""One branch of which a sentence tells the level late: what was said before it is of there too.

As in "a perforator (4.6 mm) is seen in the medial calf and is incompetent".
"""

from __future__ import annotations

from ultrasound.extract.facts.distances import is_distance, is_long_length
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.another import kind_of
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site


def place_one_branch(thread: Thread) -> None:
    """Give all that is said of the only branch of a sentence its only level."""
    groups = [group for chunk in thread.chunks for group in chunk.groups]
    named = [part for group in groups for part in group.parts if part.vein]
    if len(named) != 1 or named[0].vein not in COUNTED or named[0].vein_at is None:
        return
    if sum(group.has_spot for group in groups) != 1 or named[0].has_spot:
        return
    said = [a for a in thread.result if not a.dropped and a.sites]
    if thread.marks.tokens[named[0].vein_at.last].text.endswith("s") or _sets_apart(said):
        return
    at = (named[0].vein_at.first, named[0].vein_at.last)
    foreign = any(site.vein_at != at for a in said for site in a.sites)
    if foreign or len({a.chunk.clause for a in said}) != 1:
        return
    placed = {a.sites for a in said if all(_is_placed(site) for site in a.sites)}
    if len(placed) != 1:
        return
    sites = placed.pop()
    for a in said:
        if len(a.sites) == len(sites) and not any(_is_placed(site) for site in a.sites):
            a.sites = sites


def _sets_apart(said: list[Assignment]) -> bool:
    """Whether something is denied or excepted, or measured twice: then there are two."""
    numbers = [(a.chunk, a.number) for a in said if a.number is not None]
    kinds = [kind_of(n) for chunk, n in numbers if not (is_long_length(n) or is_distance(chunk, n))]
    several = len(kinds) > len(set(kinds))
    return several or any(a.exception or a.limited or a.predicate.negated for a in said)


def _is_placed(site: Site) -> bool:
    return site.has_spot

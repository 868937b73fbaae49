"""Levels in brackets behind what was said of them."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.narrow import is_bare
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import compose


def place_each(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Give what was said the level behind it in brackets, where each has one of its own.

    As in "7.5 mm (SFJ), 6 mm (mid thigh)": the second one is not of the first one's level, and the
    first one not of each level of a range before it.
    """
    before = thread.chunks[index - 1]
    earlier = [c for c in thread.chunks[: index - 1] if c.separator == "(" and is_bare(c)]
    own = [a for a in thread.result if a.chunk is before and not a.explicit]
    level = len(groups) == 1 and groups[0].has_spot and not groups[0].has_leg
    measured = any(p.numbers for p in before.predicates)
    ranged = measured and all(site.until for a in own for site in a.sites)
    if chunk.separator != "(" or before.groups or not (own and level and (earlier or ranged)):
        return False
    for a in own:
        a.sites = compose(groups[0], tuple(site.without_spot() for site in a.sites))
        a.explicit = True
    return True

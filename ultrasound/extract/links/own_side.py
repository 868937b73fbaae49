"""The leg that a clause names behind a system: "Axial deep reflux on the left from the CFV to …".

What is said of the system is of that leg, and not of both legs of the title.
"""

from __future__ import annotations

from dataclasses import replace

from ultrasound.extract.facts.fact import GROUPS
from ultrasound.extract.links.thread import Thread


def leave_title_legs(thread: Thread) -> None:
    """Give the one finding of a clause the leg that stands behind it."""
    for a in thread.result:
        groups = [group for group in a.chunk.groups if group.has_leg]
        above = [s for s in a.sites if len(s.legs) > 1 and s.leg_at and s.leg_at[1] < a.chunk.first]
        if (
            len(groups) != 1
            or len(a.chunk.predicates) != 1
            or not above
            or len(above) < len(a.sites)
        ):
            continue
        part = groups[0].parts[0]
        behind = groups[0].first > a.predicate.last and part.leg_at is not None
        if not behind or len(part.legs) != 1 or not all(s.vein in GROUPS for s in a.sites):
            continue
        at = (part.leg_at.first, part.leg_at.last) if part.leg_at else None
        a.sites = tuple(replace(site, legs=part.legs, leg_at=at) for site in a.sites)

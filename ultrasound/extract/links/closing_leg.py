"""A leg that is told late, and holds for what stands before it.

As in "tributaries and a GSV in the left leg", "deep reflux, left: CFV and FV".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import GROUPS
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import Part, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, compose, make_site

_JOINTS: Final = ("start", "and", "&", ",", "with")


def share_closing_leg(thread: Thread) -> None:
    """Give the leg at the end of a sentence to what it says before of veins of no leg.

    As in "incompetent thigh tributaries and a competent GSV in the left leg"; not in "incompetent
    tributaries and a competent left GSV". What is said of systems stays with each leg.
    """
    groups = [group for chunk in thread.chunks for group in chunk.groups]
    sided = [group for group in groups if group.has_leg]
    one_leg = len(thread.opened) == 1 and len(thread.opened[0].legs) == 1
    if one_leg or len(groups) == 1 or len(sided) != 1 or sided[0] is not groups[-1]:
        return
    part = sided[0].parts[-1]
    if not _closes(part) or any(c.separator not in _JOINTS for c in thread.chunks):
        return
    own, leg_at = thread.chunks[-1], make_site(part).leg_at
    for a in thread.result:
        if a.chunk is not own and all(_is_open(site) for site in a.sites):
            a.sites = tuple(replace(site, legs=part.legs, leg_at=leg_at) for site in a.sites)


def side_head(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give the head of a list the leg behind it: "Deep reflux, left: CFV and FV"."""
    alone = len(groups) == 1 and is_only_leg(groups[0]) and chunk.separator == ","
    at = thread.position_of(chunk)
    follower = thread.follower(at)
    if not alone or at != 1 or follower is None or follower.separator != ":":
        return
    head = thread.chunks[0]
    if any(group.has_leg for group in head.groups):
        return
    for a in thread.result:
        if a.chunk is head and a.predicate.finding and a.predicate.finding.kind == "noun":
            a.sites = compose(groups[0], a.sites)


def _closes(part: Part) -> bool:
    """Whether one leg is named behind the vein."""
    if len(part.legs) != 1 or part.leg_at is None or part.vein_at is None:
        return False
    return part.leg_at.first > part.vein_at.last


def _is_open(site: Site) -> bool:
    """Whether a place is of a single vein, and of no leg by the words of its sentence."""
    return site.vein is not None and site.vein not in GROUPS and len(site.legs) != 1

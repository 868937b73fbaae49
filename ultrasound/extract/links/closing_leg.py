"""A leg that ends a sentence and holds for all of it: "tributaries and a GSV in the left leg"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import GROUPS
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import Part
from ultrasound.extract.places.sites import Site

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
    own = thread.chunks[-1]
    for a in thread.result:
        if a.chunk is not own and all(_is_open(site) for site in a.sites):
            a.sites = tuple(replace(site, legs=part.legs, leg_at=_span(part)) for site in a.sites)


def _closes(part: Part) -> bool:
    """Whether one leg is named behind the vein."""
    if len(part.legs) != 1 or part.leg_at is None or part.vein_at is None:
        return False
    return part.leg_at.first > part.vein_at.last


def _is_open(site: Site) -> bool:
    """Whether a place is of a single vein, and of no leg by the words of its sentence."""
    return site.vein is not None and site.vein not in GROUPS and len(site.legs) != 1


def _span(part: Part) -> tuple[int, int] | None:
    return None if part.leg_at is None else (part.leg_at.first, part.leg_at.last)

"""Findings that are said once for a list of places behind a colon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.chunks import Chunk
from ultrasound.extract.fact import PERFORATORS
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.thread import Phrase, Thread


def start_spread(thread: Thread, index: int, chunk: Chunk, *, placed: bool) -> None:
    """Keep the findings that hold at each place of a list.

    As in "… shows reflux at several levels: A (1.2 s), B (0.9 s)". ``placed``: the clause names
    a place of its own; without one only what was not assessed is spread.
    """
    follower = thread.follower(index)
    if follower is None or follower.separator != ":":
        return
    thread.spread = []
    if not follower.groups or follower.elements[0] is not follower.groups[0]:
        return
    if not placed:
        for a in thread.result:
            if a.chunk is chunk and index == 0:
                a.sites = ()  # "Incompetent: right GSV, right SSV"
    thread.spread = [
        a
        for a in thread.result
        if a.chunk is chunk
        and a.predicate.finding is not None
        and a.predicate.finding.kind in ("word", "noun")
        and not any(site.has_spot for site in a.sites)
    ]


def spread_over(
    thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup], phrases: Sequence[Phrase]
) -> None:
    """Say the findings that were kept of the places of a clause, until it has one of its own."""
    if not thread.spread or not groups:
        return
    veins = {part.vein for group in groups for part in group.parts} - {None}
    own = {site.vein for a in thread.spread for site in a.sites} - {None}
    own |= set(PERFORATORS) if "PERF" in own else set()
    if own and not (veins <= own and all(group.has_spot for group in groups)):
        return
    if any(p.finding is not None and p.finding.kind != "label" for p in chunk.predicates):
        thread.spread = []
        return
    for a in thread.spread:
        a.dropped = True
        for _, sites in phrases:
            thread.result.append(replace(a, sites=sites, dropped=False, spread=True))

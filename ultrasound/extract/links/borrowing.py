"""Veins and legs that a clause leaves out and a later one names."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site, compose

_AROUND: Final = 3  # clauses: a level, what is told there, and the vein


def borrow_vein(thread: Thread, group: PlaceGroup) -> tuple[Site, ...]:
    """The vein that comes with the second leg: "280 ms in the right and 350 in the left CFV"."""
    measured = any(p.numbers for p in thread.chunks[0].predicates) or _are_pair(thread)
    if group.has_vein or group.has_spot or not group.has_leg or not measured:
        return ()
    for chunk in thread.chunks[1:3]:
        if chunk.separator in ("and", ","):
            for later in chunk.groups:
                if later.has_vein and later.has_leg:
                    return compose(later, ())
    return ()


def _are_pair(thread: Thread) -> bool:
    """Whether two legs have an adjective each: "Incompetent right and competent left GSV"."""
    pair = thread.chunks[:2]
    led = [bool(c.predicates) and c.predicates[0].first == c.first for c in pair]
    words = [p.finding for c in pair for p in c.predicates]
    adjectives = len(words) == len(pair) and all(f is not None and f.kind == "word" for f in words)
    return len(pair) > 1 and pair[1].separator == "and" and all(led) and adjectives


def borrow_leg(thread: Thread, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The one leg that a sentence names later: "no SFJ reflux, the right AASV refluxes"."""
    of_source = _are_of_source(thread, sites)
    if (any(site.legs for site in sites) and not of_source) or not any(s.vein for s in sites):
        return sites
    named = [part for c in thread.chunks for g in c.groups for part in g.parts if part.legs]
    if any(chunk.separator == ":" for chunk in thread.chunks):
        return sites  # "incompetent perforators: right none"
    if len({part.legs for part in named}) != 1 or named[0].leg_at is None:
        return sites
    legs, at = named[0].legs, (named[0].leg_at.first, named[0].leg_at.last)
    return tuple(dict.fromkeys(replace(site, legs=legs, leg_at=at) for site in sites))


def _are_of_source(thread: Thread, sites: tuple[Site, ...]) -> bool:
    """Whether branches with no leg of their own come from the vein of one leg behind them.

    As in "Thigh varicosities arise from the right AASV" in a report on both legs.
    """
    met = [g for c in thread.chunks for g in (*c.asides, *c.passing)]
    first = thread.chunks[0].first
    open_legs = all(len(s.legs) != 1 and (s.leg_at or (-1, -1))[1] < first for s in sites)
    branches = bool(sites) and all(site.vein in COUNTED for site in sites)
    return branches and open_legs and any(group.has_leg for group in met)


def told_at_level(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The vein behind what is told at its level: "At the knee, where it is 5 mm, the GSV is …"."""
    position = thread.position_of(chunk)
    around = thread.chunks[max(0, position - 1) : position + 2]
    if len(around) != _AROUND or any(len(c.groups) != 1 for c in (around[0], around[2])):
        return ()
    before, _, later = around
    separators = before.separator in ("start", ";"), chunk.separator, later.separator
    level, vein = before.groups[0], later.groups[0]
    opens = separators == (True, "where", ",") and not (chunk.groups or before.predicates)
    if not opens or not is_only_level(level) or not vein.has_vein or vein.has_spot:
        return ()
    legs = tuple(dict.fromkeys(site.only_leg() for site in thread.focus))
    return compose(level, tuple(site.without_spot() for site in compose(vein, legs)))

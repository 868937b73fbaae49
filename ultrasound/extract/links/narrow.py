"""Phrases that complete the statements before them (rule 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.verbs import CONFINED, confines
from ultrasound.extract.facts.fact import COUNTED, OF_ALL
from ultrasound.extract.links.assignment import Assignment, split_sites
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.trailing import is_side, share_behind_sides
from ultrasound.extract.places.places import FILLERS, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.words.tokens import Token

_HOLDERS: Final = {"DEEP", "SUPERFICIAL", "PERF"}  # a phrase may name the vein that is meant
# Words beside places that say nothing of their own; with any other one a clause is no list.
_LIGHT: Final = frozenset(
    {"only", "medial", "medially", "lateral", "laterally", "posterior", "anterior", "involving"}
    | {"now", "before", "too", "also", "again", "as", "well", "both", "all", "way"}
    | {"starting", "beginning", "commencing"}  # "in the proximal calf and extending to the thigh"
)
_OR: Final = ("or", "nor")
_MEASURING: Final = (",", "with", "and", "(", "-")  # before the measures of a branch
_IS: Final = frozenset({"is", "are", "was", "were", "being"})  # "is confined to the knee"


def is_bare(chunk: Chunk) -> bool:
    """Whether a clause holds places and next to nothing else: "right never operated" is no list."""
    words = [e for e in chunk.elements if isinstance(e, Token) and e.kind == "word"]
    if "continues" in chunk.kinds:
        return False  # "the SPJ is absent, the SSV continuing as a Giacomini vein"
    if chunk.separator == "with" and "unremarkable" in chunk.kinds:
        return False  # "superficial reflux with normal deep veins"
    if chunk.separator in _OR and chunk.groups:  # "no clot or wall thickening in the FV"
        words = [e for e in words if e.index > chunk.groups[0].first]
    light = _LIGHT | CONFINED | _IS if confines(chunk) else _LIGHT
    return all(word.norm in FILLERS or word.norm in light for word in words)


def limits(chunk: Chunk) -> bool:
    """Whether places limit what was said before: "but only in the calf"."""
    return chunk.separator == "but" and "only" in chunk.words


def meets(chunk: Chunk) -> bool:
    """Whether a clause names a vein that another one meets: "calf varices, fed by a tributary"."""
    joins = chunk.cues("joins")
    met = [g for g in chunk.groups if joins and all(part.vein in COUNTED for part in g.parts)]
    chunk.passing += [group for group in met if group not in chunk.passing]
    return bool(met)


def narrow_before(thread: Thread, chunk: Chunk, group: PlaceGroup) -> None:
    """Complete the statements of an earlier clause by a phrase that stands alone."""
    if group.has_vein and _name_treated(thread, chunk, group):
        return
    if _name_systems(thread, chunk, group):
        return
    last_sites, opening = thread.result[-1].sites, _opening(thread, chunk)
    measured = _measured_branch(thread, chunk) if group.has_spot and not group.has_vein else []
    for a in thread.result:
        meant = _is_meant(a, chunk, group, last_sites) or _is_meant(a, opening, group, last_sites)
        meant = meant or any(a.chunk is part for part in measured)
        if not a.dropped and meant and _fits(a, group, thread.chunks[0].first):
            a.sites, a.explicit = _compose_each(a, group), a.explicit or group.has_spot
    share_behind_sides(thread, chunk, group)


def _compose_each(a: Assignment, group: PlaceGroup) -> tuple[Site, ...]:
    """The level of each of several veins: "GSV and SSV incompetent (calf)"; else of the last."""
    each = a.number is None and len(a.chunk.groups) == 1 and not any(s.has_spot for s in a.sites)
    if not each or group.has_vein or group.has_leg:
        return compose(group, a.sites)
    return tuple(site for own in a.sites for site in compose(group, (own,)))


def _name_systems(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Give what named no place the systems behind it: "No thrombosis, deep or superficial"."""
    loose = [a for a in thread.result if a.chunk is chunk and not (a.explicit or a.dropped)]
    systems = {part.vein for part in group.parts} <= {"DEEP", "SUPERFICIAL"}
    if not systems or not loose or chunk.groups:
        return False
    for a in loose:
        a.sites, a.explicit = compose(group, ()), True
    return True


def _opening(thread: Thread, chunk: Chunk) -> Chunk:
    """The first clause of the bracket in which one stands; outside of one the clause itself."""
    at = max(thread.position_of(chunk), 0)
    while at and chunk.depth and thread.chunks[at].separator != "(":
        at -= 1
    return thread.chunks[at] if thread.chunks[at].depth == chunk.depth else chunk


def _measured_branch(thread: Thread, chunk: Chunk) -> list[Chunk]:
    """The clauses from a branch with no level to its measures, behind which the level stands.

    As in "one incompetent perforator, 3.7 mm with 0.8 s, at the distal calf".
    """
    parts, at = [chunk], thread.position_of(chunk)
    while at > 0 and not parts[-1].groups and parts[-1].separator in _MEASURING:
        if any(p.finding is not None and p.finding.kind == "word" for p in parts[-1].predicates):
            return []
        at -= 1
        parts.append(thread.chunks[at])
    groups = parts[-1].groups
    named = [part for group in groups for part in group.parts]
    branch = bool(named) and all(p.vein in COUNTED and not p.has_spot for p in named)
    return parts if branch and len(parts) > 1 and "negation" not in parts[-1].kinds else []


def _name_treated(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Give treatments that named no vein the one behind their bracket: "VenaSeal (2021) left SSV".

    What was treated before them was another vein.
    """
    loose = [
        a
        for a in thread.result
        if a.chunk.clause == chunk.clause
        and a.predicate.finding is not None
        and a.predicate.finding.property == "treatment"
        and not (a.explicit or a.dropped or a.chunk.groups)
    ]
    behind = thread.marks.tokens[group.first - 1].text in (")", "]")
    for a in loose if behind else ():
        a.sites, a.explicit = compose(group, ()), True
    return bool(loose) and behind


def _is_meant(a: Assignment, chunk: Chunk, group: PlaceGroup, last_sites: tuple[Site, ...]) -> bool:
    """Whether a phrase reaches a statement: of its clause, or of its list."""
    if a.chunk is chunk:
        return True
    if a.chunk.clause != chunk.clause:
        return False
    if group.has_vein and not any(site.vein for site in a.sites):
        return True  # "severe reflux (2750 ms) in the right GSV"
    groups = a.chunk.groups
    bracket = chunk.separator == "(" and a.chunk.last + 2 == chunk.first
    if bracket and a.sites == last_sites and a.predicate.finding is not None:
        # it narrows "incompetent (1.7 s, proximal calf)", and no denial: "no reflux (0.3 s, knee)"
        return not (a.predicate.value in OF_ALL and any(p.numbers for p in chunk.predicates))
    if chunk.separator == "/" and not groups[1:] and a.sites == last_sites:
        return True
    return (
        a.predicate.finding is not None
        and is_only_leg(group)
        and not any(g.has_leg for g in groups)
    )


def close_side(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Give a leg in brackets all that was said of the vein since the bracket before it.

    As in "Below knee: 4.5 mm with 1400 ms (R); 2.9 mm, no reflux (L)".
    """
    legs = {leg for group in groups for part in group.parts for leg in part.legs}
    if not is_side(chunk) or len(legs) != 1:
        return False
    start = _side_start(thread, chunk)
    if start is None:
        return True
    veins = {site.vein for site in thread.result[-1].sites}
    closed = [a for a in thread.result if a.chunk.first >= start]
    last = thread.result[-1].chunk
    meant = [
        a
        for a in closed
        if {site.vein for site in a.sites} == veins
        and not any(g.has_leg for g in a.chunk.groups)
        and (a.chunk is last or not _has_own_leg(a, start))
    ]
    for a in meant:
        a.sites = compose(groups[-1], a.sites)
    return bool(meant)


def _has_own_leg(a: Assignment, start: int) -> bool:
    """Whether a leg was named since some token, of which a statement is: "the left with 2.9 s"."""
    named = [site.leg_at for site in a.sites if len(site.legs) == 1 and site.leg_at is not None]
    return bool(named) and all(start <= at[0] < a.predicate.first for at in named)


def _side_start(thread: Thread, chunk: Chunk) -> int | None:
    """Where what a bracket closes begins: behind another bracket of a leg, a colon or its line.

    Where a bracket of a leg stands before all that is said, each opens what follows it, and none
    closes anything: "Knee: (R) 2.4 mm, 3.7 s; (L) 6.4 mm".
    """
    start, said = thread.chunks[0].first, False
    if _is_only_side(thread, chunk):
        return start  # "SSV after MOCA: occluded throughout (left)."
    for before in thread.chunks[: thread.position_of(chunk)]:
        if is_side(before):
            if not said:
                return None
            start = before.last + 1
        elif before.separator in (":", ";"):
            start = before.first
        said = said or bool(before.predicates)
    return start


def _is_only_side(thread: Thread, chunk: Chunk) -> bool:
    """Whether a bracket ends its sentence, and no other words of it name a leg."""
    behind = thread.chunks[thread.position_of(chunk) + 1 :]
    ends = all(not (c.groups or c.predicates) for c in behind)
    legs = [g for c in thread.chunks if c is not chunk for g in c.groups if g.has_leg]
    return ends and not legs


def hand_out(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Give a list of numbers the legs behind it: "300 and 510 ms, left and right respectively"."""
    listed = [a for a in thread.result if a.number is not None and len(a.predicate.numbers) > 1]
    last = [a for a in listed if a.predicate is listed[-1].predicate]
    places = split_sites(compose(group, ()))
    if not (chunk.cues("respectively") and is_only_leg(group) and len(places) == len(last)):
        return False
    for a, (place,) in zip(last, places, strict=True):
        own = a.sites or a.about
        moved = (replace(site, legs=place.legs, leg_at=place.leg_at) for site in own)
        a.sites = tuple(dict.fromkeys(moved))
    return True


def _fits(a: Assignment, group: PlaceGroup, first: int) -> bool:
    """Whether a phrase can complete a statement: no other vein, no second level of its sentence.

    The sentence begins at ``first``; a trunk's level that was told before it gives way.
    """
    levels = [site for site in a.sites if site.has_spot]
    again = any(at[0] >= first for site in levels for at in site.spot_at)
    if group.has_spot and (again or any(site.vein in COUNTED for site in levels)):
        return False
    legs = {leg for part in group.parts for leg in part.legs}
    said = {leg for g in a.chunk.groups for part in g.parts for leg in part.legs}
    if said and not legs <= said:
        return False  # "reflux right 0.4 s, left" keeps its right
    if len(legs) < len(said) and is_only_leg(group):
        return False  # "incompetent in both legs, severe on the left"
    veins = {part.vein for part in group.parts if part.vein}
    own = {site.vein for site in a.sites}
    if veins and veins <= own and not group.has_spot and all(site.has_spot for site in a.sites):
        return False  # "R SFJ 1.2 s, R GSV (AK) 1.8 s": the vein again, for what follows
    return not veins or not own - {None} or veins <= own or own <= _HOLDERS

"""A leg that is told late, and holds for what stands before it.

As in "tributaries and a GSV in the left leg", "deep reflux, left: CFV and FV".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, start_of
from ultrasound.extract.facts.fact import GROUPS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import FILLERS, Part, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, compose, make_site
from ultrasound.extract.words.tokens import Token

_BOTH: Final = 2
_JOINTS: Final = ("start", "and", "&", ",", "with")
_ADDED: Final = (",", "and", "&", "with", "-", "–", "—", "/", "+", "(")


def share_closing_leg(thread: Thread) -> None:
    """Give the leg at the end of a sentence to what it says before of veins of no leg.

    As in "incompetent thigh tributaries and a competent GSV in the left leg"; not in "incompetent
    tributaries and a competent left GSV". What is said of systems stays with each leg.
    """
    _share_leg(thread, thread.chunks)
    parts = [list(part) for _, part in groupby(thread.chunks, key=lambda chunk: chunk.clause)]
    if len(parts) > 1 and all(any(g.has_leg for c in part for g in c.groups) for part in parts):
        for part in parts:  # "SFJ incompetence with GSV reflux on the right; … on the left"
            _share_leg(thread, part)


def _share_leg(thread: Thread, chunks: Sequence[Chunk]) -> None:
    groups = [group for chunk in chunks for group in chunk.groups]
    sided = [group for group in groups if group.has_leg]
    one_leg = len(thread.opened) == 1 and len(thread.opened[0].legs) == 1
    if one_leg or len(groups) == 1 or len(sided) != 1 or sided[0] is not groups[-1]:
        return
    part = sided[0].parts[-1]
    joined = all(c.separator in _JOINTS for c in chunks[1:])
    if not joined or chunks[0].separator not in (*_JOINTS, ";"):
        return
    apart = is_only_leg(sided[0]) and len(part.legs) == 1 and len(chunks[-1].groups) > 1
    if not _closes(part) and not apart:
        return
    own, leg_at = chunks[-1], make_site(part).leg_at
    for a in thread.result:
        here = a.chunk is not own and any(a.chunk is chunk for chunk in chunks)
        if here and all(_is_open(site) for site in a.sites):
            a.sites = tuple(replace(site, legs=part.legs, leg_at=leg_at) for site in a.sites)


def share_closing_side(thread: Thread) -> None:
    """Give a leg behind the last value of a vein its other values: "GSV 5.4 mm, 1.6 s - L".

    Not "GSV 5.4 mm, 4.1 mm on the left", where each leg has its own of the same kind, nor "0.5 s
    (R), 1.1 s (L)", nor "symmetric to the left".
    """
    for at, chunk in enumerate(thread.chunks):
        if _closes_values(chunk, thread.follower(at)):
            part = chunk.groups[0].parts[0]
            leg_at = make_site(part).leg_at
            for a in _values_before(thread, at):
                a.sites = tuple(replace(s, legs=part.legs, leg_at=leg_at) for s in a.sites)


def share_closing_legs(thread: Thread) -> None:
    """Give both legs at the end of a sentence to what it says before of the same veins.

    As in "CFV and POPV compressible without reflux bilaterally" under the heading of one leg.
    """
    own = thread.chunks[-1] if thread.chunks else None
    groups = [group for chunk in thread.chunks for group in chunk.groups]
    sided = [group for group in groups if group.has_leg]
    if own is None or len(sided) != 1 or sided[0] is not groups[-1] or groups[-1] not in own.groups:
        return
    part = sided[0].parts[0]
    if not is_only_leg(sided[0]) or len(part.legs) != _BOTH:
        return
    told = {site.vein for a in thread.result if a.chunk is own for site in a.sites}
    leg_at = make_site(part).leg_at
    for a in thread.result:
        if a.chunk is not own and a.number is None and {s.vein for s in a.sites} == told != {None}:
            a.sites = tuple(replace(site, legs=part.legs, leg_at=leg_at) for site in a.sites)


def _closes_values(chunk: Chunk, follower: Chunk | None) -> bool:
    """Whether one leg ends a clause, of no vein of its own, and leads nothing behind it."""
    if len(chunk.groups) != 1 or chunk.dismissed is not None or chunk.prior is not None:
        return False
    group = chunk.groups[0]
    one = not group.has_vein and len(group.parts) == len(group.parts[0].legs) == 1
    start = max((p.last for p in chunk.predicates), default=chunk.first - 1)
    behind = (e for e in chunk.elements if start_of(e) > start and e is not group)
    if not one or start >= group.first or not all(_is_filler(e) for e in behind):
        return False
    if follower is None or follower.separator == ";":
        return True
    alone = not chunk.predicates and (chunk.depth > 0 or not follower.groups)
    return follower.separator != ":" and not alone


def _is_filler(element: object) -> bool:
    """Whether a word or sign beside a leg says nothing of its own."""
    return isinstance(element, Token) and element.norm in FILLERS


def _values_before(thread: Thread, at: int) -> list[Assignment]:
    """What the clauses before a leg say of the vein of the last one, each value once.

    Nothing where another leg leads them: "right, 5.4 mm, 1.6 s, left, 4 mm".
    """
    told = [a for a in thread.result if a.chunk is thread.chunks[at]]
    found: list[Assignment] = []
    for index in range(at - 1, -1, -1):
        chunk = thread.chunks[index]
        if thread.chunks[index + 1].separator not in _ADDED or chunk.dismissed is not None:
            break
        said = [a for a in thread.result if a.chunk is chunk]
        if len({site.vein for a in (*told, *said) for site in a.sites}) > 1:
            break
        kinds = [_kind_of(a) for a in (*told, *said)]
        if any(group.has_leg for group in chunk.groups) or len(set(kinds)) < len(kinds):
            return []
        alike = all(a.number or _place_of(a) == _place_of(b) for a in said for b in told)
        if not (alike or _is_subject(thread, index)):
            break
        told, found = [*told, *said], [*found, *said]
    return found


def _is_subject(thread: Thread, index: int) -> bool:
    """Whether a sentence begins with its only vein, "and" joins its leg and level to what it does.

    As in "The GSV is competent throughout and 3.5 mm at mid thigh in the right leg".
    """
    chunk, behind = thread.chunks[index], thread.chunks[index + 1]
    first = chunk.groups[0] if chunk.groups else None
    veins = [g for c in thread.chunks for g in c.groups if g.has_vein]
    opens = first is not None and all(p.first > first.last for p in chunk.predicates)
    joined = behind.separator == "and" and behind.groups[-1:] and behind.groups[-1].has_spot
    return index == 0 and opens and bool(joined) and veins == [first]


def _kind_of(a: Assignment) -> tuple[object, ...]:
    """What a statement tells of its place: a measure by its unit, else a property."""
    units = [number.unit.kind for number in a.predicate.numbers if number.unit is not None]
    finding = a.predicate.finding
    told = units[0] if units else finding.property if finding is not None else ""
    return told, _place_of(a)


def _place_of(a: Assignment) -> tuple[object, ...]:
    """The veins and levels of a statement, whatever its leg."""
    return tuple((site.vein, site.spot, site.until) for site in a.sites)


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

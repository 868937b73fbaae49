"""Numbers that go on over the places of the numbers before them.

As in "7.4 mm in the upper thigh and 6.1 mm at the knee, with reflux times of 2.8 and 1.9 s", "left
4.4 and 3.9 mm" after the levels of the right, "competent at both levels".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.axes import merge_axes
from ultrasound.extract.links.sided import part_list, part_sides
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import FILLERS, is_only_leg, is_only_level
from ultrasound.extract.places.sites import Site

_SIZES: Final = ("diameters", "sizes", "calibres", "calibers", "widths")
_BESIDE: Final = (*FILLERS, "at", "in", "only", "just")  # a number and its level
_KINDS: Final = ("time", "length", "depth")


@dataclass
class _Series:
    """The places at which something was measured, and numbers that have no place yet."""

    places: list[Site] = field(default_factory=list)
    kind: str = ""
    depth: int = 0  # of brackets around its last number
    run: list[Assignment] = field(default_factory=list)
    run_kind: str = ""
    sides: list[Site] = field(default_factory=list)  # a level of one leg, then of the other
    sides_kind: str = ""
    last: Assignment | None = None

    def take(self, a: Assignment) -> None:
        """Go on with the next statement of a sentence."""
        own = any(group.has_spot for group in a.chunk.groups) or _is_in_bracket(a)
        own = own or _leads_bracket(a)
        kind = self.read_kind(a)
        if a.chunk.separator == "where" and self.kind == "depth":
            return  # "depth 9 mm at the knee, where it measures 4 mm, and 8 mm at mid calf"
        if kind in _KINDS:
            self.note_side(a, kind)
        if a.number is None and a.chunk.cues("levels"):
            self.spread(a)
        elif a.number is None and own:
            self.hand_out()
        elif kind in _KINDS and own and _is_single(a.sites):
            self.take_placed(a, kind)
        elif kind in _KINDS and not own and _speaks_on(a, self.places):
            self.take_loose(a, kind)
        elif kind in _KINDS:
            self.hand_out()

    def read_kind(self, a: Assignment) -> str:
        """What a number measures; a depth goes on: "14 mm deep at mid thigh and 6 mm at …"."""
        deep = self.kind == "depth" and self.depth <= a.chunk.depth
        kind = kind_of(a)
        return "depth" if kind == "length" and deep and goes_on_listing(a.chunk) else kind

    def take_placed(self, a: Assignment, kind: str) -> None:
        """Note where a number was measured; another vein, leg or kind begins a series."""
        self.hand_out()
        site = a.sites[0]
        last = self.places[-1] if self.places else None
        goes_on = last is not None and kind == self.kind and _key(last) == _key(site)
        if not goes_on or site in self.places:
            self.places = []
        self.places.append(site)
        self.kind, self.depth = kind, a.chunk.depth

    def take_loose(self, a: Assignment, kind: str) -> None:
        """Note a number that names no place."""
        if self.run and (kind != self.run_kind or _legs(a) != _legs(self.run[0])):
            self.hand_out()
        self.run.append(a)
        self.run_kind = kind

    def hand_out(self) -> None:
        """Give the numbers without a place those of the series, if there are as many."""
        run, self.run = self.run, []
        if self.hand_to_sides(run):
            return
        if len(run) != len(self.places) or len(run) <= 1:
            return
        moved = [_move(place, run[0]) for place in self.places]
        if self.run_kind == self.kind and moved == self.places:
            return
        for a, site in zip(run, moved, strict=True):
            a.sites = (site,)
        self.places = moved

    def note_side(self, a: Assignment, kind: str) -> None:
        """Note a number of the same place in the other leg; any other one of its kind ends that."""
        last, self.last = self.last, a
        if last is not None and kind_of(last) == kind and _is_opposite(last, a):
            self.sides, self.sides_kind = [last.sites[0], a.sites[0]], kind
        elif kind == self.sides_kind:
            self.sides = []

    def hand_to_sides(self, run: Sequence[Assignment]) -> bool:
        """Give two numbers with no leg those of the two before, one each.

        As in "1.4 s on the right and 3.0 s on the left, and the trunks measure 5.8 mm and 7.9 mm".
        """
        sided = any(group.has_leg for a in run for group in a.chunk.groups)
        sided = sided or len({a.chunk.depth for a in run}) > 1  # "0.5 s (500 ms)"
        if sided or not run or len(run) != len(self.sides) or self.run_kind == self.sides_kind:
            return False
        for a, site in zip(run, self.sides, strict=True):
            a.sites = (site,)
        self.sides = []
        return True

    def spread(self, a: Assignment) -> None:
        """Say a finding of all the places: "competent at all three levels"."""
        self.hand_out()
        if self.places and a.predicate.finding is not None:
            a.sites = tuple(_move(place, a) for place in self.places)


def share_series(thread: Thread, before: Sequence[Site]) -> tuple[Site, ...]:
    """Give the loose numbers of a sentence their places, and those of two legs about a slash.

    Returned are its measured places.

    ``before`` are those of the sentence before, which "at the same levels" means, and sizes that
    open a sentence with no place: "Diameters 6.6 and 5.2 mm".
    """
    again = any("levels" in chunk.kinds for chunk in thread.chunks) or _goes_on(thread)
    series = _Series(list(before) if again else [])
    for a in thread.result:
        if not a.dropped:
            series.take(a)
    series.hand_out()
    part_sides(thread.marks, thread.result)
    part_list(thread)
    merge_axes(thread.marks, thread.result)
    return tuple(series.places)


def goes_on_listing(chunk: Chunk) -> bool:
    """Whether a clause is a number and its level: "14 mm at mid thigh and 6 mm at the knee"."""
    return chunk.separator in ("and", ",") and tells_level(chunk)


def tells_level(chunk: Chunk) -> bool:
    """Whether a clause is no more than a number and its level: "mid thigh 9 mm"."""
    if not chunk.groups:
        return False
    bare = all(p.finding is None and p.numbers for p in chunk.predicates)
    words = all(word in _BESIDE for word in chunk.words if word.isalpha())
    return words and bare and all(map(is_only_level, chunk.groups))


def _goes_on(thread: Thread) -> bool:
    """Whether sizes with no place open a sentence."""
    if not thread.chunks:
        return False
    sized = thread.marks.tokens[thread.chunks[0].first].text.lower() in _SIZES
    return sized and not any(chunk.groups for chunk in thread.chunks)


def _is_in_bracket(a: Assignment) -> bool:
    """Whether a number stands alone in a bracket straight behind its level: "mid calf (1.2 s)"."""
    levels = a.sites[0].spot_at if _is_single(a.sites) else ()
    alone = a.chunk.separator == "(" and len(a.chunk.elements) == 1
    return alone and bool(levels) and max(last for _, last in levels) == a.chunk.first - 2


def _leads_bracket(a: Assignment) -> bool:
    """Whether a number stands straight before its level in a bracket: "1.2 s (mid calf)"."""
    levels = a.sites[0].spot_at if _is_single(a.sites) else ()
    if not levels or a.number is None or a.chunk.groups:
        return False
    return min(first for first, _ in levels) == a.number.last + 2


def _key(site: Site) -> tuple[object, ...]:
    return site.vein, site.legs


def _is_opposite(one: Assignment, other: Assignment) -> bool:
    """Whether two numbers are of one place in both legs, each with its leg beside it."""
    if not (_is_single(one.sites) and _is_single(other.sites)):
        return False
    # "left SFJ 8.8 mm and 0.5 s" is all of that leg
    alone = bool(other.chunk.groups) and all(map(is_only_leg, other.chunk.groups))
    sided = alone and any(group.has_leg for group in one.chunk.groups)
    right, left = one.sites[0], other.sites[0]
    same = (right.vein, right.spot) == (left.vein, left.spot)
    single = len(right.legs) == len(left.legs) == 1
    return sided and same and single and right.legs != left.legs


def _legs(a: Assignment) -> tuple[object, ...]:
    return tuple(leg for site in a.sites or a.about for leg in site.legs)


def _move(place: Site, a: Assignment) -> Site:
    """The same place, in the leg of a statement."""
    sites = a.sites or a.about
    legs = tuple(dict.fromkeys(leg for site in sites for leg in site.legs))
    return replace(place, legs=legs, leg_at=sites[0].leg_at) if legs else place


def _speaks_on(a: Assignment, places: Sequence[Site]) -> bool:
    """Whether a number can be one of the vein that was measured."""
    veins = {part.vein for group in a.chunk.groups for part in group.parts} - {None}
    return veins <= {site.vein for site in places}


def _is_single(sites: Sequence[Site]) -> bool:
    """Whether it is one place, no range."""
    return len(sites) == 1 and bool(sites[0].spot) and sites[0].until is None


def kind_of(a: Assignment) -> str:
    """What a number measures: a depth is not a size."""
    if a.number is None or a.number.unit is None:
        return ""
    deep = any(p.finding and p.finding.property == "depth" for p in a.chunk.predicates)
    return "depth" if deep and a.number.unit.kind == "length" else a.number.unit.kind

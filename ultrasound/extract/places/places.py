"""Places in a report: legs, veins, levels, lists and ranges of them, read as one phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.places.ahead import RANGES, Cell
from ultrasound.extract.places.cells import OPEN, read_cells
from ultrasound.extract.places.spots import NOWHERE, Spot
from ultrasound.extract.words.mentions import Meaning, Mention
from ultrasound.value import value_type

FILLERS: Final = frozenset(
    {
        "the",
        "of",
        "in",
        "at",
        "around",
        "over",
        "a",
        "on",
        "within",
        "along",
        "vein",
        "level",
        "segment",
        "trunk",
        "leg",
        "its",
        "their",
        "portion",
        "region",
        "aspect",
        "an",
        "side",
        "both",
        "'s",
        "system",
        "area",
        "part",
        "third",
        "one",
        "all",
        "s",
        "-",
        ".",
        "for",
        "entire",
        "_",
    }
)
_PERFORATORS: Final = {"PERF", "TPV", "CPV"}
_SYSTEMS: Final = (("DEEP",), ("SUPERFICIAL",))
_PHRASES: Final = 4096  # that are kept as they were read
Routes = tuple[tuple[str, ...], ...]  # of the veins that lead into each other
_LABELLED: Final = 2  # places of which the first may be a label


_LOWEST: Final = Spot("distal")


@value_type
class Part:
    """One place of a phrase; ``until`` makes it a range, ``open_start`` one without a start."""

    legs: tuple[Leg, ...] = ()
    vein: str | None = None
    spot: Spot = NOWHERE
    until: Spot | None = None
    open_start: bool = False
    other_leg: bool = False
    anatomy: str | None = None
    inferred: bool = False
    ambiguous: bool = False
    location: tuple[int, int] | None = None
    leg_at: Mention | None = None
    vein_at: Mention | None = None
    spot_at: tuple[Mention, ...] = ()
    negated: bool = False
    extends: bool = False
    beyond: bool = False  # a range behind its start, which was told of before

    @property
    def has_spot(self) -> bool:
        """Whether it names a level."""
        return bool(self.spot or self.until)


@value_type
class PlaceGroup:
    """A phrase that names places: tokens ``first`` to ``last`` and its parts in order."""

    first: int
    last: int
    parts: tuple[Part, ...]

    # asked for often: loops, because a generator takes twice as long
    @property
    def has_vein(self) -> bool:
        """Whether any part names a vein."""
        for part in self.parts:  # noqa: SIM110 - as said
            if part.vein:
                return True
        return False

    @property
    def has_spot(self) -> bool:
        """Whether any part names a level."""
        for part in self.parts:  # noqa: SIM110 - as said
            if part.until or part.spot:
                return True
        return False

    @property
    def has_leg(self) -> bool:
        """Whether any part names a leg."""
        for part in self.parts:  # noqa: SIM110 - as said
            if part.legs or part.other_leg:
                return True
        return False


def is_place(mention: Mention) -> bool:
    """Whether a mention can stand in a place phrase."""
    return mention.meaning.is_place


def read_group(first: int, last: int, run: Sequence[Mention | str], routes: Routes) -> PlaceGroup:
    """Read a phrase given as its place mentions, range cues and the words between them."""
    words = tuple(item if isinstance(item, str) else item.meaning for item in run)
    parts = tuple(put_part(part, run) for part in _read_parts(words, routes))
    return PlaceGroup(first, last, parts)


def put_part(part: Part, run: Sequence[object]) -> Part:
    """A part whose mentions stand at their positions in a run, with those of the run."""
    distance = None if part.location is None else _at(run, part.location[0])
    return Part(
        part.legs,
        part.vein,
        part.spot,
        part.until,
        part.open_start,
        part.other_leg,
        part.anatomy,
        part.inferred,
        part.ambiguous,
        None if distance is None else (distance.first, distance.last),
        None if part.leg_at is None else _at(run, part.leg_at.first),
        None if part.vein_at is None else _at(run, part.vein_at.first),
        tuple(_at(run, mention.first) for mention in part.spot_at) if part.spot_at else (),
        part.negated,
        part.extends,
    )


def _at(run: Sequence[object], position: int) -> Mention:
    """The mention at a position of a run."""
    mention = run[position]
    if not isinstance(mention, Mention):
        raise TypeError(mention)
    return mention


@lru_cache(maxsize=_PHRASES)
def _read_parts(words: tuple[Meaning | str, ...], routes: Routes) -> tuple[Part, ...]:
    """The parts of a phrase by what its words mean; each mention stands at its position in it.

    Phrases come again and again, and what they say depends on nothing else.
    """
    run = [
        word if isinstance(word, str) else Mention(position, position, word)
        for position, word in enumerate(words)
    ]
    cells = _drop_label(read_cells(run))
    parts: list[Part] = []
    index = 0
    while index < len(cells):
        cell = cells[index]
        follower = cells[index + 1] if index + 1 < len(cells) else None
        if follower is not None and follower.joint in RANGES:
            parts.extend(_make_range(cell, follower, routes))
            index += 2
        else:
            opens = cell.joint == OPEN or (cell.joint in RANGES and index == 0)
            parts.extend(_make_parts(cell, open_start=opens))
            index += 1
    return tuple(parts)


def _drop_label(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The places without a system that only leads up to its veins: "Deep - CFV, FV"."""
    if len(cells) < _LABELLED or cells[0].veins not in _SYSTEMS or cells[1].joint != "next":
        return cells
    if not cells[1].veins or cells[1].veins in _SYSTEMS or cells[0].legs:
        return cells
    return cells[1:]


def _make_range(cell: Cell, follower: Cell, routes: Routes) -> Iterator[Part]:
    """A range within one vein, or over all veins on the way to another."""
    if cell.detailed:  # the course of a branch: "from the mid thigh GSV to the lateral calf"
        yield from _make_parts(replace(cell, spot=NOWHERE))
        return
    branch = bool(cell.veins) and set(cell.veins) <= _PERFORATORS and not cell.spot
    if branch and follower.veins and follower.spot:
        # what it joins, where it lies: "a perforator to the GSV at the mid calf"
        yield from _make_parts(replace(cell, spot=follower.spot, spot_at=follower.spot_at))
        return
    if not (follower.veins and cell.veins and follower.veins != cell.veins):
        yield from _make_parts(cell, until=follower)
        return
    start, end = cell.veins[0], follower.veins[-1]
    way = next((r for r in routes if start in r and end in r), ())
    low, high = (way.index(start), way.index(end)) if way else (0, 0)
    down = low < high
    opens = way and cell.spot.level not in (None, "distal" if down else "proximal")
    yield from _to_edge(cell, lowest=down) if opens else _make_parts(cell)
    for vein in way[min(low, high) + 1 : max(low, high)]:
        yield Part(legs=cell.legs, vein=vein, leg_at=cell.leg_at, vein_at=follower.vein_at)
    ends = way and follower.spot.level
    yield from _to_edge(follower, lowest=not down) if ends else _make_parts(follower)


def _to_edge(cell: Cell, *, lowest: bool) -> Iterator[Part]:
    """A vein from its level on to its lowest part, or from above to its level."""
    part = next(_make_parts(cell))
    if lowest:  # "from the popliteal to the mid femoral vein", told from below
        yield replace(part, until=_LOWEST)
    else:
        yield replace(part, spot=NOWHERE, until=cell.spot, open_start=True)


def _make_parts(
    cell: Cell, *, until: Cell | None = None, open_start: bool = False
) -> Iterator[Part]:
    rising = cell.spot.zone == "calf"
    spot, end = cell.spot, _end_at(until, rising=rising) if until else None
    if open_start:
        spot, end = NOWHERE, _end_at(cell)
    named = until if until is not None and until.legs and not cell.legs else cell
    veins = cell.veins or (until.veins if until else ())
    for vein in veins or (None,):
        yield Part(
            legs=named.legs,
            vein=vein,
            spot=spot,
            until=end,
            open_start=open_start or (until is not None and not cell.spot),
            other_leg=cell.other_leg,
            anatomy=cell.anatomy,
            inferred=cell.inferred,
            ambiguous=cell.ambiguous,
            leg_at=named.leg_at,
            vein_at=cell.vein_at or (until.vein_at if until and vein else None),
            spot_at=cell.spot_at + (until.spot_at if until else ()),
            extends=(until or cell).joint == "extends",
            location=_distance_in(cell),
            negated=cell.negated,
        )


def _end_at(cell: Cell, *, rising: bool = False) -> Spot:
    """Where a range ends at a place: one "to below the knee" is sure to reach the knee.

    One that rises from the calf ends in it.
    """
    rows = (mention.row("zone") for mention in cell.spot_at)
    ends = next((row.end for row in rows if row is not None and row.end), None)
    if not ends or cell.veins or cell.spot.level is not None:
        return cell.spot
    return Spot("proximal", cell.spot.zone) if rising else Spot(zone=ends)


def _distance_in(cell: Cell) -> tuple[int, int] | None:
    """The words of a distance that stands for a level, to be kept as the location."""
    for mention in cell.spot_at:
        if "distance" in mention.meaning.exact:
            return mention.first, mention.last
    return None


def is_only_leg(group: PlaceGroup) -> bool:
    """Whether a phrase names a leg and no more."""
    return group.has_leg and not group.has_vein and not group.has_spot


def is_only_level(group: PlaceGroup) -> bool:
    """Whether a phrase names a level and no more."""
    return group.has_spot and not group.has_vein and not group.has_leg

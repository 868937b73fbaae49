"""Places in a report: legs, veins, levels, lists and ranges of them, read as one phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.lexicon import Mention
from ultrasound.knowledge.schema_text import TextKnowledge

CONJUNCTIONS: Final = ("and", "or", ",", "/", "&", "+", "nor", "plus", "as well as")
FILLERS: Final = (
    "the",
    "of",
    "in",
    "at",
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
    "off",
)
_GENERIC: Final = (("DEEP",), ("SUPERFICIAL",))


@dataclass(frozen=True, slots=True)
class Spot:
    """A level and zone within a vein, before it is known how that vein is divided."""

    level: str | None = None
    zone: str | None = None
    code: str | None = None

    def __bool__(self) -> bool:
        return bool(self.level or self.zone or self.code)


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase; ``until`` makes it a range, ``open_start`` one without a start."""

    legs: tuple[Leg, ...] = ()
    vein: str | None = None
    spot: Spot = Spot()
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


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """A phrase that names places: tokens ``first`` to ``last`` and its parts in order."""

    first: int
    last: int
    parts: tuple[Part, ...]

    @property
    def has_vein(self) -> bool:
        """Whether any part names a vein."""
        return any(part.vein for part in self.parts)

    @property
    def has_spot(self) -> bool:
        """Whether any part names a level."""
        return any(part.spot or part.until for part in self.parts)

    @property
    def has_leg(self) -> bool:
        """Whether any part names a leg."""
        return any(part.legs or part.other_leg for part in self.parts)


@dataclass
class _Cell:
    """A part while it is being read, and how it is joined to the one before."""

    joint: str = ""
    legs: tuple[Leg, ...] = ()
    other_leg: bool = False
    negated: bool = False
    veins: tuple[str, ...] = ()
    vein_row: object | None = None
    spot: Spot = field(default_factory=Spot)
    anatomy: str | None = None
    inferred: bool = False
    ambiguous: bool = False
    leg_at: Mention | None = None
    vein_at: Mention | None = None
    spot_at: tuple[Mention, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.legs or self.other_leg or self.veins or self.spot or self.ambiguous)


def is_place(mention: Mention) -> bool:
    """Whether a mention can stand in a place phrase."""
    return (
        mention.row(
            "leg", "vein", "place", "inferred", "ambiguous", "level", "zone", "abbreviation"
        )
        is not None
    )


def read_group(
    first: int, last: int, run: Sequence[Mention | str], routes: Sequence[tuple[str, ...]]
) -> PlaceGroup:
    """Read a phrase given as its place mentions, range cues and the words between them."""
    cells = _fill_cells(_split_cells(run))
    parts: list[Part] = []
    index = 0
    while index < len(cells):
        cell = cells[index]
        follower = cells[index + 1] if index + 1 < len(cells) else None
        if follower is not None and follower.joint in ("range", "extends"):
            parts.extend(_make_range(cell, follower, routes))
            index += 2
        else:
            parts.extend(
                _make_parts(cell, open_start=cell.joint in ("range", "extends") and index == 0)
            )
            index += 1
    return PlaceGroup(first, last, tuple(parts))


def _make_range(cell: _Cell, follower: _Cell, routes: Sequence[tuple[str, ...]]) -> Iterator[Part]:
    """A range within one vein, or over all veins on the way to another."""
    if not (follower.veins and cell.veins and follower.veins != cell.veins):
        yield from _make_parts(cell, until=follower)
        return
    start, end = cell.veins[0], follower.veins[-1]
    way = next((r for r in routes if start in r and end in r), ())
    low, high = (way.index(start), way.index(end)) if way else (0, 0)
    yield from _make_parts(cell)
    for vein in way[low + 1 : high] if low < high else ():
        yield Part(legs=cell.legs, vein=vein, leg_at=cell.leg_at, vein_at=follower.vein_at)
    if way and follower.spot.level:
        last = replace(
            next(_make_parts(follower)), spot=Spot(), until=follower.spot, open_start=True
        )
        yield last
    else:
        yield from _make_parts(follower)


def _split_cells(run: Sequence[Mention | str]) -> list[_Cell]:
    cells = [_Cell()]
    for position, item in enumerate(run):
        if isinstance(item, str):
            if (
                item == ","
                and cells[-1].veins
                and not cells[-1].spot
                and _spot_follows(run, position)
            ):
                continue  # "Femoral, mid"
            if item in CONJUNCTIONS or item in ("range", "extends"):
                if cells[-1]:
                    cells.append(_Cell(joint=item if item in ("range", "extends") else "list"))
                elif item != "list" and item not in CONJUNCTIONS and len(cells) == 1:
                    cells[-1].joint = "range"
            continue
        if not _take(cells[-1], item):
            if cells[-1].veins and _names_of(item)[0] in _GENERIC:
                continue  # "the common femoral to the popliteal vein, the deep veins"
            cells.append(_Cell(joint="next"))
            _take(cells[-1], item)
    return [cell for cell in cells if cell]


def _spot_follows(run: Sequence[Mention | str], position: int) -> bool:
    following = []
    for item in run[position + 1 :]:
        if item in CONJUNCTIONS:
            break
        if isinstance(item, Mention):
            following.append(item)
    return bool(following) and all(_spot_of(item) is not None for item in following)


def _take(cell: _Cell, mention: Mention) -> bool:
    """Put a mention into a cell; False where its slot is taken by something else."""
    if (leg := mention.row("leg")) is not None:
        return _take_leg(cell, mention, leg)
    if (spot := _spot_of(mention)) is not None:
        return _take_spot(cell, mention, spot)
    return _take_vein(cell, mention)


def _take_leg(cell: _Cell, mention: Mention, row: object) -> bool:
    names = row.legs  # type: ignore[attr-defined]
    if names == ("other",):
        cell.other_leg = True
        cell.leg_at = mention
        return True
    legs = tuple(Leg(name) for name in names)
    if cell.legs and cell.legs != legs:
        if len(legs) == 2 or len(cell.legs) == 2:  # "both the right …": the one-sided word is meant
            cell.legs = legs if len(legs) == 1 else cell.legs
            return True
        return False
    cell.legs, cell.leg_at = legs, mention
    cell.negated = cell.negated or row.negated  # type: ignore[attr-defined]
    return True


def _spot_of(mention: Mention) -> Spot | None:
    if (zone := mention.row("zone", "abbreviation")) is not None:
        return Spot(zone.level, zone.zone)
    if (level := mention.row("level")) is not None:
        return Spot(level.level)
    return None


def _take_spot(cell: _Cell, mention: Mention, spot: Spot) -> bool:
    merged = merge_spots(cell.spot, spot)
    if merged is None:
        return False
    cell.spot = merged
    cell.spot_at = (*cell.spot_at, mention)
    return True


def merge_spots(left: Spot, right: Spot) -> Spot | None:
    """Two level words side by side as one place, None where they are two places."""
    if not left:
        return right
    if left.code or right.code:
        return None
    if left.zone is None and right.level is None:
        return Spot(left.level, right.zone)
    if left.zone is None and right.zone is not None and left.level == right.level:
        return right
    if right.zone is None and left.level is None and left.zone in ("thigh", "calf"):
        return Spot(right.level, left.zone)
    if left.zone == "thigh" and left.level is None and right.zone in ("knee",):
        return right
    if left.zone == right.zone and (left.level is None or right.level is None):
        return Spot(left.level or right.level, left.zone)
    if left.zone == "whole" or right.zone == "whole":
        other = right if left.zone == "whole" else left
        return other if other.zone in ("thigh", "calf") and other.level is None else left
    return None


def _take_vein(cell: _Cell, mention: Mention) -> bool:
    veins, code, anatomy, inferred, ambiguous = _names_of(mention)
    if cell.veins:
        if _is_detail(cell, veins, code):
            if code is not None and not cell.spot:
                cell.spot, cell.spot_at = Spot(code=code), (mention,)
            return True
        if code is not None and veins == cell.veins and not cell.spot:
            cell.spot = Spot(code=code)
            cell.spot_at = (mention,)
            return True
        if not _is_refined(cell.veins, veins):
            return False
    if code is not None:
        cell.spot, cell.spot_at = Spot(code=code), (mention,)
    cell.veins, cell.anatomy, cell.vein_at = veins, anatomy or cell.anatomy, mention
    cell.inferred, cell.ambiguous = inferred, ambiguous
    return True


def _is_detail(cell: _Cell, veins: tuple[str, ...], code: str | None) -> bool:
    """ "Tributary off the GSV", "AASV from the SFJ": the second name only says where the first lies."""
    if cell.veins in (("NSV",), ("PERF",)) and veins not in (
        ("NSV",),
        ("PERF",),
        ("TPV",),
        ("CPV",),
    ):
        return True
    return code == "sfj" and cell.veins in (("AASV",), ("PASV",), ("GIAC",))


def _is_refined(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """ "GSV tributary" and "SSV perforator" are the tributary and the perforator."""
    return (
        after in (("NSV",), ("PERF",))
        or (before == ("PERF",) and after in (("TPV",), ("CPV",)))
        or (after == before)
    )


def _names_of(mention: Mention) -> tuple[tuple[str, ...], str | None, str | None, bool, bool]:
    if (vein := mention.row("vein")) is not None:
        return (vein.code,), None, vein.anatomy, False, False
    if (place := mention.row("place")) is not None:
        return place.veins, place.segment, None, False, False
    if (inferred := mention.row("inferred")) is not None:
        return (inferred.vein,), None, None, True, False
    return (), None, None, False, True


def _fill_cells(cells: list[_Cell]) -> list[_Cell]:
    """Give each cell what the others say for it: zone and vein from the end, leg from the start."""
    for index in range(len(cells) - 2, -1, -1):
        cell, follower = cells[index], cells[index + 1]
        if (
            cell.spot.level
            and not cell.spot.zone
            and not cell.veins
            and follower.spot.zone in ("thigh", "calf")
        ):
            cell.spot = Spot(cell.spot.level, follower.spot.zone)
        named_before = any(before.veins for before in cells[:index])
        if (
            not cell.veins
            and follower.veins
            and not named_before
            and (not follower.spot or cell.spot or cell.legs)
            and not (follower.spot.code and cell.spot)
        ):
            cell.veins, cell.vein_at, cell.anatomy = (
                follower.veins,
                follower.vein_at,
                follower.anatomy,
            )
            if not cell.spot and follower.joint == "list" and not cell.veins:
                cell.spot = follower.spot
    for before, cell in zip(cells, cells[1:], strict=False):
        if (
            cell.spot.level
            and not cell.spot.zone
            and not cell.veins
            and before.spot.zone in ("thigh", "calf")
        ):
            cell.spot = Spot(cell.spot.level, before.spot.zone)
        if (
            not cell.veins
            and not cell.ambiguous
            and before.veins
            and cell.joint not in ("range", "extends")
        ):
            cell.veins, cell.vein_at, cell.anatomy = before.veins, before.vein_at, before.anatomy
            if cell.legs and not cell.spot and before.legs:
                cell.spot = before.spot
    _fill_legs(cells)
    return cells


def _fill_legs(cells: list[_Cell]) -> None:
    carried: _Cell | None = None
    for cell in cells:
        if cell.legs or cell.other_leg:
            carried = cell
        elif carried is not None:
            cell.legs, cell.leg_at, cell.other_leg = carried.legs, carried.leg_at, carried.other_leg
            cell.negated = carried.negated
    first = next((cell for cell in cells if cell.legs), None)
    if first is not None:
        for cell in cells:
            if not cell.legs and not cell.other_leg:
                cell.legs, cell.leg_at, cell.negated = first.legs, first.leg_at, first.negated


def _make_parts(
    cell: _Cell, *, until: _Cell | None = None, open_start: bool = False
) -> Iterator[Part]:
    base = Part(
        legs=cell.legs,
        spot=cell.spot,
        until=until.spot if until else None,
        other_leg=cell.other_leg,
        anatomy=cell.anatomy,
        inferred=cell.inferred,
        ambiguous=cell.ambiguous,
        leg_at=cell.leg_at,
        vein_at=cell.vein_at,
        spot_at=cell.spot_at + (until.spot_at if until else ()),
        extends=until is not None and until.joint == "extends",
        location=_distance_in(cell),
        negated=cell.negated,
    )
    if open_start:
        base = replace(base, spot=Spot(), until=cell.spot, open_start=True)
    elif until is not None and not cell.spot:
        base = replace(base, open_start=True)
    veins = cell.veins or (until.veins if until else ())
    if until is not None and until.legs and not cell.legs:
        base = replace(base, legs=until.legs, leg_at=until.leg_at)
    if not veins:
        yield base
    for vein in veins:
        yield replace(base, vein=vein, vein_at=cell.vein_at or (until.vein_at if until else None))


def _distance_in(cell: _Cell) -> tuple[int, int] | None:
    """The words of a distance that stands for a level, to be kept as the location."""
    for mention in cell.spot_at:
        if any(concept.exact == "distance" for concept in mention.concepts):
            return mention.first, mention.last
    return None


class Divider:
    """Turns spots into the segment codes of a vein."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._knowledge = knowledge

    def name_vein(self, vein: str, spot: Spot) -> str:
        """A perforator's code by its level: TPV above the knee, CPV at and below it."""
        if vein != "PERF":
            return vein
        zone = spot.zone or (spot.code or "").rpartition("_")[2]
        if zone in ("thigh", "junction"):
            return "TPV"
        return "CPV" if zone in ("calf", "knee") else "PERF"

    def code_segment(self, vein: str, spot: Spot) -> tuple[str | None, bool]:
        """The segment code of a spot in a vein, and whether its zone was inferred."""
        if spot.code:
            return spot.code, False
        if not spot or vein not in self._knowledge.vein_rows:
            return None, False
        kind = self._knowledge.vein_rows[vein].scale
        scale = self._knowledge.segments.scale[kind]
        if spot.zone == "whole":
            return "whole", False
        if kind == "deep":
            return self._code_deep(vein, spot), False
        if not scale.order:
            return None, False
        if spot.zone == "junction":
            return (scale.order[0] if vein not in ("TPV", "CPV") else "proximal_thigh"), False
        if vein in ("TPV", "CPV") and spot.level is None:
            return ("knee" if spot.zone == "knee" else None), False
        return self._code_superficial(spot, scale.order, scale.bare)

    @staticmethod
    def _code_deep(vein: str, spot: Spot) -> str | None:
        if spot.level is not None:
            return spot.level
        if spot.zone == "junction" and vein == "DFV":
            return "proximal"
        if vein == "POPV":
            return {"thigh": "proximal", "calf": "distal"}.get(spot.zone or "")
        return None

    @staticmethod
    def _code_superficial(spot: Spot, order: tuple[str, ...], bare: str) -> tuple[str | None, bool]:
        if spot.zone is None:
            return f"{spot.level}_{bare}", True
        code = f"{spot.level}_{spot.zone}" if spot.level and spot.zone != "knee" else spot.zone
        known = code in order or code in ("thigh", "calf")
        return (code if known else None), False

    def expand(self, vein: str, start: Spot, end: Spot) -> tuple[str, ...] | None:
        """All segments of a vein from one spot to another, None where an end is not known."""
        order = self._knowledge.order_of(vein)
        if not order:
            return None
        low = self._edge(vein, start, order, upper=True)
        high = self._edge(vein, end, order, upper=False)
        if low is None or high is None:
            return None
        if low > high:
            low, high = (
                self._edge(vein, end, order, upper=True),
                self._edge(vein, start, order, upper=False),
            )
            if low is None or high is None or low > high:
                return None
        return order[low : high + 1]

    def _edge(self, vein: str, spot: Spot, order: tuple[str, ...], *, upper: bool) -> int | None:
        if not spot:
            return 0 if upper else None
        code, _ = self.code_segment(vein, spot)
        if code in order:
            return order.index(code)
        if spot.zone in ("junction",):
            return 0
        if code in ("thigh", "calf"):
            inside = [index for index, name in enumerate(order) if name.endswith(str(code))]
            return (inside[0] if upper else inside[-1]) if inside else None
        if spot.zone == "knee" and order[0] == "spj":
            return 0
        return None

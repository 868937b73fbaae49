"""What stands behind a comma in a phrase: whether it completes the place before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.places.meanings import names_of, spot_of
from ultrasound.extract.places.spots import LONG_ZONES, NOWHERE, Spot, merge_spots
from ultrasound.extract.words.mentions import Mention

CONJUNCTIONS: Final = ("and", "or", ",", "/", "&", "+", "nor", "plus", "as well as")
_BRANCHES: Final = (("PERF",), ("NSV",))
RANGES: Final = ("range", "extends")
PERFORATORS: Final = (("TPV",), ("CPV",))


@dataclass
class Cell:
    """A place while it is being read, and how it is joined to the one before."""

    joint: str = ""
    legs: tuple[Leg, ...] = ()
    other_leg: bool = False
    negated: bool = False
    veins: tuple[str, ...] = ()
    spot: Spot = NOWHERE
    anatomy: str | None = None
    inferred: bool = False
    ambiguous: bool = False
    placed: bool = False  # its level stands behind its vein
    detailed: bool = False  # a trunk only says where a branch lies
    leg_at: Mention | None = None
    vein_at: Mention | None = None
    spot_at: tuple[Mention, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.legs or self.other_leg or self.veins or self.spot or self.ambiguous)


def goes_on(cell: Cell, run: Sequence[Mention | str], position: int) -> bool:
    """Whether what stands behind a comma completes the place before it."""
    if _leads_in(cell, run, position):
        return True  # "On the right, the SFJ", "at mid thigh, the GSV"
    if cell.veins and not cell.spot and _spot_follows(run, position):
        return True  # "Femoral, mid"
    if cell.veins and not (cell.spot or cell.legs) and _closing_leg_follows(run, position):
        return True  # "a tributary, medial thigh R"
    if cell.veins in _BRANCHES and not cell.legs and _sided_spot_follows(run, position):
        return True  # "a perforator, left medial calf"
    if cell.spot and not cell.legs and _leg_follows(run, position):
        return True  # "Cockett perforator, left", "Mid thigh, left"
    if cell.veins == ("PERF",) and _names_perforator(run[position + 1]):
        return True  # "a perforator, Boyd"
    # "Calf GSV, middle third"
    level = cell.spot.zone in LONG_ZONES and _level_follows(cell, run, position)
    return level or _zone_follows(cell, run, position)


def _spot_follows(run: Sequence[Mention | str], position: int) -> bool:
    following = []
    for index, item in enumerate(run[position + 1 :], position + 1):
        if item in CONJUNCTIONS:
            if _leads_to_vein(run, index):
                return False  # "CFV, proximal and distal FV"
            break
        if isinstance(item, Mention):
            following.append(item)
    return bool(following) and all(spot_of(item.meaning) is not None for item in following)


def _sided_spot_follows(run: Sequence[Mention | str], position: int) -> bool:
    """Whether a leg and its level follow, and no vein: "perforator, left calf"."""
    side = run[position + 1]
    if not isinstance(side, Mention) or side.row("leg") is None:
        return False
    rest = [i for i in run[position + 2 :] if not (isinstance(i, Mention) and i.cue("location"))]
    return _spot_follows([side, *rest], 0)


def _zone_follows(cell: Cell, run: Sequence[Mention | str], position: int) -> bool:
    """Whether only the zone of a named perforator follows, and its leg: "Boyd, left calf"."""
    if cell.veins not in PERFORATORS or cell.spot.code is None:
        return False
    following = _mentions_behind(run, position)
    sided = any(item.row("leg") is not None for item in following)
    spots = [s for item in following if (s := spot_of(item.meaning)) is not None]
    said = [m for m in following if m.row("leg") is None and spot_of(m.meaning) is None]
    held = all(merge_spots(cell.spot, s) == cell.spot for s in spots)
    return bool(spots) and not said and held and not (sided and cell.legs)


def _closing_leg_follows(run: Sequence[Mention | str], position: int) -> bool:
    """Whether a level and behind it its leg follow, and no vein: "medial thigh R"."""
    following = _mentions_behind(run, position)
    placed = len(following) > 1 and all(spot_of(m.meaning) for m in following[:-1])
    return placed and following[-1].row("leg") is not None


def _leads_to_vein(run: Sequence[Mention | str], position: int) -> bool:
    """Whether a list of levels goes on to a vein of which these are: "…, mid and distal FV"."""
    level = False
    for item in run[position:]:
        if item in CONJUNCTIONS:
            level = False
        elif isinstance(item, Mention) and spot_of(item.meaning) is None:
            return level and bool(names_of(item.meaning).veins)
        elif isinstance(item, Mention):
            level = True
    return False


def _leads_in(cell: Cell, run: Sequence[Mention | str], position: int) -> bool:
    """Whether a leg or level opens a phrase, and the vein that it is of follows."""
    if cell.veins or cell.ambiguous or cell.joint or not (cell.legs or cell.spot):
        return False
    following = _mentions_behind(run, position)
    if cell.spot and not cell.legs and following[1:] and following[0].row("leg") is not None:
        following = following[1:]  # "at mid calf, the left SSV"
    if not following or following[0].row("leg") is not None:
        return False
    names = [names_of(item.meaning) for item in following if item.row("vein", "place")]
    return not cell.spot or (len(names) == len(following) == 1 and names[0].code is None)


def _leg_follows(run: Sequence[Mention | str], position: int) -> bool:
    """Whether a leg alone stands behind the comma; "to the knee, left to the ankle" is the next."""
    following = _mentions_behind(run, position)
    alone = bool(following) and all(item.row("leg") is not None for item in following)
    return alone and not any(item in RANGES for item in _until_joint(run, position)[-1:])


def _until_joint(run: Sequence[Mention | str], position: int) -> Sequence[Mention | str]:
    """What stands behind a comma, with the next conjunction or range word."""
    for end in range(position + 1, len(run)):
        if run[end] in CONJUNCTIONS or run[end] in RANGES:
            return run[position + 1 : end + 1]
    return run[position + 1 :]


def _mentions_behind(run: Sequence[Mention | str], position: int) -> list[Mention]:
    """The mentions from a comma to the next conjunction or range word."""
    following = []
    for item in run[position + 1 :]:
        if item in CONJUNCTIONS or item in RANGES:
            break
        if isinstance(item, Mention):
            following.append(item)
    return following


def _names_perforator(item: Mention | str) -> bool:
    """Whether it is a perforator by its name."""
    return isinstance(item, Mention) and names_of(item.meaning).veins in PERFORATORS


def _level_follows(cell: Cell, run: Sequence[Mention | str], position: int) -> bool:
    """Whether a bare level stands behind the comma after a bare zone."""
    if cell.spot.level or cell.spot.code:
        return False
    following = next((item for item in run[position + 1 :] if isinstance(item, Mention)), None)
    spot = None if following is None else spot_of(following.meaning)
    return spot is not None and spot.level is not None and spot.zone is None

"""The places of a phrase while it is read: which word belongs to which place of a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.places.ahead import (
    CONJUNCTIONS,
    PERFORATORS,
    RANGES,
    Cell,
    goes_on,
)
from ultrasound.extract.places.meanings import Name, names_of, spot_of
from ultrasound.extract.places.spots import Spot, complete_zone, merge_spots, spot_of_code
from ultrasound.extract.words.marks import make_legs
from ultrasound.extract.words.mentions import Mention
from ultrasound.knowledge.schema_text import LegWords

OPEN: Final = "open"  # a further range without a start: "to the right knee and to the left ankle"
_GENERIC: Final = (("DEEP",), ("SUPERFICIAL",))
_BRANCHES: Final = (("NSV",), ("PERF",))
_ACCESSORIES: Final = (("AASV",), ("PASV",), ("GIAC",))
_GIACOMINI: Final = ("GIAC",)
_ITS_TRUNKS: Final = (("GSV",), ("SSV",))


def read_cells(run: Sequence[Mention | str]) -> list[Cell]:
    """The places of a phrase in order, each completed by what the others say for it."""
    cells = _split_cells(run)
    _fill_from_end(cells)
    _fill_from_start(cells)
    _fill_legs(cells)
    return cells


# --- one word after the other -------------------------------------------------------------------


def _split_cells(run: Sequence[Mention | str]) -> list[Cell]:
    cells = [Cell()]
    for position, item in enumerate(run):
        if isinstance(item, str):
            _take_word(cells, run, position, item)
        elif not _take(cells[-1], item):
            if cells[-1].veins and names_of(item.meaning).veins in _GENERIC:
                continue  # "the common femoral to the popliteal vein, the deep veins"
            cells.append(Cell(joint="next"))
            _take(cells[-1], item)
    return _leave_both([cell for cell in cells if cell])


def _leave_both(cells: list[Cell]) -> list[Cell]:
    """The places without both legs before each of them: "bilaterally, on the right from the …"."""
    first, *rest = cells or [Cell()]
    sides = {cell.legs for cell in rest if cell.legs}
    each = len(first.legs) > 1 and sides == {(leg,) for leg in first.legs}
    told = [cell for cell in rest if len(cell.legs) == 1]
    if first.veins or first.spot or not each or rest[0] not in told:
        return cells
    return rest if any(cell.joint in RANGES for cell in rest) else cells


def _take_word(cells: list[Cell], run: Sequence[Mention | str], position: int, word: str) -> None:
    """A conjunction or range word ends the cell before it."""
    cell = cells[-1]
    opens_range = word in RANGES
    if not opens_range and word not in CONJUNCTIONS:
        return
    if word == "," and goes_on(cell, run, position):
        return
    if cell:
        cells.append(Cell(joint=word if opens_range else "list"))
    elif opens_range and (len(cells) == 1 or cells[-2].joint in (*RANGES, OPEN)):
        cell.joint = word if len(cells) == 1 else OPEN


def _take(cell: Cell, mention: Mention) -> bool:
    """Put a mention into a cell; False where its slot is taken by something else."""
    if (leg := mention.row("leg")) is not None:
        return _take_leg(cell, mention, leg)
    if (spot := spot_of(mention.meaning)) is not None:
        return _take_spot(cell, mention, spot)
    return _take_vein(cell, mention)


def _take_leg(cell: Cell, mention: Mention, row: LegWords) -> bool:
    if row.legs == ("other",):
        cell.other_leg = True
        cell.leg_at = mention
        return True
    legs = make_legs(row.legs)
    if cell.legs and cell.legs != legs:
        if len(legs) == len(cell.legs):
            return False
        # "both the right …": the one-sided word is meant
        cell.legs = min(legs, cell.legs, key=len)
        return True
    cell.legs, cell.leg_at = legs, mention
    cell.negated = cell.negated or row.negated
    return True


def _take_spot(cell: Cell, mention: Mention, spot: Spot) -> bool:
    merged = merge_spots(cell.spot, spot)
    if merged is None:
        return False
    cell.placed = cell.placed or bool(cell.veins and not cell.spot)
    cell.spot = merged
    cell.spot_at = (*cell.spot_at, mention)
    return True


def _take_vein(cell: Cell, mention: Mention) -> bool:
    name = names_of(mention.meaning)
    if cell.veins:
        same_with_code = name.code is not None and name.veins == cell.veins and not cell.spot
        if same_with_code or _is_detail(cell, name):
            if name.code is not None and not cell.spot:
                cell.spot, cell.spot_at = spot_of_code(name.code), (mention,)
            begins = name.code is not None and cell.veins in _ACCESSORIES
            cell.detailed = not (same_with_code or begins)
            return True
        if not _is_refined(cell.veins, name.veins):
            return False
    if name.code is not None:
        cell.spot, cell.spot_at = spot_of_code(name.code), (mention,)
    cell.veins, cell.anatomy, cell.vein_at = name.veins, name.anatomy or cell.anatomy, mention
    cell.inferred, cell.ambiguous = name.inferred, name.ambiguous
    return True


def _is_detail(cell: Cell, name: Name) -> bool:
    """Whether the second name only says where the first lies.

    As in "tributary off the GSV", "AASV from the SFJ", "thigh extension from the SSV".
    """
    if cell.veins in _BRANCHES and name.veins not in (*_BRANCHES, *PERFORATORS):
        return True
    if cell.veins == _GIACOMINI and name.veins in _ITS_TRUNKS:
        return name.code is None
    return name.code == "sfj" and cell.veins in _ACCESSORIES


def _is_refined(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether "GSV tributary", "SSV perforator" stand here: the tributary and perforator."""
    return after in _BRANCHES or (before == ("PERF",) and after in PERFORATORS) or (after == before)


# --- what the places of a list say for each other -----------------------------------------------


def _fill_from_end(cells: Sequence[Cell]) -> None:
    """Zone and vein that stand behind a list hold for what comes before them."""
    for index in range(len(cells) - 2, -1, -1):
        cell, follower = cells[index], cells[index + 1]
        if not cell.veins or not follower.veins:  # "LSV mid and lower calf"
            cell.spot = complete_zone(cell.spot, follower.spot)
        if cell.veins or cell.ambiguous:
            continue
        levels = _is_level(cell) and follower.veins and follower.spot.level is not None
        named_before = any(before.veins for before in cells[:index]) and not levels
        # "at the knee and SSV in the calf"
        apart = bool(cell.spot) and follower.placed
        own_place = not apart and (not follower.spot or cell.spot or cell.legs)
        if (
            follower.veins
            and not named_before
            and own_place
            and not (follower.spot.code and cell.spot)
        ):
            cell.veins, cell.vein_at = follower.veins, follower.vein_at
            cell.anatomy = follower.anatomy
            if follower.spot.code and cell.legs and follower.legs:
                cell.spot, cell.spot_at = follower.spot, follower.spot_at  # "right, left SFJ"


def _is_level(cell: Cell) -> bool:
    """Whether it is a bare level: the "mid" of "CFV, mid and distal FV"."""
    return cell.spot.level is not None and cell.spot.zone is None and not cell.legs


def _fill_from_start(cells: Sequence[Cell]) -> None:
    """Zone and vein that open a list hold for what follows."""
    named: Cell | None = None
    for before, cell in pairwise(cells):
        named = before if before.veins else named
        if cell.veins:
            continue
        cell.spot = complete_zone(cell.spot, before.spot)
        # "in the right GSV to the knee and in the left to the ankle"
        ranged = before.joint in RANGES and named is not None and bool(cell.legs)
        source = named if ranged and named is not None else before
        if source.veins and not cell.ambiguous and cell.joint not in RANGES:
            cell.veins, cell.vein_at, cell.anatomy = source.veins, source.vein_at, source.anatomy
            if cell.legs and not cell.spot and before.legs:
                cell.spot = before.spot


def _fill_ranges(cells: Sequence[Cell]) -> None:
    """A range is in the leg that stands at its end: "from the knee to the mid calf on the left"."""
    for cell, end in pairwise(cells):
        if end.joint in RANGES and end.legs and not cell.legs and not cell.other_leg:
            cell.legs, cell.leg_at = end.legs, end.leg_at


def _fill_legs(cells: Sequence[Cell]) -> None:
    """A leg holds for what follows it; the first one also for what stands before."""
    _fill_ranges(cells)
    carried: Cell | None = None
    for cell in cells:
        if cell.legs or cell.other_leg:
            carried = cell
        elif carried is not None:
            cell.legs, cell.leg_at, cell.other_leg = carried.legs, carried.leg_at, carried.other_leg
            cell.negated = carried.negated
    first = next((cell for cell in cells if cell.legs), None)
    if first is None:
        return
    for cell in cells:
        if not cell.legs and not cell.other_leg:
            cell.legs, cell.leg_at, cell.negated = first.legs, first.leg_at, first.negated

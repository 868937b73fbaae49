"""The trunk that a sentence means as it begins: "the trunk", "the junction" behind a branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, SAPHENOUS
from ultrasound.extract.links.resuming import are_trunks, name_of_trunk
from ultrasound.extract.places.places import Part, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

TRUNK: Final = "trunk"
_AT_IT: Final = (["there", "it"], ["here", "it"])
_THE_LATTER: Final = ["the", "latter"]
_TRUNKS: Final = ("GSV", "SSV")  # "the trunk" under their heading is none of their branches


def _is_junction(group: PlaceGroup) -> bool:
    """Whether a phrase says "the junction", and not of which vein."""
    return not group.has_vein and all(part.spot.zone == "junction" for part in group.parts)


def _names_trunk(marks: Marks, chunks: Sequence[Chunk], groups: Sequence[PlaceGroup]) -> bool:
    """Whether "the trunk" is what a sentence speaks of, and it names no vein."""
    stated = [p for chunk in chunks for p in chunk.predicates]
    said = [p.first for p in stated if p.finding and p.finding.kind != "label"]
    said = said or [p.first for p in stated if not p.finding]  # "the calibre of the trunk is 5 mm"
    if not said or any(group.has_vein for group in groups):
        return False
    return any(t.norm == TRUNK for t in marks.tokens[chunks[0].first : min(said)])


def _find_treated(state: State, groups: Sequence[PlaceGroup], *, both: bool) -> tuple[Site, ...]:
    """The trunk of a leg of which a treatment was told, where it is the only one of its leg."""
    named = tuple(leg for group in groups for part in group.parts for leg in part.legs)
    legs = named or tuple(leg for site in state.leg_sites() for leg in site.legs)
    meant = [s for s in state.treated if both or not legs or set(s.legs) <= set(legs)]
    own = {site.legs: site for site in meant}
    single = len({(site.legs, site.vein) for site in meant}) == len(own)
    return tuple(own.values()) if single and (both or legs or len(own) == 1) else ()


def mean_treated(state: State, groups: Sequence[PlaceGroup]) -> tuple[Site, ...]:
    """The trunk of the leg in force that was treated, where no vein is spoken of.

    As in "On the left it is less good. The vein is occluded", behind "left GSV RFA in May".
    """
    named = [part for group in groups for part in group.parts if part.legs]
    own = [s for s in state.focus if s.vein and (not named or s.legs == named[0].legs)]
    if own or any(group.has_vein for group in groups):
        return ()
    spoken = state.focus or state.leg_sites()
    legs = {leg for site in spoken for leg in site.legs} if not named else set(named[0].legs)
    meant = {(s.vein, s.legs): s for s in state.treated if set(s.legs) == legs}
    at = spoken[0].leg_at if spoken and not named else None
    if not meant and named and named[0].leg_at and len(legs) == 1:
        return _same_of_leg(state, named[0])
    return (
        tuple(replace(s, leg_at=at or s.leg_at) for s in meant.values()) if len(meant) == 1 else ()
    )


def _same_of_leg(state: State, part: Part) -> tuple[Site, ...]:
    """The trunk spoken of last, of the leg that "on the right the vein is absent" names."""
    trunks = {site.vein for site in state.trunk}
    if len(trunks) != 1 or not trunks <= set(SAPHENOUS) or part.leg_at is None:
        return ()
    at = (part.leg_at.first, part.leg_at.last)
    return (replace(state.trunk[0].without_spot(), legs=part.legs, leg_at=at),)


def find_trunk(
    state: State,
    marks: Marks,
    chunks: Sequence[Chunk],
    groups: Sequence[PlaceGroup],
    *,
    continued: bool,
) -> tuple[Site, ...]:
    """The trunk that is meant by "the trunk", and by "the junction" behind its branch.

    Of earlier days it is the one that was treated, else that of a branch. Behind other veins none
    was spoken of. Nothing where the words around it decide.
    """
    if continued and groups and state.trunk and _is_junction(groups[0]):
        branch = bool(state.focus) and all(site.vein in COUNTED for site in state.focus)
        if branch and {s.legs for s in state.focus} == {s.legs for s in state.trunk}:
            return state.trunk
    answers = bool(chunks) and marks.tokens[chunks[0].first].norm == "none"
    opens = bool(groups) and (answers or groups[0].first == chunks[0].first)
    if continued and opens and is_only_leg(groups[0]):
        return state.label  # "GSV: Right - incompetent. Left - competent", "Perfs: … None left"
    if continued and _goes_back(state, groups):
        return state.base_sites()
    if not _names_trunk(marks, chunks, groups):
        return ()
    both = any(t.norm == "both" for t in marks.tokens[chunks[0].first : chunks[0].last + 1])
    earlier = any(chunk.prior is not None for chunk in chunks)
    if earlier and (treated := _find_treated(state, groups, both=both)):
        return treated
    if trunk := _head_trunk(state) or _trunk_of_branch(state, marks, continued=continued):
        return tuple(dict.fromkeys(site.without_spot() for site in trunk))
    spoken = {site.vein for site in state.focus} - {None}
    none = not continued and spoken and not spoken & set(SAPHENOUS)
    return state.base_sites() if none else ()


def _trunk_of_branch(state: State, marks: Marks, *, continued: bool) -> tuple[Site, ...]:
    """The trunk that was spoken of, or by which branches are called; else one of no name.

    As in "GSV tributaries are incompetent. The main trunk is competent".
    """
    if state.is_on_branch():
        return state.trunk
    if not continued or not state.focus or any(s.vein not in COUNTED for s in state.focus):
        return ()
    named = name_of_trunk(marks, state.focus)
    return named or tuple(dict.fromkeys(site.only_leg() for site in state.focus))


def find_latter(state: State, marks: Marks, chunks: Sequence[Chunk]) -> tuple[Site, ...]:
    """The trunk that a branch was said to meet: "enters the GSV. The latter is incompetent".

    Or the one that goes on at its end: "competent to the knee. There it receives a perforator".
    """
    first = chunks[0].first if chunks else 0
    opening = [token.norm for token in marks.tokens[first : first + 2]]
    if opening in _AT_IT and are_trunks(state.focus):
        return state.focus
    if opening != _THE_LATTER or not state.is_on_branch():
        return ()
    branches = [site.vein_at for site in state.focus if site.vein_at]
    behind = [s for s in state.trunk if branches and s.vein_at and s.vein_at > branches[-1]]
    return tuple(dict.fromkeys(site.without_spot() for site in behind))


def _head_trunk(state: State) -> tuple[Site, ...]:
    """The trunk of the heading, where another vein is spoken of: "GSV: … the PASV refluxes"."""
    headed, spoken = ({site.vein for site in sites} for sites in (state.vein, state.focus))
    if len(headed) != 1 or not headed <= set(_TRUNKS) or not spoken - headed - {None}:
        return ()
    sided = {site.legs: site.leg_at for site in state.focus}
    return tuple(
        replace(site, legs=legs, leg_at=leg_at)
        for site in state.vein
        for legs, leg_at in sided.items()
    )


def _goes_back(state: State, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a leg and its level go back to the heading's trunk: "Lt prox calf 3 mm"."""
    first = groups[0] if groups else None
    if first is None or first.has_vein or not (first.has_leg and first.has_spot):
        return False
    heading, spoken = ({site.vein for site in sites} for sites in (state.vein, state.focus))
    return len(heading) == 1 and heading | spoken <= set(SAPHENOUS) and heading != spoken

"""What a sentence speaks of before its first word, by what is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, GROUPS, SAPHENOUS
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State

_ZONES: Final = ("thigh", "knee", "calf")


def _level_over(state: State, group: PlaceGroup) -> tuple[Site, ...]:
    """The level that heads the line or the lines, for each vein that a sentence names below it.

    As in "Upper thigh: GSV 6.6 mm. FV compressible.".
    """
    over = state.level or state.vein
    level = bool(over) and all(s.vein is None and s.spot.zone in _ZONES for s in over)
    if not level or any(part.vein in GROUPS or part.has_spot for part in group.parts):
        return ()
    thigh = any(site.spot.zone == "thigh" for site in over)
    if thigh and any(part.vein == "SSV" for part in group.parts):
        return ()
    leg = next(iter(state.leg_sites()), Site())
    return tuple(s if s.legs else replace(s, legs=leg.legs, leg_at=leg.leg_at) for s in over)


def _go_on(state: State, group: PlaceGroup) -> tuple[Site, ...]:
    """What a sentence behind another one speaks of before the vein that it names first."""
    if level := _level_over(state, group):
        return level
    legs = state.leg_sites()
    if legs and len(state.legs or state.title_legs) == 1:
        return legs
    # "no problem at the groin. The GSV is 3.8 mm": the level was of no vein
    apart = all(site.vein is None for site in state.focus)
    return tuple(s.without_spot() for s in state.focus) if apart else state.focus


def find_opening_focus(
    state: State,
    groups: Sequence[PlaceGroup],
    *,
    continued: bool,
    pronoun: bool = False,
    trunk: bool = False,
) -> tuple[Site, ...]:
    """What a sentence speaks of before its words, by the places that it names.

    Args:
        state: What is in force there.
        groups: The place phrases of the sentence.
        continued: Whether another sentence stands before it in its paragraph.
        pronoun: Whether it begins with a word for what was spoken of.
        trunk: Whether it begins with "the trunk".
    """
    if state.focus and pronoun:
        return state.focus
    if trunk and state.is_on_branch():
        return tuple(dict.fromkeys(site.without_spot() for site in state.trunk))
    if trunk and (state.vein or state.line):
        # "the trunk" is that of the heading or of the vein that the line began with
        own = all(s.vein in SAPHENOUS for s in state.focus) and not state.vein
        branches = all(s.vein in COUNTED for s in state.line)
        begun = state.focus if branches or (own and state.focus) else state.line
        named = begun if any(s.vein for s in begun) else state.base_sites()
        return tuple(site.without_spot() for site in named)
    names_vein = bool(groups) and groups[0].has_vein
    if continued and state.focus:
        return _go_on(state, groups[0]) if names_vein else state.focus
    if state.item.sites and not names_vein:
        return state.item.sites
    single = any(site.vein not in GROUPS for site in state.vein)
    if state.focus and not single and groups and not names_vein and groups[0].has_spot:
        return state.focus
    return state.base_sites()

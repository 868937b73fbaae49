"""What a sentence speaks of before its first word, by what is in force."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.facts.fact import COUNTED, GROUPS, SAPHENOUS
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State


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
        legs = state.leg_sites()
        keeps_leg = len(state.legs or state.title_legs) == 1
        if names_vein and legs and keeps_leg:
            return legs
        # "no problem at the groin. The GSV is 3.8 mm": the level was of no vein
        apart = names_vein and all(site.vein is None for site in state.focus)
        return tuple(s.without_spot() for s in state.focus) if apart else state.focus
    if state.item and not names_vein:
        return state.item
    single = any(site.vein not in GROUPS for site in state.vein)
    if state.focus and not single and groups and not names_vein and groups[0].has_spot:
        return state.focus
    return state.base_sites()

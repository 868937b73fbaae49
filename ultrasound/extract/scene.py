"""What a sentence stands in, by the headings, the report and the list that are in force."""

from __future__ import annotations

from ultrasound.extract.facts.fact import Setting
from ultrasound.extract.lines.list_memory import ListMemory
from ultrasound.extract.readers import Frame
from ultrasound.extract.state import State


def set_scene(
    state: State, frame: Frame, memory: ListMemory, *, first: int, limbs: frozenset[int]
) -> Setting:
    """The setting of the next sentence; ``first`` is the first token of its statement."""
    if state.legs:
        legs, at = state.legs, state.leg_at
    else:
        examined = state.title_legs or frame.legs
        legs, at = examined or state.sticky.legs, state.title_at or state.sticky.at
    return Setting(
        section=state.section if state.section != "identity" else None,
        exam=frame.exam,
        exam_legs=legs,
        exam_leg_at=at,
        title_at=state.title_at,
        other_method=state.other_method,
        first=first,
        heading_legs=bool(state.legs),
        passing_legs=not (state.legs or frame.legs or state.title_legs),
        units=frame.units,
        asked=state.asked,
        item=state.closing,
        label=state.label[0].vein_at if len(state.label) == 1 else None,
        heading_vein=any(site.vein for site in state.vein),
        listed=memory.properties,
        listed_units=memory.units,
        row=memory.row,
        row_pair=memory.pair,
        limbs=limbs,
        row_at=memory.row_at,
        crowded=frame.crowded,
    )

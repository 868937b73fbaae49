"""In what position reflux was timed, against the position that the criteria in force ask for."""

from __future__ import annotations

from ultrasound.assess.systems import LegView
from ultrasound.assess.words import join_words


def warn_of_position(view: LegView) -> str | None:
    """What to know before a time of this leg is compared with its limit; None for nothing.

    A report states its positions for the exam and not for each time: where it names several, no
    time has one for certain.
    """
    asked = view.criteria.position
    if asked is None:
        return None
    stated = view.facts.context_values("position")
    if stated == (asked,):
        return None
    demand = f"the criteria ask for {_name(asked)}"
    if not stated:
        return f"position not stated, {demand}"
    notes = view.anatomy.rules.position_notes
    told = [notes[position] for position in stated if position in notes]
    if asked in stated:
        named = join_words(_name(position) for position in stated)
        start = f"{named} stated, not of which time"
    else:
        start = f"taken {' or '.join(_name(position) for position in stated)}"
    return ", ".join((start, demand, *told))


def _name(position: str) -> str:
    return position.replace("_", " ")

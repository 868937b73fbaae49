"""What is completed once all clauses of a sentence are linked."""

from __future__ import annotations

from ultrasound.extract.links.bracketed import place_treated
from ultrasound.extract.links.closing_leg import (
    share_closing_leg,
    share_closing_legs,
    share_closing_side,
)
from ultrasound.extract.links.closing_state import share_closing_state
from ultrasound.extract.links.each_side import share_each_side
from ultrasound.extract.links.fed_by import resume_fed
from ultrasound.extract.links.legs_level import share_level_of_legs
from ultrasound.extract.links.level_closes import place_by_closing_level
from ultrasound.extract.links.level_list import share_over_levels
from ultrasound.extract.links.listed_brackets import share_with_listed
from ultrasound.extract.links.measured_levels import leave_first_level
from ultrasound.extract.links.of_both_legs import share_with_both
from ultrasound.extract.links.one_branch import place_one_branch
from ultrasound.extract.links.operations import place_operations
from ultrasound.extract.links.own_side import leave_title_legs
from ultrasound.extract.links.range_behind import share_range_behind
from ultrasound.extract.links.several_perforators import (
    complete_perforators,
    repeat_for_sizes,
    share_closing_place,
)
from ultrasound.extract.links.started import start_ranges
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.varicose import complete_varicosities, leave_varicosities


def complete_sentence(thread: Thread) -> None:
    """Complete branches, a leg that is told late, ranges told in parts, treatments' levels."""
    complete_varicosities(thread)
    leave_varicosities(thread)
    share_closing_place(thread)
    complete_perforators(thread)
    repeat_for_sizes(thread)
    share_closing_state(thread)
    share_over_levels(thread)
    place_one_branch(thread)
    share_closing_leg(thread)
    share_closing_legs(thread)
    share_each_side(thread)
    share_level_of_legs(thread)
    share_closing_side(thread)
    share_range_behind(thread)
    start_ranges(thread)
    place_treated(thread)
    place_operations(thread)
    leave_first_level(thread)
    place_by_closing_level(thread)
    resume_fed(thread)
    leave_title_legs(thread)
    share_with_both(thread)
    share_with_listed(thread)

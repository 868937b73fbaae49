"""What belongs together in a sentence before it is cut: brackets, units of a list, branches."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.downwards import join_downwards
from ultrasound.extract.clauses.each_unit import join_measured
from ultrasound.extract.clauses.from_branch import join_from_branch
from ultrasound.extract.clauses.list_unit import share_list_unit
from ultrasound.extract.clauses.noun_brackets import open_brackets, part_braces
from ultrasound.extract.clauses.thigh_extension import leave_ends
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element, Marks


def settle_wholes(
    elements: Sequence[Element | PlaceGroup], marks: Marks
) -> Sequence[Element | PlaceGroup]:
    """The elements of a sentence as its clauses are cut from them."""
    settled = share_list_unit(leave_ends(part_braces(elements, marks), marks))
    return open_brackets(join_measured(join_downwards(join_from_branch(settled))), marks)

"""What later sentences may take up of what one has told: its clot, its duplicated vein."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.channels import take_doubled
from ultrasound.extract.links.clot import age_of_clot, take_clot
from ultrasound.extract.links.of_vein import note_spared
from ultrasound.extract.links.stents import take_stented
from ultrasound.extract.state import State


def note_told(state: State, assignments: Sequence[Assignment], *, continued: bool) -> None:
    """Keep what a sentence has told."""
    note_spared(state, assignments, continued=continued)
    state.clot = take_clot(assignments, state.clot)
    state.clot_age = age_of_clot(assignments, state.clot_age)
    state.stented = take_stented(assignments, state.stented)
    state.doubled = take_doubled(assignments, state.doubled)
    found = [a for a in assignments if a.predicate.finding is not None]
    state.then = bool(found) and all(a.chunk.prior for a in found)

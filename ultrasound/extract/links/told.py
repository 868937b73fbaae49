"""What later sentences may take up of what one has told: its clot, its duplicated vein."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.channels import take_doubled
from ultrasound.extract.links.clot import age_of_clot, take_clot
from ultrasound.extract.links.going_on import take_judged, take_met
from ultrasound.extract.links.of_vein import note_spared
from ultrasound.extract.links.sentence_subject import take_subject
from ultrasound.extract.links.stents import take_stented
from ultrasound.extract.links.thread import Before, Linked
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State


def note_told(
    state: State,
    chunks: Sequence[Chunk],
    linked: Linked,
    opened: tuple[Site, ...],
    *,
    continued: bool,
) -> None:
    """Keep what a sentence has told; ``opened``: what was spoken of before it."""
    assignments = linked.assignments
    note_spared(state, assignments, continued=continued)
    state.clot = take_clot(assignments, state.clot)
    state.clot_age = age_of_clot(assignments, state.clot_age)
    state.stented = take_stented(assignments, state.stented)
    state.doubled = take_doubled(assignments, state.doubled)
    found = [a for a in assignments if a.predicate.finding is not None]
    state.then = bool(found) and all(a.chunk.prior for a in found)
    state.judged = take_judged(assignments)
    state.met = take_met(chunks, opened)
    state.subject, state.subject_found = take_subject(chunks, linked, opened)


def take_before(state: State, carried: Sequence[Assignment], *, continued: bool) -> Before:
    """What holds from before a sentence; ``continued``: one stands before it in its paragraph."""
    if not continued:
        return Before((), carried, (), state.denied)
    return Before(state.measured, carried, state.listed, state.denied, state.judged, state.met)

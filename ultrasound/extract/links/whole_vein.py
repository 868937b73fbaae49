"""Sentences that go back to all of a vein behind the levels at which it was measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, GROUPS, OF_ALL
from ultrasound.extract.state import State

_SEVERAL: Final = 2  # levels that were measured
_IT: Final = "it"


def speaks_of_all(state: State, chunks: Sequence[Chunk]) -> bool:
    """Whether a sentence denies something of all of a vein, and names no place.

    It ends the vein's item, or stands behind several levels: "3.6 mm at mid thigh and 2.9 mm at the
    knee. No reflux".
    """
    if not state.measured or not (state.closing or len(state.measured) > 1):
        return False
    line = state.line if state.closing else ()
    veins = {site.vein for site in (*line, *state.focus)}
    stated = [p for chunk in chunks for p in chunk.predicates]
    says = bool(stated) and all(p.value in OF_ALL for p in stated)
    pointed = [cue for chunk in chunks for cue in chunk.cues("here", "same_places", "levels")]
    here = any(cue.first > chunks[0].first for cue in pointed)  # "There is no reflux" opens
    return says and not here and len(veins) == 1 and veins.isdisjoint((None, *COUNTED, *GROUPS))


def goes_back_to_all(state: State, chunks: Sequence[Chunk], opening: Sequence[str]) -> bool:
    """Whether "it" is the vein of several levels: "6 mm at mid thigh, 5 mm at the knee. It …"."""
    if len(state.measured) < _SEVERAL or opening[:1] != [_IT] or chunks[0].groups:
        return False
    veins = {site.vein for site in state.focus}
    return len(veins) == 1 and veins.isdisjoint((None, *COUNTED, *GROUPS))

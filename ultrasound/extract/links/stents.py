"""The veins that hold the stents a sentence speaks of: "Both stents are patent"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State

_STENTED: Final = "stented"
_NEAR: Final = 2  # tokens from the first word to the stents: "Both iliac stents"


def take_stented(assignments: Sequence[Assignment], before: tuple[Site, ...]) -> tuple[Site, ...]:
    """The veins of which a sentence says that they were stented, else those told ``before``."""
    sites = [
        site
        for told in assignments
        if told.predicate.value == _STENTED and not told.predicate.negated
        for site in told.sites
        if site.vein
    ]
    return tuple(dict.fromkeys(sites)) or before


def mean_stents(state: State, chunks: Sequence[Chunk]) -> tuple[Site, ...]:
    """The stented veins, where a sentence that names none begins with their stents."""
    if not state.stented or not chunks or any(g.has_vein for c in chunks for g in c.groups):
        return ()
    stents = [p for p in chunks[0].predicates if p.value == _STENTED]
    opens = bool(stents) and stents[0].first - chunks[0].first <= _NEAR
    return state.stented if opens and len(chunks[0].predicates) > 1 else ()

"""Adjectives joined by "and" in front of one range: "patent and compressible from SFJ to knee".

Both hold over it, where both say that the vein is open, or that it refluxes since it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import SAPHENOUS
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import compose

_AND: Final = ("and", "&")
_PATENT: Final = ("patency", "patent")
_FULL: Final = ("compressibility", "full")
_RECANALISED: Final = ("patency", "recanalized")
_PAIRS: Final = (
    (_PATENT, _FULL),
    (_FULL, _PATENT),
    (_RECANALISED, ("reflux", "present")),
    (_RECANALISED, _FULL),
)


def share_range(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give the range behind the second adjective to the first one too."""
    at = thread.position_of(chunk)
    if chunk.separator not in _AND or at < 1 or len(groups) != 1 or not _is_range(groups[0]):
        return
    before = thread.chunks[at - 1]
    opens = len(chunk.predicates) == 1 and chunk.predicates[0].first == chunk.first
    ends = len(before.predicates) == 1 and before.predicates[0].last == before.last
    if not (opens and ends) or any(group.has_spot for group in before.groups):
        return
    if (_said(before.predicates[0]), _said(chunk.predicates[0])) not in _PAIRS:
        return
    for a in thread.result:
        own = a.chunk is before and a.predicate is before.predicates[0] and not a.dropped
        if own and all(site.vein in SAPHENOUS for site in a.sites):
            a.sites = compose(groups[0], tuple(site.without_spot() for site in a.sites))


def _is_range(group: PlaceGroup) -> bool:
    return all(part.until is not None for part in group.parts)


def _said(predicate: Predicate) -> tuple[str, str | None]:
    finding = predicate.finding
    value = None if predicate.negated else predicate.value
    return (finding.property if finding is not None else "", value)

"""What "these veins" stands for: those of the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import SHALLOW
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site

_THESE: Final = "these"
_GROUP: Final = "SUPERFICIAL"


def mean_these(thread: Thread, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Sites without the superficial system where "these veins" are all deep ones.

    As in "The CFV, FV and POPV are compressible. No thrombus in any of these veins".
    """
    if not any(site.vein == _GROUP for site in sites):
        return sites
    before = [site.vein for place in thread.earlier for site in place]
    if not before or any(vein in SHALLOW for vein in before):
        return sites
    kept = tuple(s for s in sites if s.vein != _GROUP or not _is_pointed_at(thread, s))
    return kept or sites


def _is_pointed_at(thread: Thread, site: Site) -> bool:
    """Whether the words of a site point to veins named before."""
    if site.vein_at is None:
        return False
    first, last = site.vein_at
    return _THESE in _norms(thread, first, last)


def _norms(thread: Thread, first: int, last: int) -> Sequence[str]:
    return [token.norm for token in thread.marks.tokens[first : last + 1]]

"""What is said of a vein behind its sizes at several levels is said of all of it.

As in "the GSV is 5 mm at the SFJ, 3.8 mm in the thigh and 2.5 mm in the calf, and does not reflux".
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.assignment import Assignment, is_time
from ultrasound.extract.links.resuming import are_trunks
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site

_SEVERAL: Final = 2
_BEHIND: Final = (",", "and", "&", "with", "but")
_POINTING: Final = ("here", "same_places", "levels", "company")
_THESE: Final = "these"


def go_back_to_vein(thread: Thread, predicate: Predicate, chunk: Chunk) -> tuple[Site, ...]:
    """The vein of which only sizes were told, each at a level of its own; else nothing."""
    finding = predicate.finding
    said = finding is not None and finding.kind != "label" and not predicate.numbers
    pointed = bool(chunk.cues(*_POINTING)) or _THESE in chunk.norms
    if not said or pointed or chunk.separator not in _BEHIND:
        return ()
    if not are_trunks(thread.focus) or any(site.until for site in thread.focus):
        return ()
    vein = {(site.vein, site.legs) for site in thread.focus}
    sized = [a for a in thread.result if {(s.vein, s.legs) for s in a.sites} == vein]
    numbers = [a for a in sized if a.number is not None]
    levels = {site.spot for a in numbers for site in a.sites}
    apart = any(a.chunk.separator == ";" for a in sized)  # "mid calf 2.7 mm; SPJ 3 mm, competent"
    if apart or len(vein) != 1 or not len(levels) == len(numbers) >= _SEVERAL:
        return ()
    if len({a.chunk.first for a in numbers}) < len(numbers):  # "4 and 3 mm respectively"
        return ()
    if not all(map(_is_size, sized)):
        return ()
    return tuple(dict.fromkeys(site.without_spot() for site in thread.focus))


def _is_size(a: Assignment) -> bool:
    """Whether no more than a size at one level is told, or that it is one."""
    if a.number is None:
        return a.predicate.finding is not None and a.predicate.finding.kind == "label"
    return not is_time(a) and len(a.sites) == 1 and bool(a.sites[0].spot)

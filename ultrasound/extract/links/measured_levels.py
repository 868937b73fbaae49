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


def leave_first_level(thread: Thread) -> None:
    """Let what is said before a vein be of all of it, where its sizes at several levels follow.

    As in "dilated tortuous GSV measuring 9.5 mm at the upper thigh and 8 mm at the lower thigh".
    """
    for a in thread.result:
        trunks = [g for g in a.chunk.groups if g.has_vein and not g.has_spot]
        leads = bool(trunks) and a.number is None and a.predicate.last < trunks[0].first
        if not leads or not _is_said(a) or not are_trunks(a.sites):
            continue
        vein = {(s.vein, s.legs) for s in a.sites}
        sized = [b for b in thread.result if {(s.vein, s.legs) for s in b.sites} == vein]
        numbers = [b for b in sized if b.number is not None and _is_size(b)]
        if len({b.chunk.first for b in numbers}) >= _SEVERAL and len(vein) == 1:
            a.sites = tuple(dict.fromkeys(site.without_spot() for site in a.sites))


def _is_said(a: Assignment) -> bool:
    """Whether words find something."""
    finding = a.predicate.finding
    return finding is not None and finding.kind != "label" and not a.predicate.numbers


def _is_size(a: Assignment) -> bool:
    """Whether no more than a size at one level is told, or that it is one."""
    if a.number is None:
        return a.predicate.finding is not None and a.predicate.finding.kind == "label"
    return not is_time(a) and len(a.sites) == 1 and bool(a.sites[0].spot)

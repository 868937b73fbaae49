"""What is said before a vein is said of all of it, where its sizes at several levels follow."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.links.assignment import Assignment, is_time
from ultrasound.extract.links.resuming import are_trunks
from ultrasound.extract.links.thread import Thread

_SEVERAL: Final = 2


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

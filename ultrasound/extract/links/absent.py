"""What is not there: of an absent junction the vein is spoken of, and "it" is the vein."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site

_IT: Final = "it"
_ABSENT: Final = ("absent", "not_visualized")


def leave_absent(thread: Thread, focus: tuple[Site, ...]) -> tuple[Site, ...]:
    """What is left in focus: of a junction that is said not to be there the vein."""
    absent = [s for a in thread.result if _is_absent(a) for s in a.sites]
    if not absent:
        return focus
    return tuple(
        s.without_spot() if s in absent and s.spot.code and not s.until else s for s in focus
    )


def _is_absent(a: Assignment) -> bool:
    """Whether it says that something is not there."""
    finding = a.predicate.finding
    said = finding is not None and finding.property == "anatomy" and a.predicate.value in _ABSENT
    return said or a.predicate.anatomy in _ABSENT


def name_it(thread: Thread, chunk: Chunk) -> None:
    """Mean by "it" the vein that is absent elsewhere: "no GSV in the thigh; in the calf it …"."""
    named = any(site.vein for site in thread.focus) or any(g.has_vein for g in chunk.groups)
    last = thread.result[-1] if thread.result else None
    if named or last is None or chunk.separator != ";" or _IT not in chunk.words:
        return
    if _is_absent(last):
        thread.focus = tuple(dict.fromkeys(site.without_spot() for site in last.sites))

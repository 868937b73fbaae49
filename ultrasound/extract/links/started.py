"""Ranges with a remark between their start and their end.

As in "from the mid thigh, where it measures 6 mm, the GSV is incompetent to the knee", and in
"incompetent from its junction (2 cm above the crease) to the mid calf".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.places.sites import Site, make_site
from ultrasound.extract.places.spots import Spot
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_WHERE: Final = "where"
_UPWARDS: Final = frozenset({"up", "upward", "proximally", "cephalad", "cranially"})
_GIACOMINI: Final = "GIAC"
_RISEN_IN: Final = ("FV", "POPV")
_RISING: Final = ("thrombus", "patency", "compressibility", "treatment_result")
_OPEN: Final = ("patent", "full", "open", "absent")
_JUNCTIONS: Final = ("sfj", "spj", "junction", "saphenofemoral", "saphenopopliteal")
_BELOW: Final = ("below", "distal", "from", "beyond")
_LED: Final = 3  # elements of "from the" and its level
_REMARKS: Final = 4  # clauses between the start and the end of a range


def start_ranges(thread: Thread) -> None:
    """Let a range with no start of its own begin where its sentence does, or go on to its end."""
    _end_ranges(thread)
    _start_below(thread)
    _end_below_junctions(thread)
    start: Site | None = None
    begun, clause = -1, -1
    for position, chunk in enumerate(thread.chunks):
        if (level := _find_start(chunk)) is not None:
            start, begun, clause = level, position, chunk.clause
            break
    if start is None:
        return
    for a in thread.result:
        if thread.position_of(a.chunk) > begun and a.chunk.clause == clause:
            a.sites = tuple(_start(site, start) for site in a.sites)


def _start_below(thread: Thread) -> None:
    """Let what rises into a deep vein begin at its lower end: "up into the FV to the mid thigh"."""
    for a in thread.result:
        a.sites = tuple(_start_giacomini(site) for site in a.sites)
        words = thread.marks.tokens[a.chunk.first : a.chunk.last + 1]
        if any(site.open_start for site in a.sites) and any(t.norm in _UPWARDS for t in words):
            a.sites = tuple(_rise(site) for site in a.sites)


def _start_giacomini(site: Site) -> Site:
    """A thigh extension from its lower end on, at which it leaves the small saphenous."""
    opens = site.vein == _GIACOMINI and site.open_start and site.until is not None
    if not opens or site.spot or site.until is None or site.until.zone != "thigh":
        return site
    return replace(site, spot=Spot(level="distal", zone="thigh"), open_start=False)


def _end_below_junctions(thread: Thread) -> None:
    """Leave the junction of what comes up to it: "thrombus extends to just below the SFJ"."""
    for a in thread.result:
        finding = a.predicate.finding
        rises = finding is not None and finding.property in _RISING
        if rises and a.predicate.value not in _OPEN:
            a.sites = tuple(_leave_start(thread, site) for site in a.sites)


def _leave_start(thread: Thread, site: Site) -> Site:
    """The end alone of a range that ends below a junction, where it has no start."""
    words = {t.norm for at in site.spot_at for t in thread.marks.tokens[at[0] : at[1] + 1]}
    near = not words.isdisjoint(_JUNCTIONS) and not words.isdisjoint(_BELOW)
    if site.until is None or site.spot or not (site.open_start and near):
        return site
    return replace(site, spot=site.until, until=None, open_start=False)


def _rise(site: Site) -> Site:
    opens = site.open_start and site.until is not None and not site.spot
    below = Spot(level="distal") if opens and site.vein in _RISEN_IN else None
    return replace(site, spot=below, open_start=False) if below else site


def _end_ranges(thread: Thread) -> None:
    """Let what is said from a place on go to the end that stands behind a remark about it."""
    for position, chunk in enumerate(thread.chunks):
        start = _last_start(chunk)
        end = _find_end(thread.chunks[position + 1 :], chunk.clause) if start else None
        if start is None or end is None:
            continue
        for a in thread.result:
            if a.chunk is chunk and a.predicate.finding is not None:
                a.sites = tuple(_end(site, start, end) for site in a.sites)


def _last_start(chunk: Chunk) -> Spot | None:
    """The level at the end of a clause, with "from" straight before it."""
    last = chunk.elements[-1]
    if not isinstance(last, PlaceGroup) or last.parts[-1].until is not None:
        return None
    for element in reversed(chunk.elements[-_LED:-1]):
        if isinstance(element, Mention):
            return last.parts[-1].spot if element.cue("from") else None
    return None


def _find_end(later: Sequence[Chunk], clause: int) -> Part | None:
    """The end of a range that a clause holds alone, behind some that name no place.

    Or only the branch that is met at its start: "from the knee, where a perforator enters, to …".
    """
    for position, chunk in enumerate(later):
        if chunk.clause != clause or position > _REMARKS:
            return None
        if not chunk.groups or _is_met(chunk):
            continue
        return _only_end(chunk) if position else None
    return None


def _is_met(chunk: Chunk) -> bool:
    """Whether a clause names the branch that is met at a place: "where a perforator enters"."""
    veins = [part.vein for group in chunk.groups for part in group.parts]
    inset = chunk.separator == "(" and bool(chunk.cues("joins"))
    return (chunk.separator == _WHERE or inset) and all(vein in COUNTED for vein in veins)


def _only_end(chunk: Chunk) -> Part | None:
    """The one level of a clause that is nothing but "to" and this level."""
    named = [e for e in chunk.elements if not isinstance(e, Token)]
    group, part = chunk.groups[0], chunk.groups[0].parts[0]
    ranged = part.until is not None and part.open_start
    to = [e for e in named if isinstance(e, Mention) and e.cue("range")]
    if part.vein or len(group.parts) > 1 or len(named) != 1 + len(to):
        return None
    return part if ranged or (to and part.spot and part.until is None) else None


def _end(site: Site, start: Spot, end: Part) -> Site:
    """A place from which something goes on, to its end."""
    if site.spot != start or site.until is not None:
        return site
    at = tuple((m.first, m.last) for m in end.spot_at)
    return replace(site, until=end.until or end.spot, spot_at=(*site.spot_at, *at))


def _find_start(chunk: Chunk) -> Site | None:
    """The one level of a clause that is nothing but "from" and this level."""
    first, last = chunk.elements[0], chunk.elements[-1]
    led = isinstance(first, Mention) and first.cue("from")
    if not led or not isinstance(last, PlaceGroup) or len(chunk.elements) > _LED:
        return None
    part = last.parts[0]
    single = len(last.parts) == 1 and bool(part.spot) and part.until is None
    return make_site(part) if single and not last.has_vein else None


def _start(site: Site, start: Site) -> Site:
    """A range from there, where it has no other start."""
    if not site.open_start or site.until is None or site.spot:
        return site
    return replace(site, spot=start.spot, open_start=False, spot_at=(*start.spot_at, *site.spot_at))

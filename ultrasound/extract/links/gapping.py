"""Places that go on with a finding said before: a list behind a bracket, the other leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.exam_dates import MONTHS
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.assignment import Assignment, is_time
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import FILLERS, PlaceGroup, is_only_level
from ultrasound.extract.places.sites import compose
from ultrasound.extract.places.spots import NOWHERE
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_BEHIND: Final = 2  # clauses that can go on about places
_LISTING: Final = (",", "and")
_STATES: Final = ("word", "noun")
_ONWARD: Final = (*_LISTING, "but", "whereas", "while", ";")
_OF_DATE: Final = ("prior", "range")
_ONLY: Final = "only"
_ALSO: Final = "also"
_AGAIN: Final = "again"
_WORDS: Final = frozenset({*FILLERS, "also", _AGAIN, "only", "over", "just", "from"})


def say_again(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say a finding of the other leg at a level of its own.

    As in "refluxes in the thigh on the right, in the calf on the left"; "incompetent at the knee on
    the right but only at the mid calf on the left".
    """
    if chunk.separator not in _ONWARD or len(groups) != 1 or not is_plain(chunk, "range"):
        return False
    group = _from_junction(chunk, groups[0])
    said = _find_said(thread, chunk)
    parallel = bool(said) and group.has_vein and _is_parallel(thread, said, chunk, group)
    if parallel or _adds_junction(said, chunk, group) or _adds_level(said, chunk, group):
        sites = compose(group, said[-1].sites)
        for a in said:
            thread.result.append(replace(a, sites=sites, chunk=chunk, explicit=True))
        return True
    if not said or group.has_vein or not (group.has_leg and group.has_spot):
        return False
    before = {leg for site in said[-1].sites for leg in site.legs}
    own = {leg for part in group.parts for leg in part.legs}
    further = own < before and _ALSO in chunk.norms  # "on both sides; on the left also …"
    if not own or not before or (own & before and not further):
        return False
    for a in said:
        base = tuple(dict.fromkeys(site.without_spot() for site in a.sites))
        thread.result.append(replace(a, sites=compose(group, base), chunk=chunk, explicit=True))
    return True


def say_of_then(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say a finding at the level that it had reached at an earlier exam.

    As in "incompetent to the knee; in 2022 only to the mid thigh".
    """
    if chunk.prior is None or len(groups) != 1:
        return False
    said = [a for a in _find_said(thread) if a.chunk.prior is None]
    if not said or not is_plain(chunk, *_OF_DATE):
        return False
    group = groups[0]
    veins = {part.vein for part in group.parts} - {None}
    other = not veins <= {site.vein for a in said for site in a.sites}
    if other or group.has_leg or not group.has_spot:
        return False
    group = _from_junction(chunk, group)
    for a in said:
        base = tuple(dict.fromkeys(site.without_spot() for site in a.sites))
        thread.result.append(replace(a, sites=compose(group, base), chunk=chunk, explicit=True))
    return True


def share_verb(thread: Thread, index: int, chunk: Chunk) -> None:
    """Say a verb with its time of a place that only has a time.

    As in "refluxes for 2.9 s at mid thigh and 3.1 s at the SFJ".
    """
    before = thread.chunks[index - 1] if index else None
    if before is None or chunk.separator != "and" or len(chunk.predicates) != 1:
        return
    own = [a for a in thread.result if a.chunk is chunk and not a.dropped]
    verbs = [a for a in thread.result if a.chunk is before and _is_verb(thread, a)]
    if own and is_time(own[0]) and _lacks_verb(thread, chunk):
        told = [a for a in thread.result if a.chunk is before and _refluxes(a)]
        thread.result += [replace(a, sites=own[0].sites, chunk=chunk) for a in told[-1:]]
        return
    placed = bool(own) and own[0].explicit and any(site.has_spot for site in own[0].sites)
    if placed and verbs and is_time(own[0]):
        said = {site.vein for site in verbs[-1].sites}
        if {site.vein for site in own[0].sites} <= said:
            thread.result.append(replace(verbs[-1], sites=own[0].sites, chunk=chunk))


def _lacks_verb(thread: Thread, chunk: Chunk) -> bool:
    """Whether a vein or leg and its time share the verb before: "and the left for 1.7 s"."""
    time, first = chunk.predicates[0].first, chunk.groups[0].first if chunk.groups else chunk.last
    led = thread.marks.tokens[time - 1].norm == "for"
    named = bool(chunk.groups) and not is_only_level(chunk.groups[0])
    return led and named and first <= chunk.first + 1 and chunk.groups[0].last == time - 2


def _refluxes(a: Assignment) -> bool:
    """Whether it is "refluxes"."""
    finding = a.predicate.finding
    word = finding is not None and (finding.property, finding.kind) == ("reflux", "word")
    return word and a.predicate.value == "present" and not a.dropped


def _is_verb(thread: Thread, a: Assignment) -> bool:
    """Whether it is "refluxes" with its time behind it."""
    finding = a.predicate.finding
    if finding is None or (finding.property, a.predicate.value) != ("reflux", "present"):
        return False
    behind = thread.marks.tokens[a.predicate.last + 1 : a.predicate.last + 2]
    ahead = [b for b in thread.result if b.chunk is a.chunk and is_time(b)]
    at = a.predicate.last + (2 if behind and behind[0].norm == "for" else 1)
    return finding.kind == "word" and any(b.predicate.first == at for b in ahead)


def _from_junction(chunk: Chunk, group: PlaceGroup) -> PlaceGroup:
    """Levels behind "to" as the ends of ranges from the junction: "only to the mid thigh"."""
    if not any(cue.last < group.first for cue in chunk.cues("range")):
        return group
    parts = (
        part
        if part.until is not None or not part.spot
        else replace(part, spot=NOWHERE, until=part.spot, open_start=True)
        for part in group.parts
    )
    return replace(group, parts=tuple(parts))


def _adds_junction(said: Sequence[Assignment], chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether the junction of a trunk is added to it: "GSV insufficiency including the SFJ"."""
    sites = [site for a in said for site in a.sites]
    found = (a.predicate.finding for a in said)
    reflux = all(f is not None and f.property == "reflux" for f in found)
    if chunk.separator != "and" or not (sites and reflux) or any(site.has_spot for site in sites):
        return False
    veins = {site.vein for site in sites}
    return all(
        part.vein in veins if part.spot.code else part.spot.zone == "junction" and not part.vein
        for part in group.parts
    )


def _adds_level(said: Sequence[Assignment], chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a level is added: "competent there and in the calf", "at the knee and calf only"."""
    if not said or chunk.separator != "and" or not is_only_level(group):
        return False
    levels = all(site.spot and not site.until for a in said for site in a.sites)
    return bool(said[-1].chunk.cues("here")) or (_ONLY in chunk.norms and levels)


def _is_parallel(
    thread: Thread, said: Sequence[Assignment], chunk: Chunk, group: PlaceGroup
) -> bool:
    """Whether another vein, or that of the other leg, has its own reach of what is found.

    As in "the right GSV is incompetent from the SFJ to the knee and the left GSV to the mid calf".
    """
    placed = all(site.has_spot and site.vein for a in said for site in a.sites)
    led = any(g.has_vein and g.last < a.predicate.first for a in said for g in a.chunk.groups)
    before = {(site.vein, site.legs) for a in said for site in a.sites}
    own = {(part.vein, part.legs) for part in group.parts}
    reach = all(p.vein and (p.until or (p.spot and not p.spot.code)) for p in group.parts)
    at = thread.position_of(chunk) + 1
    if any(c.predicates and not c.groups for c in thread.chunks[at : at + _BEHIND]):
        return False  # "the left GSV in the calf, however, refluxes"
    sided = any(legs for _, legs in own)
    # "the GSV is incompetent to the knee and the SSV to the mid calf"
    ranged = all(p.until for p in group.parts) and all(s.until for a in said for s in a.sites)
    ranged = ranged and {vein for vein, _ in own}.isdisjoint(vein for vein, _ in before)
    return placed and led and reach and not own & before and (sided or ranged)


def _find_said(thread: Thread, chunk: Chunk | None = None) -> list[Assignment]:
    """What the clause before found, of which a place was named; one as deep as ``chunk``."""
    found = [
        a
        for a in thread.result
        if (chunk is None or a.chunk.depth == chunk.depth or _opens_bracket(thread, a, chunk))
        and not a.dropped
        and (a.predicate.anatomy or (a.predicate.finding and a.predicate.finding.kind in _STATES))
    ]
    return [a for a in found if a.chunk is found[-1].chunk]


def _opens_bracket(thread: Thread, a: Assignment, chunk: Chunk) -> bool:
    """Whether a clause goes on in the bracket behind a statement, which gave that its leg.

    As in "bilateral GSV reflux (right SFJ to calf, left thigh only)".
    """
    at = thread.position_of(chunk)
    while at > 0 and thread.chunks[at].depth == chunk.depth and thread.chunks[at].separator != "(":
        at -= 1
    opens = at > 0 and thread.chunks[at].separator == "(" and thread.chunks[at - 1] is a.chunk
    return opens and all(len(site.legs) == 1 for site in a.sites)


def go_on_listing(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say the finding of a list that a bracket interrupts of the places behind it.

    As in "competent in the mid calf (2.7 mm) and distal calf (2.2 mm)".
    """
    further = bool(chunk.cues("remainder"))  # "at this level nor further down the calf"
    broken = thread.chunks[index - 1].depth > chunk.depth
    listed = chunk.separator in (*_LISTING, "or", "nor") and (broken or further)
    again = thread.marks.tokens[chunk.first].norm == _AGAIN  # "on coughing, and again in the AASV"
    listed = listed or again or _is_denied_on(thread, chunk)
    stated = _is_stated(thread, index)
    found = [
        a
        for a in thread.result
        if a.chunk.depth == chunk.depth
        and a.chunk.clause == chunk.clause
        and _may_list(a.predicate)
        and not a.dropped
    ]
    if not listed or stated or not found or not is_plain(chunk, "remainder"):
        return False
    if not _is_of_list(found[-1], groups):
        return False
    sites = tuple(site for group in groups for site in compose(group, found[-1].sites))
    said = [a for a in found if a.chunk is found[-1].chunk]
    # "competent except in the thigh (1.2 s) and calf (0.8 s)" goes on with what is excepted
    said = [a for a in said if a.exception] or said
    for a in said:
        thread.result.append(replace(a, sites=sites, chunk=chunk, explicit=True))
    return True


def _is_denied_on(thread: Thread, chunk: Chunk) -> bool:
    """Whether another vein is denied the same: "no reflux in its calf segment or in the SSV"."""
    last = thread.result[-1] if thread.result else None
    denied = last is not None and last.predicate.value == "absent"
    return chunk.separator in ("or", "nor") and denied and any(g.has_vein for g in chunk.groups)


def _may_list(predicate: Predicate) -> bool:
    """Whether further places may have it too: a finding, or a "none"."""
    finding = predicate.finding
    return predicate.none_word is not None or (
        finding is not None and finding.kind in ("word", "noun")
    )


def _is_of_list(said: Assignment, groups: Sequence[PlaceGroup]) -> bool:
    """Whether places are levels of the vein, or veins as those behind the finding."""
    leads = all(said.predicate.first < g.first for g in said.chunk.groups if g.has_vein)
    return leads or not any(group.has_vein for group in groups)


def _is_stated(thread: Thread, index: int) -> bool:
    """Whether something is found of places behind them; a bracket may measure them before."""
    chunk = thread.chunks[index]
    for follower in thread.chunks[index + 1 :]:
        measured = bool(follower.predicates) and all(p.finding is None for p in follower.predicates)
        labels = all(p.finding is None or p.finding.kind == "label" for p in follower.predicates)
        if (follower.depth > chunk.depth and measured) or (follower.separator == "with" and labels):
            continue
        found = follower.depth > chunk.depth or any(p.finding for p in follower.predicates)
        behind = found or follower is thread.follower(index)
        return behind and follower.clause == chunk.clause and not follower.groups
    return False


def is_plain(chunk: Chunk, *cues: str) -> bool:
    """Whether a clause holds nothing but places, with these cues and a date beside them."""
    return all(isinstance(e, PlaceGroup) or _is_filler(e, cues) for e in chunk.elements)


def _is_filler(element: Element | PlaceGroup, cues: Sequence[str]) -> bool:
    if isinstance(element, Mention):
        return element.cue("location", "from", *cues)
    if isinstance(element, Token):
        dated = "prior" in cues and (element.norm in MONTHS or element.text == "/")
        return dated or element.norm in _WORDS
    return "prior" in cues and isinstance(element, Number) and element.unit is None

"""What a clause speaks of that names no place: which of the places before it are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.absent import leave_absent, name_it
from ultrasound.extract.links.another import begin_another
from ultrasound.extract.links.clot import fills_stretch
from ultrasound.extract.links.ellipsis import find_subject
from ultrasound.extract.links.far_below import leave_junction
from ultrasound.extract.links.focus import mean_last
from ultrasound.extract.links.former import find_ordinal
from ultrasound.extract.links.junctions import mean_junction
from ultrasound.extract.links.pairs import mean_pair
from ultrasound.extract.links.pointing import find_here, points_to_end
from ultrasound.extract.links.resuming import mean_whole
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.links.truncal import leave_branches
from ultrasound.extract.places.places import PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import Site
from ultrasound.extract.places.spots import is_long
from ultrasound.extract.words.tokens import Token

_TRUNK: Final = "trunk"  # of the vein that is spoken of, apart from its junction
_VERBS: Final = ("is", "has", "measure", "show")
_DUPLICATED: Final = "duplicated"
_COMPANY: Final = ("with", "which")
_RETURNING: Final = {"with": (",", "and"), "which": (",",)}  # before the verb of the host


def settle_focus(thread: Thread, predicate: Predicate, chunk: Chunk) -> None:
    """Put in focus what a clause without a place speaks of."""
    resume_range(thread, chunk)
    back = chunk.separator == ";" and bool(thread.topic) and not _is_of_duplicated(thread, chunk)
    if back and predicate is chunk.predicates[0]:
        thread.focus = _back_to_topic(thread.topic, thread.focus)
    leave_junction(thread, chunk)
    if any(site.until for site in thread.focus):
        _leave_range(thread, predicate, chunk)
    lengths = any(n.unit is not None and n.unit.kind == "length" for n in predicate.numbers)
    sized = predicate.numbers and chunk.separator == "and"  # "competent throughout and is 3 mm"
    if sized or (lengths and chunk.separator == ","):
        thread.focus = tuple(
            s.without_spot() if s.spot.zone == "whole" else s for s in thread.focus
        )
    if _TRUNK in chunk.words:  # the trunk is not its junction; one of two keeps its level
        thread.focus = tuple(
            dict.fromkeys(s.without_spot() if s.spot.code else s for s in thread.focus)
        )


def resume_range(thread: Thread, chunk: Chunk) -> None:
    """Go back to a range behind its maximum: "to mid thigh, max diameter 6.3 mm, reflux > 3 s"."""
    if thread.stretch is not None and thread.stretch[0] is not chunk:
        at, sites = thread.stretch
        same = {site.vein for site in thread.focus} == {site.vein for site in sites}
        if same and not chunk.groups and at.clause == chunk.clause:
            thread.focus = sites
        thread.stretch = None


def follow_company(thread: Thread, chunk: Chunk) -> None:
    """Go back to the vein after what goes with it: "with a competent junction and is 3 mm".

    Or after what is said in between: "the SSV, which has a thigh extension, is 3 mm".
    """
    verb = opens_with_verb(thread, chunk) and not chunk.groups
    thread.focus = mean_last(thread.marks, chunk, thread.focus)
    if chunk.separator in _COMPANY:
        thread.host = thread.focus
        thread.within = chunk.separator
        _go_with_last(thread, chunk)
    elif verb and thread.host and chunk.separator in _RETURNING[thread.within]:
        if any(site.vein for site in thread.host):
            thread.focus = thread.host
        thread.host = ()
    elif chunk.separator != "," or chunk.groups:
        thread.host = ()


def _go_with_last(thread: Thread, chunk: Chunk) -> None:
    """Put the last of several veins of several legs in focus, where another goes with it.

    As in "varicosis of the right GSV, varicosis of the left SSV with perforator insufficiency".
    """
    own = [group for group in chunk.groups if group.has_vein and not group.has_leg]
    if chunk.separator != "with" or not own or not thread.focus:
        return
    last = thread.focus[-1]
    before = [site for site in thread.focus[:-1] if site.vein]
    several = bool(before) and all(
        site.legs != last.legs and (site.vein != last.vein or site.anatomy) for site in before
    )
    if several and last.leg_at and len(last.legs) == 1:
        thread.focus = (last,)


def drop_company(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """Leave what goes with the subject: "the SSV with a thigh extension is 3 mm"."""
    if chunk.separator != "with" or len(phrases) != 1 or not phrases[0][0].has_vein:
        return phrases
    group = phrases[0][0]
    verb = thread.marks.tokens[group.last + 1 : group.last + 2]
    behind = all(p.first > group.last for p in chunk.predicates)
    trunk = bool(thread.host) and all(s.vein and s.vein not in COUNTED for s in thread.host)
    return [] if trunk and behind and verb and verb[0].norm in _VERBS else phrases


def settle_opening(thread: Thread, chunk: Chunk) -> None:
    """Put in focus what the first words of a clause speak of."""
    follow_company(thread, chunk)
    name_it(thread, chunk)
    begin_another(thread, chunk)
    mean_whole(thread, chunk)
    thread.here = find_here(thread, chunk)
    _leave_bracket(thread, chunk)
    leave_branches(thread, chunk)
    mean_junction(thread, chunk)
    if not any(group.has_vein or group.has_leg for group in chunk.groups):
        pair = mean_pair(thread, chunk)
        thread.focus = leave_absent(thread, pair) if pair else thread.focus
    if not (chunk.predicates or chunk.groups):
        thread.focus = find_ordinal(thread, chunk) or thread.focus  # "the former with reflux"


def _leave_bracket(thread: Thread, chunk: Chunk) -> None:
    """Leave the level of a bracket's own number: "competent (0.3 s, mid thigh) and patent"."""
    at = thread.position_of(chunk)
    inside: list[Chunk] = []
    while at and thread.chunks[at - 1].depth > chunk.depth:
        at -= 1
        inside.append(thread.chunks[at])
    groups = [group for c in inside for group in c.groups]
    sized = bool(inside) and any(p.numbers for p in inside[-1].predicates)
    if not sized or inside[-1].groups or not groups or not all(map(is_only_level, groups)):
        return
    first = inside[-1].first
    thread.focus = tuple(
        s.without_spot() if s.spot_at and s.spot_at[0][0] >= first else s for s in thread.focus
    )


def _leave_range(thread: Thread, predicate: Predicate, chunk: Chunk) -> None:
    """A number at the end of a range, or of all of it: "to the knee, where it is 4 mm"."""
    before = thread.chunks[thread.position_of(chunk) - 1]
    ends = chunk.separator == "(" and bool(before.insets)  # "from the SFJ (2 s) to the knee (1 s)"
    here = points_to_end(thread, chunk)
    if chunk.separator == "where" and fills_stretch(thread, predicate):
        return
    if chunk.separator == "where" or ends or here:
        thread.focus = tuple(replace(s, spot=s.until or s.spot, until=None) for s in thread.focus)
    elif chunk.cues("maximum", "distance") or any(n.attained for n in predicate.numbers):
        thread.stretch = chunk, thread.focus
        thread.focus = tuple(dict.fromkeys(site.without_spot() for site in thread.focus))


def leave_ranges(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """Phrases of a leg without a range that is not theirs.

    Maxima of both legs follow their ranges: "maximum 8 mm on the right and 6 mm on the left". A
    range that was told of the other leg is that one's: "R incompetent to the mid calf; L 2.6 mm".
    """
    found = any(p.finding is not None for p in chunk.predicates)
    maxima = any(c.clause == chunk.clause and c.cues("maximum") for c in thread.chunks)
    every = maxima and not found
    return [
        (g, tuple(s.without_spot() if every or _is_foreign(thread, s) else s for s in sites))
        if not g.has_spot and any(s.until for s in sites) and (every or is_only_leg(g))
        else (g, sites)
        for g, sites in phrases
    ]


def _is_foreign(thread: Thread, site: Site) -> bool:
    """Whether a range was told behind the name of another leg."""
    reach = site.vein, site.spot, site.until
    first = thread.chunks[0].first  # of the sentence: a leg above it names all that follows
    others = [s for a in thread.result for s in a.sites if (s.vein, s.spot, s.until) == reach]
    return any(
        s.legs != site.legs and s.leg_at and s.spot_at and first <= s.leg_at[0] < s.spot_at[0][0]
        for s in others
    )


def _is_of_duplicated(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause goes on about a trunk of the vein that is duplicated at its level."""
    last = thread.result[-1].predicate.finding if thread.result else None
    return last is not None and last.value == _DUPLICATED and _TRUNK in chunk.words


def _back_to_topic(topic: tuple[Site, ...], focus: tuple[Site, ...]) -> tuple[Site, ...]:
    """What a clause behind a semicolon speaks of: the topic of its line, not a level in passing."""
    same = {site.vein for site in topic} == {site.vein for site in focus}
    legs = {leg for site in topic for leg in site.legs} >= {leg for s in focus for leg in s.legs}
    one_leg = len({site.legs for site in (*topic, *focus)}) == 1
    return topic if same and legs and one_leg else focus


def note_subject(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Keep what a clause is about where its level stands later, and its levels."""
    if chunk.separator == ";":
        thread.subject, thread.levels = (), set()
    if groups:
        on = thread.subject if all(map(is_only_level, groups)) else ()
        on = on or _measured_of(thread, chunk, groups) or _listed_of(thread, chunk, groups)
        on = on or _opened_of(thread, chunk, groups)
        thread.subject = find_subject(thread, chunk) or on
        measured = any(p.numbers for p in chunk.predicates)
        levels = {g.first for g in groups if g.has_spot and not g.parts[0].until}
        thread.levels = (thread.levels | levels) if thread.subject and measured else set()


def _measured_of(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> tuple[Site, ...]:
    """The vein before what is measured of it: "the GSV is small, measuring 3.2 mm at the knee".

    Or "with diameters of 3.5 mm in the thigh and 2.8 mm in the calf", or in brackets: "the GSV is
    small (3.2 mm at the knee) and competent".
    """
    first = chunk.predicates[0] if chunk.predicates else None
    label = first is not None and (first.finding is None or first.finding.kind == "label")
    apart = chunk.separator in (",", "(", "with")
    if not label or not apart or first is None or groups[0].first < first.last:
        return ()
    inside = all(g.has_spot and {p.vein for p in g.parts} <= _veins(thread) for g in groups)
    whole = all(s.vein and s.vein not in COUNTED and is_long(s.spot, s.until) for s in thread.focus)
    return thread.focus if inside and whole else ()


def _listed_of(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> tuple[Site, ...]:
    """The vein before a colon of which numbers are listed: "GSV: 3.9 mm thigh, 2.8 mm calf"."""
    trunks = all(s.vein and s.vein not in COUNTED and not s.has_spot for s in thread.topic)
    sized = all(p.finding is None and p.last < groups[0].first for p in chunk.predicates)
    return thread.topic if trunks and sized and all(is_only_level(g) for g in groups) else ()


def _opened_of(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> tuple[Site, ...]:
    """The vein that heads a line of sizes: "2.6 mm proximal, 2.7 mm mid calf, compressible"."""
    trunks = all(s.vein and s.vein not in COUNTED and not s.has_spot for s in thread.opened)
    sized = bool(chunk.predicates) and all(p.finding is None for p in chunk.predicates)
    levels = sized and chunk is thread.chunks[0] and all(map(is_only_level, groups))
    behind = sized and chunk.predicates[0].first < groups[0].first  # not "At the ankle it is 2 mm"
    return thread.opened if trunks and levels and behind else ()


def goes_on(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause goes on about its subject, over the levels that were measured of it."""
    if chunk.separator in ("and", "&", "but"):
        each = _is_word_alone(chunk) and sum(_is_word_alone(c) for c in thread.chunks) > 1
        return not each
    position = thread.position_of(chunk)
    before = reversed(thread.chunks[:position])
    bracket = list(takewhile(lambda inner: inner.depth > chunk.depth, before))
    closed = any(inner.groups for inner in bracket)  # "lower calf (3 mm) no reflux" is of it
    several = len(thread.levels) > 1
    listed = chunk.separator == "," and (several or opens_with_verb(thread, chunk))
    return closed or listed or (several and chunk.separator == "without")


def _is_word_alone(chunk: Chunk) -> bool:
    """Whether a clause is one word: of several each is of its level: "4 mm at … and competent"."""
    rest = [e for e in chunk.elements if not (isinstance(e, Token) and e.kind == "sign")]
    return chunk.separator == "and" and len(rest) == len(chunk.predicates) == 1


def _veins(thread: Thread) -> set[str | None]:
    return {None, *(site.vein for site in thread.focus)}


def opens_with_verb(thread: Thread, chunk: Chunk, at: int | None = None) -> bool:
    """Whether a clause goes on about its subject: "3.1 mm in the mid thigh & shows no reflux".

    ``at``: where the verb stands, as in "& reflux is negative".
    """
    first = chunk.first if at is None else at
    return first <= chunk.last and thread.marks.tokens[first].norm in _VERBS

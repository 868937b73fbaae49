"""Levels that were said of the other leg only: "incompetent in the mid calf on the right"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.verbs import CONFINED
from ultrasound.extract.facts.fact import GROUPS, OF_ALL
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import is_only_leg
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

_UNTOLD: Final = ("not_assessed", "not_visualized")  # these too
_PRONOUNS: Final = ("it", "they", "both", "these")
_BORDERS: Final = (".", ",", ";", ":", "(")


def settle_levels(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """Phrases of a clause without what is not meant by its statements."""
    return _keep_confined(chunk, _leave_levels(thread, chunk, phrases))


def _leave_levels(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """Phrases of a leg without the levels that were told behind a finding of the other leg.

    What denies speaks of all of the vein: "incompetent in the mid thigh on the right; the left is
    competent". A level that leads holds for both: "at mid thigh … right, … left".
    """
    if not _denies(chunk) or len(phrases) != 1 or not is_only_leg(phrases[0][0]):
        return phrases
    if chunk.cues("here"):
        return phrases  # "incompetent at the SPJ, the right is competent there"
    return [(phrases[0][0], leave_foreign(thread, phrases[0][1]))]


def _keep_confined(chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """Phrases without the system of which only some veins are meant.

    As in "deep reflux is limited to the left popliteal vein".
    """
    words = (e for e in chunk.elements if isinstance(e, Token))
    kept_to = next((word.index for word in words if word.norm in CONFINED), None)
    if kept_to is None:
        return phrases
    behind = [phrase for phrase in phrases if phrase[0].first > kept_to and phrase[0].has_vein]
    systems = all(part.vein in GROUPS for p in phrases if p not in behind for part in p[0].parts)
    return behind if behind and systems else phrases


def leave_level_of_side(thread: Thread, chunk: Chunk) -> None:
    """The same behind a leg that stands alone: "…; left: no reflux", "(L) competent"."""
    _leave_sized_level(thread, chunk)
    at = thread.position_of(chunk)
    before = thread.chunks[at - 1] if at > 0 else None
    if before is None or chunk.groups or before.predicates or not _denies(chunk):
        return
    if len(before.groups) == 1 and is_only_leg(before.groups[0]):
        none = any(p.none_word for p in chunk.predicates)  # "R: mid calf 4 mm. L: none incompetent"
        thread.focus = leave_foreign(thread, thread.focus, none=none)


def _leave_sized_level(thread: Thread, chunk: Chunk) -> None:
    """The same of "it" or "both" behind levels at which only sizes were told.

    As in "the right SSV is 7 mm in the distal calf, the left 2.3 mm; both are competent".
    """
    named = thread.marks.tokens[chunk.first].norm in _PRONOUNS and not chunk.groups
    pointed = bool(chunk.cues("here", "levels")) or _opens_with_level(thread)
    if not named or pointed or not _denies(chunk) or chunk.separator not in (";", "start"):
        return
    here = {a.sites for a in thread.result if a.number is None}
    told = {site for sites in here for site in sites}
    sized = (
        {site for a in thread.result if a.number is not None for site in a.sites}
        if thread.result
        else set(thread.measured)
    )
    thread.focus = tuple(
        dict.fromkeys(
            s.without_spot() if s in sized and s not in told and not s.until else s
            for s in thread.focus
        )
    )


def _opens_with_level(thread: Thread) -> bool:
    """Whether a level leads the sentence: "At mid thigh the GSV is 5 mm"."""
    first = next((part for group in thread.chunks[0].groups for part in group.parts), None)
    if first is None or not first.spot_at:
        return False
    return first.vein_at is None or first.spot_at[0].last < first.vein_at.first


def _denies(chunk: Chunk) -> bool:
    """Whether all that a clause says is of all of a vein, and no number."""
    stated = [p for p in chunk.predicates if p.finding is None or p.finding.kind != "label"]
    told = (p.value in (*OF_ALL, *_UNTOLD) or p.none_word for p in stated)
    return bool(stated) and all(told) and not any(p.numbers for p in stated)


def leave_foreign(
    thread: Thread, sites: tuple[Site, ...], *, none: bool = False
) -> tuple[Site, ...]:
    """Sites without a level that was told of the other leg; of ``none`` behind that leg at all."""
    told = [site for a in thread.result for site in a.sites]
    told += [site for place in thread.earlier for site in place]
    left = []
    for site in sites:
        place = site.vein, site.spot, site.until
        same = (s for s in told if (s.vein, s.spot, s.until) == place and s.legs != site.legs)
        foreign = next(same, None)
        one = len(site.legs) == 1
        left.append(_leave(thread.marks, site, foreign, none=none) if foreign and one else site)
    return tuple(dict.fromkeys(left))


def _leave(marks: Marks, site: Site, foreign: Site, *, none: bool) -> Site:
    """A site without a level that stands behind what was found of its vein in the other leg.

    A leg between the two has the level for itself: "GSV: right incompetent, above knee; left …".
    """
    if site.vein_at is None or not site.spot_at:
        return site
    last, leg = site.spot_at[0][0], foreign.leg_at
    own = leg if leg is not None and site.vein_at[1] < leg[0] < last else None
    first = own[1] + 1 if own is not None else _words_before(marks, site.vein_at[1], last)
    told = (m.row("finding") for m in marks.mentions_in(first, last))
    found = any(row is not None and row.kind != "label" for row in told)
    far = (
        found
        or (none and own is not None)
        or site.until is not None
        or marks.numbers_in(first, last)
    )
    return site.without_spot() if far else site


def _words_before(marks: Marks, vein: int, level: int) -> int:
    """Where the words between a vein and its level begin, or those behind the last sign."""
    first = level
    while first > vein + 1 and marks.tokens[first - 1].text not in _BORDERS:
        first -= 1
    return first


def drop_adjunct(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """Take off a level that was another leg's.

    As in "the right incompetent in the mid calf and the left competent".
    """
    if chunk.depth and not phrases:
        return phrases  # "incompetent in the mid calf (0.8 s) and the left competent"
    subject = len(phrases) == 1 and not phrases[0][0].has_vein and not phrases[0][0].has_spot
    if not subject or not thread.adjunct or chunk.cues("here"):
        thread.adjunct = _is_adjunct(chunk)
        return phrases
    group, sites = phrases[0]
    first = chunk.predicates[0]
    if first.finding is None or group.last > first.first:
        return phrases
    return [(group, tuple(site.without_spot() for site in sites))]


def _is_adjunct(chunk: Chunk) -> bool:
    """Whether the level of a clause stands after its finding, apart from its leg."""
    groups = chunk.groups
    if not groups[1:]:
        return False
    words = [
        p.first for p in chunk.predicates if p.finding is not None and p.finding.kind == "word"
    ]
    return bool(words) and groups[0].last < words[0] < groups[-1].first and groups[-1].has_spot

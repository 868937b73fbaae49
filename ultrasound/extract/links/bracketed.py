"""Levels in brackets behind what was said of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.narrow import is_bare
from ultrasound.extract.links.series import kind_of
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_OPENING: Final = ("(", "[")
_LISTING: Final = (":", ";", ",", "start")
_LEADING: Final = ("in", "at", "over", "near")
_WHERE: Final = ("in", "at", "measured", "taken")


def place_each(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Give what was said the level behind it in brackets, where each has one of its own.

    As in "7.5 mm (SFJ), 6 mm (mid thigh)": the second one is not of the first one's level, and the
    first one not of each level of a range before it; nor is "…, 2.2 s, recorded at the knee". What
    the sentence before told at another level is left too: "3 mm at the knee. It is 5 mm (SFJ)".
    """
    before = thread.chunks[index - 1]
    if _place_last(thread, before, chunk, groups):
        return True
    earlier = [c for c in thread.chunks[: index - 1] if c.separator == "(" and is_bare(c)]
    own = [a for a in thread.result if a.chunk is before and not a.explicit]
    measured = any(p.numbers for p in before.predicates)
    if measured and not before.groups and names_each(thread, index, groups):
        return _put(own, groups[0])
    level = len(groups) == 1 and groups[0].has_spot and not groups[0].has_leg
    ranged = measured and all(site.until for a in own for site in a.sites)
    apart = chunk.separator == "(" or (ranged and _tells_where(chunk))
    anew = measured and _is_of_before(thread, own)
    if not apart or before.groups or not (level and (earlier or ranged or anew)):
        return False
    return _put(own, groups[0])


def _place_last(thread: Thread, before: Chunk, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Give the last vein of a list the level in a bracket straight behind it.

    As in "incompetent SFJ and GSV (thigh only)", "reflux in the CFV, GSV (thigh) and SSV".
    """
    listed = before.groups[-1:] if chunk.separator == "(" and is_bare(chunk) else []
    if not listed or listed[0].last + 2 != chunk.first or not all(map(is_only_level, groups)):
        return False
    narrowed = False
    for a in thread.result:
        *others, last = a.sites or (None,)
        if a.chunk is not before or last is None or not others or a.number or last.has_spot:
            continue
        if last.vein_at is None or last.vein_at[0] < listed[0].first or _lies_apart(last, groups):
            continue
        if a.predicate.first < listed[0].first:  # behind the list all of it may be meant
            a.sites, narrowed = (*others, *compose(groups[0], (last,))), True
    return narrowed


def _lies_apart(site: Site, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a vein has no such level: the thigh of a small saphenous vein."""
    thigh = any(part.spot.zone == "thigh" for group in groups for part in group.parts)
    return site.vein == "SSV" and thigh


def _put(own: Sequence[Assignment], group: PlaceGroup) -> bool:
    """Give statements one place; false where there are none."""
    for a in own:
        a.sites = compose(group, tuple(site.without_spot() for site in a.sites))
        a.explicit = True
    return bool(own)


def names_each(thread: Thread, index: int, groups: Sequence[PlaceGroup]) -> bool:
    """Whether each of several numbers has one vein or level in a bracket behind it.

    As in "reflux of 1.8 s (FV) and 2.9 s (POPV)", "throughout, 9 mm (groin) and 6 mm (knee)". Or
    behind a dash: "diameter: 9.1 mm - SFJ; 7.2 mm - mid thigh".
    """
    kinds = [_kind_in_bracket(thread, at) for at in range(1, len(thread.chunks))]
    alone = len(groups) == 1 and not groups[0].has_leg
    return alone and bool(kinds[index - 1]) and sum(map(bool, kinds)) > 1


def _kind_in_bracket(thread: Thread, index: int) -> str:
    """Whether a bracket behind a number is one vein or one level, empty where it is neither."""
    before, chunk = thread.chunks[index - 1], thread.chunks[index]
    parts = [part for group in chunk.groups for part in group.parts]
    apart = chunk.separator == "(" or (chunk.separator == "-" and before.separator in _LISTING)
    bare = apart and is_bare(chunk) and not chunk.predicates and len(parts) == 1
    if not bare or before.groups or not any(p.numbers for p in before.predicates):
        return ""
    return "level" if parts[0].has_spot else "vein" if parts[0].vein else ""


def place_around(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Give what was said around a bracket of measures the level behind it.

    As in "6.5 mm (depth 23 mm) at the proximal thigh, 8.4 mm (depth 16 mm) at the mid thigh": what
    follows has a level of its own.
    """
    opening = index - 1
    while opening > 0 and thread.chunks[opening].depth > chunk.depth:
        opening -= 1
    told, inner = thread.chunks[opening], thread.chunks[opening + 1 : index]
    behind = chunk.separator == ")" and bool(inner) and told.depth == chunk.depth
    if not behind or not is_bare(chunk) or not _is_told_at(chunk, groups):
        return False
    if any(c.groups for c in inner) or not all(c.predicates for c in (told, *inner)):
        return False
    if any(group.has_spot for group in told.groups) or "negation" in told.kinds:
        return False
    own = [a for a in thread.result if a.chunk is told or a.chunk in inner]
    kinds = [kind for a in own if (kind := kind_of(a))]
    if len(set(kinds)) < len(kinds):
        return False  # the same again: "1.2 s (0.9 s) in the mid calf"
    for a in own:
        a.sites = compose(groups[0], tuple(site.without_spot() for site in a.sites))
        a.explicit = True
    return bool(own)


def _is_told_at(chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a clause is a level behind its preposition: "at the mid thigh"."""
    first = chunk.elements[0]
    led = isinstance(first, Token) and first.norm in _LEADING
    led = led or (isinstance(first, Mention) and first.cue("location"))
    return led and len(groups) == 1 and is_only_level(groups[0])


def place_treated(thread: Thread) -> None:
    """Give a treatment the level alone behind it: "right GSV RFA (above knee)"."""
    for before, chunk in pairwise(thread.chunks):
        group = chunk.groups[0] if len(chunk.groups) == 1 else None
        bare = group is not None and group.has_spot and not (group.has_leg or group.has_vein)
        if group is None or not bare or chunk.predicates or not is_bare(chunk):
            continue
        if chunk.separator not in _OPENING:
            continue
        own = [a for a in thread.result if a.chunk is before]
        told = [a.predicate.finding for a in own if a.predicate.finding is not None]
        treats = bool(told) and all(finding.property == "treatment" for finding in told)
        for a in own if treats and not any(g.has_spot for g in before.groups) else ():
            if a.predicate.finding is not None:
                a.sites = compose(group, tuple(site.without_spot() for site in a.sites))
                a.placed = True


def _is_of_before(thread: Thread, own: Sequence[Assignment]) -> bool:
    """Whether the levels of what was said are those of the sentence before."""
    told = [at for a in own for site in a.sites for at in site.spot_at]
    return bool(told) and all(last < thread.chunks[0].first for _, last in told)


def _tells_where(chunk: Chunk) -> bool:
    """Whether a clause says at what level something was found: "recorded in the calf"."""
    first = chunk.elements[0]
    if isinstance(first, Token):
        return chunk.separator == "," and first.norm in _WHERE
    return chunk.separator == "," and isinstance(first, Mention) and first.cue("affirmation_after")

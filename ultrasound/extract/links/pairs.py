"""The two places that "both", "neither" and a plural verb go back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import split_sites
from ultrasound.extract.links.focus import is_branch, says_all, says_pair
from ultrasound.extract.links.former import list_places
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks

_PAIR: Final = 2
_TWO: Final = frozenset({"two", "2", "pair"})
_PERFORATOR: Final = "PERF"
_LEVELLED: Final = {"TPV", "CPV"}
_OF_TWO: Final = ("are", "were", "have", "show", "remain", "appear")
_EACH: Final = ("each", "both", "they", "these")
_REFLUX: Final = "reflux"  # a verb behind "The GSVs are 4 mm right and 5 mm left and …"


def keep_places(
    mentioned: Sequence[Site], earlier: Sequence[tuple[Site, ...]]
) -> tuple[tuple[tuple[Site, ...], ...], tuple[Site, ...]]:
    """What "all" and what "both" mean in the next sentence, by what this one named."""
    places = list_places(mentioned)
    return _go_on_naming(earlier, places), _find_pair(places, earlier)


def _find_pair(
    places: Sequence[tuple[Site, ...]], earlier: Sequence[tuple[Site, ...]]
) -> tuple[Site, ...]:
    """The two places that a sentence spoke of, which "both" means in the next one.

    Or the one of it and the one of the sentence before: "Right GSV 3 mm. Left GSV 4 mm. Both …".
    """
    places = _leave_label(places)
    if len(places) == 1 and earlier and _are_alike(earlier[-1][0], places[0][0]):
        places = (*earlier[-1:], *places)
    if len(places) != _PAIR:
        return ()
    pair = tuple(site for (site,) in places)
    return pair if all(len(site.legs) == 1 for site in pair) else ()


def _leave_label(places: Sequence[tuple[Site, ...]]) -> Sequence[tuple[Site, ...]]:
    """The places of each leg without their label: "SSV: right 3 mm, left 4 mm"."""
    single = [place for place in places if all(len(site.legs) == 1 for site in place)]
    veins = {site.vein for place in places for site in place}
    return single if len(single) == _PAIR and len(veins) == 1 else places


def means_label(pair: Sequence[Site], label: Sequence[Site], chunk: Chunk) -> bool:
    """Whether a finding is of both legs of the vein that its line begins with.

    As in "SSV: right 3 mm, left 4 mm. No reflux.".
    """
    legs = {leg for site in pair for leg in site.legs}
    same = {site.vein for site in pair} == {site.vein for site in label}
    found = any(p.finding is not None and not p.numbers for p in chunk.predicates)
    return len(legs) == _PAIR and same and found and not chunk.groups


def _go_on_naming(
    earlier: Sequence[tuple[Site, ...]], places: Sequence[tuple[Site, ...]]
) -> tuple[tuple[Site, ...], ...]:
    """The places that "all" means in the next sentence: "R CFV patent. R FV patent. All …".

    Sentences that name one vein of the same leg each are a list.
    """
    named = {(site.vein, site.legs) for place in earlier for site in place}
    one = places[0][0] if len(places) == 1 else None
    trunk = one is not None and one.vein not in (*COUNTED, *GROUPS)
    if one is None or not trunk or {legs for _, legs in named} != {one.legs}:
        return tuple(places)
    return (*earlier, *places) if (one.vein, one.legs) not in named else tuple(places)


def _are_alike(one: Site, other: Site) -> bool:
    """Whether two places are one vein of both legs, or two veins of one leg."""
    return (one.vein == other.vein) != (one.legs == other.legs)


def mean_pair(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The two places that a clause goes back to: ", both patent", "and are patent" of both legs."""
    pair = () if _counts_two(thread, chunk) else _take_pair(thread)
    trunk = len({site.vein for site in pair}) == 1 and not is_branch(pair)
    plural = trunk and _opens_plural(thread, chunk)
    return pair if plural or says_pair(thread.marks, chunk) else ()


def _counts_two(thread: Thread, chunk: Chunk) -> bool:
    """Whether two of a kind were named straight before: "varices and two perforators, both …"."""
    before = thread.chunks[max(0, thread.position_of(chunk) - 1)]
    counted = before.cues("count") if before is not chunk else []
    norms = (t.norm for cue in counted for t in thread.marks.tokens[cue.first : cue.last + 1])
    return not _TWO.isdisjoint(norms) and len({s.vein for s in thread.focus} - {None}) == 1


def _opens_plural(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause begins with a verb of several."""
    verb = thread.marks.tokens[chunk.first].text.lower()
    if verb == _REFLUX and chunk.separator == "and":
        first = thread.chunks[0]
        words = {t.text.lower() for t in thread.marks.tokens[first.first : first.last + 1]}
        return not words.isdisjoint((*_OF_TWO, "measure"))
    return verb in _OF_TWO


def _take_pair(thread: Thread) -> tuple[Site, ...]:
    """The last two places, of "7 mm on the right, 6 mm on the left; both are incompetent"."""
    if len(split_sites(thread.focus)) != 1:
        return ()
    named = list(dict.fromkeys(site for site in thread.mentioned if len(site.legs) == 1))
    if {site.vein for site in named} & _LEVELLED:  # "Perforators: Cockett x2, both incompetent"
        named = [site for site in named if site.vein != _PERFORATOR]
    pair = named[-_PAIR:]
    return tuple(pair) if len({(site.vein, site.legs) for site in pair}) == _PAIR else ()


def feeds_from_each(
    pair: Sequence[Site], marks: Marks, chunk: Chunk, groups: Sequence[PlaceGroup]
) -> bool:
    """Whether a vein of each leg feeds branches: "Each of them feeds varicosities of the thigh"."""
    if len({site.legs for site in pair}) != _PAIR or len({site.vein for site in pair}) != 1:
        return False
    parts = [part for group in groups for part in group.parts]
    branches = bool(parts) and all(part.vein in COUNTED and not part.legs for part in parts)
    led = [cue for cue in chunk.cues("gives", "leads") if groups and cue.last < groups[0].first]
    return branches and bool(led) and marks.tokens[chunk.first].norm in _EACH


def _same_level(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The level that was named last of the vein: "to the knee and is 7 mm at the same level"."""
    words = [t.text.lower() for t in thread.marks.tokens[chunk.first : chunk.last + 1]]
    spoken = {site.vein for site in thread.focus}
    ranged = any(site.until for site in thread.focus) and len({s.legs for s in thread.focus}) == 1
    if not ranged or ("same", "level") not in pairwise(words):
        return ()
    named = [s for s in thread.mentioned if s.vein in spoken and s.spot and not s.until]
    return tuple(
        replace(site, legs=thread.focus[0].legs, leg_at=thread.focus[0].leg_at)
        for site in named[-1:]
    )


def _tells_of_trunk(thread: Thread, chunk: Chunk, level: Site) -> bool:
    """Whether a junction and its trunk were measured: "junction 8 mm, trunk 5 mm; both …"."""
    before = thread.chunks[: thread.position_of(chunk)]
    loose = [c for c in before if c.predicates and not any(g.has_spot for g in c.groups)]
    named = {part.vein for c in loose for g in c.groups for part in g.parts}
    at_junction = bool(level.spot.code) or level.spot.zone == "junction"
    return at_junction and (level.vein in named or any("trunk" in c.words for c in loose))


def name_same(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The levels that a clause means again: "proximal calf 3 mm, mid calf 2 mm, both …"."""
    if level := _same_level(thread, chunk):
        return level
    if chunk.cues("same_places"):
        return thread.levels_named()
    every = says_all(thread.marks, chunk) and bool(chunk.predicates)
    both = "both" in chunk.words or says_pair(thread.marks, chunk)
    start = min(c.first for c in thread.chunks if c.clause == chunk.clause) if every else 0
    levels = thread.levels_named() if every or both else ()
    meant = tuple(s for s in levels if s.spot_at and s.spot_at[0][0] >= start)
    veins = {s.vein for s in thread.mentioned if s.vein_at and s.vein_at[0] >= start}
    if every and len(veins - {None}) > 1:
        return ()  # "left femoral (mid, distal) and popliteal veins, all noncompressible"
    if both and len(meant) == 1 and _tells_of_trunk(thread, chunk, meant[0]):
        return (meant[0], meant[0].without_spot())
    counted = len(meant) == _PAIR if both else len(meant) > 1
    return meant if counted and len({site.legs for site in meant}) == 1 else ()

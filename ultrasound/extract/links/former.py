"""The places that "the former", "the latter" and "both" stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.focus import says_pair
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.places.spots import NOWHERE
from ultrasound.extract.words.tokens import Token

_ORDINALS: Final = {"former": 0, "first": 0, "second": 1, "third": 2, "latter": -1, "last": -1}
_COUNTS: Final = {"two": 2, "three": 3}
_SOME: Final = ("first", "last", "latter", "other")
_THE, _OF = "the", "of"
_SURE: Final = ("former", "latter")
_IS: Final = ("is", "are", "was", "were", "has", "measure", "show", "being")


def find_former(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The places that "the former", "the latter" and "both" stand for."""
    if says_pair(thread.marks, chunk):
        named = [place for place in thread.several if any(site.vein for site in place)]
        return tuple(site for place in named for site in place)
    return find_ordinal(thread, chunk)


def find_ordinal(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The place that "the former" stands for, and "the latter, 2.3 mm in the mid calf"."""
    if several := _several_of(thread, chunk):
        return several
    ordinal = _ordinal_of(thread, chunk)
    if ordinal is None or (ordinal < 0 and _names_met(thread, chunk)):
        return ()
    if len(_own_places(thread)) <= 1 and (end := _end_of_range(thread, ordinal)):
        return end
    places = _places_told(thread)
    if len(places) <= 1:
        return _without_leg(thread.focus)
    if not -len(places) <= ordinal < len(places):
        return ()
    return _reach_to(thread, chunk, places[ordinal])


def _names_met(thread: Thread, chunk: Chunk) -> bool:
    """Whether a vein in passing stands last before: "feeds the GSV; the latter is incompetent"."""
    before = thread.chunks[max(0, thread.position_of(chunk) - 1)]
    return before is not chunk and bool(before.passing) and not before.predicates


def _end_of_range(thread: Thread, ordinal: int) -> tuple[Site, ...]:
    """The start or end of a range: "from the SPJ to the mid calf, 0.9 s at the latter"."""
    spoken = {(site.vein, site.legs) for site in thread.focus}
    ranges = [s for s in thread.mentioned if s.until and s.spot and {(s.vein, s.legs)} == spoken]
    if ordinal not in (0, -1) or not ranges:
        return ()
    site = ranges[-1]
    return (replace(site, spot=site.spot if ordinal == 0 else site.until or site.spot, until=None),)


def _places_told(thread: Thread) -> Sequence[tuple[Site, ...]]:
    """The places that the sentence named, else those of the one before."""
    own = _own_places(thread)
    return own if len(own) > 1 else thread.earlier


def _own_places(thread: Thread) -> Sequence[tuple[Site, ...]]:
    """The places that the sentence itself named, in order."""
    return thread.several or list_places(_leave_general(_leave_led(thread)))


def _several_of(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The places that "the first two" and "the other two" stand for, where there are more."""
    if chunk.norms.isdisjoint(_SOME):
        return ()
    places = _places_told(thread)
    words = [t.norm for t in thread.marks.tokens[chunk.first : chunk.last + 1]]
    for article, which, count in zip(words, words[1:], words[2:], strict=False):
        number = _COUNTS.get(count)
        if article != _THE or which not in _SOME or number is None or number >= len(places):
            continue
        chosen = places[:number] if which == "first" else places[-number:]
        return tuple(site for place in chosen for site in place)
    return ()


def _reach_to(thread: Thread, chunk: Chunk, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The range that ends at a place: "refluxes as far as the latter"."""
    tokens = thread.marks.tokens
    ends = [cue.last for cue in chunk.cues("range")]
    ranged = any(
        tokens[at + 1].norm == _THE and tokens[at + 2].norm in _ORDINALS
        for at in ends
        if at + 2 <= chunk.last
    )
    if not ranged or any(site.until or not site.spot or site.spot.code for site in sites):
        return sites
    return tuple(replace(s, spot=NOWHERE, until=s.spot, open_start=True) for s in sites)


def narrow_former(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Give a level to one of two places of a finding: "…, the former from the SFJ to the knee".

    False where a clause does something else.
    """
    ordinal = _ordinal_of(thread, chunk)
    if ordinal is None or len(groups) != 1 or not groups[0].has_spot:
        return False
    places = thread.several or list_places(thread.mentioned)
    chosen = places[ordinal] if -len(places) <= ordinal < len(places) and places[1:] else ()
    found = [a for a in thread.result if a.predicate.finding is not None and chosen]
    said = next((a for a in reversed(found) if set(chosen) <= set(a.sites)), None)
    veins = {part.vein for part in groups[0].parts} - {None}
    if said is None or not veins <= {site.vein for site in chosen}:
        return False
    told = compose(groups[0], chosen)
    if "range" in chunk.kinds and not any(site.until or site.spot.code for site in told):
        told = tuple(replace(s, spot=NOWHERE, until=s.spot, open_start=True) for s in told)
    kept = tuple(site for site in said.sites if site not in chosen)
    said.sites = kept or told
    if kept:
        thread.result.append(replace(said, sites=told, chunk=chunk))
    thread.focus = told
    return True


def say_not_there(thread: Thread, chunk: Chunk) -> bool:
    """Deny a finding at one of several places: "refluxes at the first two and not at the third"."""
    cues = chunk.cues("negation", "contrast")
    if chunk.predicates or chunk.groups or not cues or not thread.result:
        return False
    last = thread.result[-1]
    found = last.predicate.finding is not None and last.predicate.negated is None
    sites = find_ordinal(thread, chunk)
    if not found or not sites or not last.explicit:
        return False
    predicate = replace(last.predicate, negated=(cues[0].first, cues[0].last))
    thread.result.append(replace(last, predicate=predicate, sites=sites, chunk=chunk))
    return True


def _leave_led(thread: Thread) -> list[Site]:
    """The places named, without one whose leg only stands in a sentence before and comes again.

    As that of the first words of "The small saphenous veins are 2 mm (right) and 4 mm (left)".
    """
    first = thread.chunks[0].first
    own = {(s.vein, s.legs) for s in thread.mentioned if s.leg_at and s.leg_at[0] >= first}
    return [
        site
        for site in thread.mentioned
        if (site.leg_at and site.leg_at[0] >= first) or (site.vein, site.legs) not in own
    ]


def _leave_general(mentioned: Sequence[Site]) -> list[Site]:
    """Places without the veins of both legs that are told of leg by leg afterwards."""
    single = {site.vein for site in mentioned if len(site.legs) == 1}
    return [site for site in mentioned if len(site.legs) == 1 or site.vein not in single]


def _without_leg(focus: tuple[Site, ...]) -> tuple[Site, ...]:
    """What is said of one of two legs that nothing gave an order: of neither by name."""
    both = len(focus) == 1 and len(focus[0].legs) > 1
    return (replace(focus[0], legs=(), leg_at=None),) if both else ()


def _ordinal_of(thread: Thread, chunk: Chunk) -> int | None:
    """Which of the places before is meant: "the latter", "the first refluxes"."""
    for element, follower in zip_longest(chunk.elements, chunk.elements[1:]):
        if not isinstance(element, Token) or element.norm not in _ORDINALS:
            continue
        led = thread.marks.tokens[element.index - 1].norm == "the"
        word = follower.norm if isinstance(follower, Token) and follower.kind == "word" else None
        noun = word is not None and word not in (*_IS, _OF)  # "the last of these"
        if element.norm in _SURE or (led and not noun and not isinstance(follower, PlaceGroup)):
            return _ORDINALS[element.norm]
    return None


def list_places(mentioned: Sequence[Site]) -> list[tuple[Site, ...]]:
    """The places that were named, in order, each as it was told last."""
    places: list[Site] = []
    for site in mentioned:
        key = site.vein, site.legs
        if places and (places[-1].vein, places[-1].legs) == key and not places[-1].has_spot:
            places.pop()  # said again with its level
        same = [(p.vein, p.legs, p.spot, p.until) for p in places]
        if site.vein and (*key, site.spot, site.until) not in same:
            places.append(site)
    return [(site,) for site in places]

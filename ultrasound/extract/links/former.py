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
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.tokens import Token

_ORDINALS: Final = {"former": 0, "first": 0, "second": 1, "latter": -1, "last": -1}
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
    ordinal = _ordinal_of(thread, chunk)
    if ordinal is None:
        return ()
    own = thread.several or list_places(_leave_general(thread.mentioned))
    places = own if len(own) > 1 else thread.earlier
    if len(places) <= 1:
        return _without_leg(thread.focus)
    return places[ordinal] if -len(places) <= ordinal < len(places) else ()


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
        noun = isinstance(follower, Token) and follower.kind == "word" and follower.norm not in _IS
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

"""What a clause speaks of that names no place: which of the places before it are meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.assignment import split_sites
from ultrasound.extract.chunks import Chunk
from ultrasound.extract.predicates import Predicate
from ultrasound.extract.sites import Site
from ultrasound.extract.thread import Thread

_TRUNK: Final = "trunk"  # of the vein that is spoken of, apart from its junction
_BOTH: Final = "both"
_PAIR: Final = 2


def settle_focus(thread: Thread, predicate: Predicate, chunk: Chunk) -> None:
    """Put in focus what a clause without a place speaks of."""
    if chunk.separator == ";" and thread.topic and predicate is chunk.predicates[0]:
        thread.focus = _back_to_topic(thread.topic, thread.focus)
    if chunk.words()[:1] == [_BOTH]:
        thread.focus = _take_pair(thread) or thread.focus
    if any(site.until for site in thread.focus):
        _leave_range(thread, chunk)
    if _TRUNK in chunk.words():  # the trunk is not its junction; one of two keeps its level
        thread.focus = tuple(
            dict.fromkeys(s.without_spot() if s.spot.code else s for s in thread.focus)
        )


def _leave_range(thread: Thread, chunk: Chunk) -> None:
    """A number at the end of a range, or of all of it: "to the knee, where it is 4 mm"."""
    if chunk.separator == "where":
        thread.focus = tuple(replace(s, spot=s.until or s.spot, until=None) for s in thread.focus)
    elif chunk.cues("maximum", "distance"):
        thread.focus = tuple(dict.fromkeys(site.without_spot() for site in thread.focus))


def _take_pair(thread: Thread) -> tuple[Site, ...]:
    """The last two places, of "7 mm on the right, 6 mm on the left; both are incompetent"."""
    if len(split_sites(thread.focus)) != 1:
        return ()
    pair = list(dict.fromkeys(site for site in thread.mentioned if len(site.legs) == 1))[-_PAIR:]
    return tuple(pair) if len({(site.vein, site.legs) for site in pair}) == _PAIR else ()


def _back_to_topic(topic: tuple[Site, ...], focus: tuple[Site, ...]) -> tuple[Site, ...]:
    """What a clause behind a semicolon speaks of: the topic of its line, not a level in passing."""
    same = {site.vein for site in topic} == {site.vein for site in focus}
    legs = {leg for site in topic for leg in site.legs} >= {leg for s in focus for leg in s.legs}
    one_leg = len({site.legs for site in (*topic, *focus)}) == 1
    return topic if same and legs and one_leg else focus

"""The junction at which an accessory vein starts: "AASV incompetent from the SFJ, 5.5 mm".

Or a branch: "a tributary arising at the SFJ is incompetent".
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, place_in
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import ACCESSORY
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_BRANCH: Final = "NSV"
_REACH: Final = 3  # elements of "arises at the" before the junction
_STARTING: Final = ("arise", "arising", "originate", "originating", "begin", "start", "starting")
_BETWEEN: Final = ("at", "the", "from", "its")


def only_starts(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a junction only says where such a vein starts: nothing is said of it.

    Not in "AASV reflux from an incompetent SFJ".
    """
    part, *others = group.parts
    if others or not part.spot.code or part.until is not None or part.legs:
        return False
    before = [g for g in chunk.groups if g.first < group.first and g.has_vein]
    named = [own.vein for g in before for own in g.parts] or [s.vein for s in thread.focus]
    follower = thread.follower(thread.position_of(chunk))
    told = follower is not None and follower.separator in ("which", "where")
    branch = set(named) == {_BRANCH} and not any(s.has_spot for s in before)
    if told or not named or not (branch or all(vein in ACCESSORY for vein in named)):
        return False
    if starts := _is_led(chunk, group):
        chunk.passing.append(group)
    return starts


def _is_led(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether "from" or "arises at" leads to a place."""
    position = place_in(chunk, group)
    for element in reversed(chunk.elements[max(0, position - _REACH) : position]):
        if isinstance(element, Mention) and element.cue("from"):
            return True
        word = element.norm if isinstance(element, Token) else ""
        if word not in _BETWEEN:
            return word in _STARTING
    return False

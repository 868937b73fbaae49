"""The vein beside which another one runs: "It runs lateral to the GSV and is tortuous"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, place_in
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_RUNNING: Final = frozenset({"run", "running", "lie", "lying", "course", "coursing", "pass"})
_BESIDE: Final = ("to", "the", "and")


def lies_beside(chunk: Chunk) -> PlaceGroup | None:
    """The vein at the end of a clause that only says where another one runs, else nothing."""
    group = chunk.groups[-1] if chunk.groups else None
    if group is None or chunk.predicates or not group.has_vein or group.has_leg or group.has_spot:
        return None
    before = list(chunk.elements[: place_in(chunk, group)])
    placed, led = False, False
    while before and not placed:
        element = before.pop()
        if isinstance(element, Mention):
            placed = element.cue("location")
            led |= element.cue("range")
            if not placed and not element.cue("range"):
                return None
        elif not isinstance(element, Token) or element.norm not in _BESIDE:
            return None
        else:
            led |= element.norm == "to"
    runs = any(isinstance(e, Token) and e.norm in _RUNNING for e in before)
    runs |= any(isinstance(e, Mention) and e.cue("runs", "course") for e in before)
    return group if placed and led and runs else None

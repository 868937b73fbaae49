"""Trunks in the plural, which are those of both legs: "… 6 mm on the left. The GSVs are …"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import HOLDERS, SAPHENOUS
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_SINGLE: Final = (*SAPHENOUS, "CFV")  # never paired, as "popliteal veins" may be
_ONE_EACH: Final = (*SAPHENOUS, "CFV", "FV", "DFV", "POPV")  # a leg has one of each


def speak_of_each(state: State, marks: Marks, groups: Sequence[PlaceGroup]) -> tuple[Site, ...]:
    """Both legs, where trunks stand in the plural: "… 6 mm on the left. The GSVs are competent".

    The sentence before named both, or nothing else than a title with both names a leg. Systems
    behind a sentence about both are of both too.
    """
    parts = [part for group in groups for part in group.parts]
    if not parts or any(group.has_leg for group in groups):
        return ()
    if state.focus and state.both and _leaves_leg(state, groups[0]):
        return state.both
    named = [part for part in parts if part.vein]
    if not named or not all(part.vein in _ONE_EACH and _is_plural(marks, part) for part in named):
        return ()
    if state.both:
        return state.both
    open_ = not state.legs and all(part.vein in _SINGLE for part in named)
    two = open_ and len(state.title_legs) > 1
    return (Site(legs=state.title_legs, leg_at=state.title_at),) if two else ()


def _leaves_leg(state: State, group: PlaceGroup) -> bool:
    """Whether a system ends the heading of one leg: "on either side. Calf veins not seen"."""
    systems = all(part.vein in HOLDERS for part in group.parts)
    return systems and len(state.legs) == 1 and len(state.title_legs) > 1


def _is_plural(marks: Marks, part: Part) -> bool:
    """Whether a part says its vein in the plural, "GSVs"; of several words the first tells it."""
    spans = [mention for mention in (part.vein_at, *part.spot_at) if mention is not None]
    token = marks.tokens[spans[0].last] if spans else None
    return token is not None and token.text.endswith("s") and token.norm != token.text.lower()

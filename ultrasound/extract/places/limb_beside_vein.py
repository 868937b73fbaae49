"""A leg named as a whole beside a vein of the other one: "no DVT in the right leg or left CFV".

The vein behind both is the second one's: only a side without its limb waits for it, as in "the
right or left CFV".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.words.marks import Element, Marks

_LIMBS: Final = frozenset({"leg", "limb", "extremity"})
_OR: Final = frozenset({"or", "nor"})  # "the right leg and left leg CFV" are both meant


def leave_limbs(
    elements: Sequence[Element | PlaceGroup], marks: Marks
) -> list[Element | PlaceGroup]:
    """The phrases of a sentence, in which a limb has no vein that stands behind the other leg."""
    return [_leave(e, marks) if isinstance(e, PlaceGroup) else e for e in elements]


def _leave(group: PlaceGroup, marks: Marks) -> PlaceGroup:
    if len(group.parts) == 1 or not group.has_leg:
        return group
    legs = [part.leg_at.first for part in group.parts if part.leg_at is not None]
    words = {t.norm for t in marks.tokens[group.first : group.last + 1]}
    if len(set(legs)) == 1 or _OR.isdisjoint(words):
        return group
    parts = tuple(
        replace(p, vein=None, vein_at=None) if _is_limb(p, legs, marks) else p for p in group.parts
    )
    return replace(group, parts=parts) if parts != group.parts else group


def _is_limb(part: Part, legs: Sequence[int], marks: Marks) -> bool:
    """Whether the leg of a place is told with its limb, and the vein behind another leg."""
    if part.leg_at is None or part.vein_at is None or part.has_spot:
        return False
    limb = marks.tokens[part.leg_at.last].norm in _LIMBS
    return limb and any(part.leg_at.first < leg < part.vein_at.first for leg in legs)

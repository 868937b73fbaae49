"""Veins of a list of which it says that they were seen: "CFV, FV and visualised calf veins".

The word only limits its vein to what could be seen, and does not part the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.places import is_place
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

SEEN: Final = frozenset({"visualized", "visualised", "imaged", "interrogated", "insonated"})
_JOINTS: Final = ("and", "or", "nor", "&", ",")
_THE: Final = "the"


def leave_seen(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """The elements without such words."""
    if marks.norms.isdisjoint(SEEN):
        return list(elements)
    return [e for index, e in enumerate(elements) if not _limits(elements, index, marks)]


def _limits(elements: Sequence[Element], index: int, marks: Marks) -> bool:
    """Whether an element stands alone between the joint of a list and a vein of it."""
    if not 1 < index < len(elements) - 1:
        return False
    element, behind = elements[index], elements[index + 1]
    if isinstance(element, Mention):
        seen = element.first == element.last and marks.tokens[element.first].norm in SEEN
    else:
        seen = isinstance(element, Token) and element.norm in SEEN
    if not seen or not (isinstance(behind, Mention) and is_place(behind)):
        return False
    at = index - 1
    if _norm(elements[at]) == _THE:
        at -= 1
    before = elements[at - 1] if at > 0 else None
    listed = isinstance(before, Mention) and is_place(before)
    return listed and _norm(elements[at]) in _JOINTS


def _norm(element: Element) -> str:
    return element.norm if isinstance(element, Token) else ""

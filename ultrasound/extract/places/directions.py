"""The "above" and "below" that stand alone beside a knee: the thigh and the calf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ultrasound.extract.words.lexicon import Concept, Meaning, Mention
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Zone

DIRECTIONS: Final[Mapping[str, Meaning]] = {
    "above": Meaning([Concept("zone", Zone(zone="thigh", terms=()))]),
    "below": Meaning([Concept("zone", Zone(zone="calf", terms=()))]),
}
_JOINTS: Final = ("and", "or", "but", ",", ".", ";", ")", "&")
_REFERRING: Final = ("as", "see", "described", "noted", "mentioned", "stated", "listed", "seen")


def complete_directions(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """Read "competent above, incompetent below the knee" as of the thigh and of the calf."""
    bare = [index for index, element in enumerate(elements) if _is_bare(elements, index, element)]
    if not bare or not any(_names_knee(element, marks) for element in elements):
        return list(elements)
    completed = list(elements)
    for index in bare:
        element = elements[index]
        if isinstance(element, Token):
            completed[index] = Mention(element.index, element.index, DIRECTIONS[element.norm])
    return completed


def _is_bare(elements: Sequence[Element], index: int, element: Element) -> bool:
    """Whether a direction has no landmark, and refers to no other text ("see above")."""
    if not isinstance(element, Token) or element.norm not in DIRECTIONS:
        return False
    before = elements[index - 1] if index else None
    if isinstance(before, Token) and before.norm in _REFERRING:
        return False
    after = elements[index + 1] if index + 1 < len(elements) else None
    return after is None or (isinstance(after, Token) and after.norm in _JOINTS)


def _names_knee(element: Element, marks: Marks) -> bool:
    """Whether it is the knee, or the part above or below it by that name."""
    if not isinstance(element, Mention) or element.row("zone") is None:
        return False
    return any(t.norm == "knee" for t in marks.tokens[element.first : element.last + 1])

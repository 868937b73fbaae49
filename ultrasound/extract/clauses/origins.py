"""Where a reflux comes from, told in passing: nothing is found of it.

As in "segmental GSV reflux of perforator origin", "varicosities of SSV origin".
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.words.marks import Element, Marks, first_of
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

OF: Final = "of"
_ORIGIN: Final = "origin"
_LONGEST: Final = 3  # elements between: "of calf perforator origin"


def leave_origin(elements: list[Element], marks: Marks) -> list[Element]:
    """The elements without such an origin."""
    for start, element in enumerate(elements):
        if not isinstance(element, Token) or element.norm != OF:
            continue
        for end in range(start + 2, min(len(elements), start + 2 + _LONGEST)):
            named = all(isinstance(e, Mention) for e in elements[start + 1 : end])
            if named and marks.tokens[first_of(elements[end])].norm == _ORIGIN:
                return [*elements[:start], *elements[end + 1 :]]
    return elements

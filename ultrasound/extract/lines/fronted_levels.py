"""Levels that stand before their vein: "In the proximal thigh and at the SFJ, the GSV is patent".

They are read behind it: "The GSV in the proximal thigh and at the SFJ is patent". One level alone
stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_VERB: Final = (
    r"(?:is|was|are|were|remains?|appears?|refluxes|reflux|measures?"
    r"|has|shows|does|compress(?:es)?)"
)
_MORE: Final = r"[ ](?:in|at|over)[ ](?:the[ ])?[a-z -]{3,30}?"
_FRONTED: Final = re.compile(
    r"(?<![^\n.;:,][ ])(?P<list>(?P<first>in|at)[ ](?:the[ ])?[a-z][a-z -]{2,60}?"
    rf"(?:,{_MORE})*,?[ ]and{_MORE})"
    rf",?[ ](?P<vein>the[ ][a-z][a-z ]{{1,30}}?)(?=[ ]{_VERB}\b)",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r",?[ ]and[ ]|,[ ]")
_LEADING: Final = re.compile(r"\b(?:in|at|over|the)\b", re.IGNORECASE)


class FrontedLevelReader:
    """Finds such levels by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The vein before its levels."""
        return list(self._edit(text))

    def _edit(self, text: str) -> Iterator[Edit]:
        for found in _FRONTED.finditer(text):
            parts = [_LEADING.sub(" ", part) for part in _PARTS.split(found["list"])]
            levels = all(map(self._words.is_place, parts))
            if levels and self._words.names_vein(found["vein"]):
                first, vein = found["first"], found["vein"]
                vein = vein[0].upper() + vein[1:] if first.istitle() else vein
                yield Edit(*found.span(), f"{vein} {first.lower()}{found['list'][len(first) :]}")

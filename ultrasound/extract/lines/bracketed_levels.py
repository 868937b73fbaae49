"""Numbers with a unit each before as many levels in a bracket: "6.1mm, 5.2mm (SFJ, knee)".

Without their units, but for the last one, they are read as one list.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.level_words import parts_of, says_where

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_UNIT: Final = r"[ ]?(?:mm|cm|ms|secs?|s)\b"
_LISTED: Final = re.compile(
    rf"(?P<numbers>(?:{_NUMBER}{_UNIT}(?:,[ ]|,?[ ]and[ ]|[ ]?/[ ]?))+{_NUMBER}{_UNIT})"
    r"[ ]\((?P<where>[A-Za-z][A-Za-z ,/]*)\)",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(rf"(?<=\d)(?P<unit>{_UNIT})(?=,|[ ]and|[ ]?/)", re.IGNORECASE)


class BracketedLevelReader:
    """Finds such numbers by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The units of all numbers but the last."""
        edits: list[Edit] = []
        for found in _LISTED.finditer(text):
            units = list(_NEXT.finditer(text, *found.span("numbers")))
            places = parts_of(found["where"])
            if len(units) + 1 == len(places) and all(says_where(self._words, p) for p in places):
                edits += [Edit(*unit.span("unit")) for unit in units]
        return edits

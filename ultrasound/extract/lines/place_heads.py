"""Names of a vein and its part over fields: "FV - PROXIMAL", "1. Femoral vein - mid".

They stand as a label, so that the part is not taken for a heading of its own.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_HEAD: Final = re.compile(
    r"^(?P<indent>[ \t]*)(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?"
    r"(?P<vein>[A-Za-z][A-Za-z ]*?)(?P<sign>[ ]+[–-][ ]+|,[ ]+|[ ]+)"
    r"(?P<level>(?:prox|mid|dist|upper|lower)\w*(?:[ ](?:thigh|calf))?)(?P<end>[ \t]*)"
    r"(?=\r?\n(?P=indent)[ \t]+[A-Za-z][^\n:]*:[ \t]*\S)",
    re.IGNORECASE | re.MULTILINE,
)


class PlaceHeadReader:
    """Finds such lines by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The signs between a vein and its part, and the ends of the lines."""
        edits: list[Edit] = []
        for head in _HEAD.finditer(text):
            if self._words.is_place(head["vein"]):
                edits.append(Edit(*head.span("sign"), " "))
                edits.append(Edit(*head.span("end"), ":"))
        return edits

"""Places of branches with their sizes, read as a list behind a colon.

As in "Incompetent perforators at mid calf, 3.8 mm, and distal calf, 4.1 mm".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_SIZE: Final = r",?[ ]\(?\d[\d.,]*[ ]?(?:mm|cm)\)?"
_LISTED: Final = re.compile(
    r"\b(?:perforators|tributaries|varicosities)(?P<at>[ ]at[ ](?:the[ ])?)"
    rf"(?P<one>[a-z ]{{3,25}}?){_SIZE}"
    rf",?[ ]and[ ](?:the[ ])?(?P<two>[a-z ]{{3,25}}?){_SIZE}",
    re.IGNORECASE,
)


class BranchPlaceReader:
    """Finds such lists by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The colons of such lists."""
        return [
            Edit(*found.span("at"), ": ")
            for found in _LISTED.finditer(text)
            if self._words.is_place(found["one"]) and self._words.is_place(found["two"])
        ]

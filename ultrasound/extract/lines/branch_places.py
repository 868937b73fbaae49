"""Places of branches with their sizes, and lengths along a vein, that are no sizes.

"Incompetent perforators at mid calf, 3.8 mm, and distal calf, 4.1 mm" is a list; "3 cm distally"
names no place that another word tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_ALONG: Final = re.compile(
    r"(?<=cm)[ ](?:more[ ]|further[ ])?"
    r"(?P<way>distally|lower[ ]down|further[ ]down|proximally|higher[ ]up)\b",
    re.IGNORECASE,
)


class BranchPlaceReader:
    """Finds such lists by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The colons of such lists, and the plain words of such lengths."""
        return list(self._edit(text))

    def _edit(self, text: str) -> Iterator[Edit]:
        for found in _LISTED.finditer(text):
            if self._words.is_place(found["one"]) and self._words.is_place(found["two"]):
                yield Edit(*found.span("at"), ": ")
        for found in _ALONG.finditer(text):
            above = found["way"].lower() in ("proximally", "higher up")
            yield Edit(*found.span(), " above it" if above else " below it")

"""Values and their places without commas: "7.5 mm at the junction 6 mm mid thigh 5 mm knee".

The list begins with a value, so that each place belongs to the value before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_VALUE: Final = r"\d+(?:[.,]\d+)?[ \u00a0\u2009\u202f]?(?:mm|cm|ms|secs?|seconds|s)\b"
_RUN: Final = re.compile(
    rf"(?:\b(?:measures|measuring|is|are|diameters?|of|calibre|caliber)[ ])"
    rf"(?P<list>{_VALUE}[ ][a-z][a-z -]{{2,30}}?(?:[ ]{_VALUE}[ ][a-z][a-z -]{{2,30}}?)+)"
    r"(?=[.,;\n]|[ ]and[ ]\d|$)",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(rf"[ ](?={_VALUE})", re.IGNORECASE)
_PLACE: Final = re.compile(
    rf"{_VALUE}[ ](?:at[ ]|in[ ])?(?:the[ ])?(?P<place>(?:(?!and\b|to\b)[a-z -])+)$", re.IGNORECASE
)


class ValueListReader:
    """Finds such lists by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The commas that such a list lacks."""
        return [edit for run in _RUN.finditer(text) for edit in self._read(text, run)]

    def _read(self, text: str, run: re.Match[str]) -> Iterator[Edit]:
        start, end = run.span("list")
        gaps = list(_NEXT.finditer(text, start, end))
        cuts = [start, *(gap.end() for gap in gaps), end + 1]
        items = [text[a : b - 1] for a, b in pairwise(cuts)]
        found = [_PLACE.match(item) for item in items]
        if all(
            m is not None
            and self._words.is_place(m["place"])
            and self._words.names_place(m["place"])
            for m in found
        ):
            yield from (Edit(*gap.span(), ", ") for gap in gaps)

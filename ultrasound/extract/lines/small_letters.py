"""Small letters of legs that begin lines: "r long saphenous knee", "l long saphenous knee"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_LINE: Final = re.compile(
    r"^[ \t|•*]*(?P<side>[rl])(?:[ \t]+|[ \t]*[,;|][ \t]*)(?P<word>[a-z]+)", re.MULTILINE
)
_FEWEST: Final = 2  # lines of each leg: one alone may be anything


class SmallLetterReader:
    """Finds such letters before words for places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The letters as they are written for legs, where both legs have lines."""
        lines = [m for m in _LINE.finditer(text) if self._words.names_place(m["word"])]
        counts = [sum(line["side"] == side for line in lines) for side in "rl"]
        if min(counts) < _FEWEST:
            return []
        return [Edit(*line.span("side"), line["side"].upper()) for line in lines]

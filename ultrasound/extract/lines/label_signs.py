"""Signs in the line of a label that stand for words: "GSV: SFJ, 8 mm; PT, 6 mm".

Behind the levels of a vein's line they are left out, and "Competent: deep veins, SSV" is one list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.level_words import names_level, says_where

_FLAGS: Final = re.MULTILINE | re.IGNORECASE
_MARK: Final = r"^[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?"
_LABEL: Final = re.compile(rf"{_MARK}(?P<name>[A-Za-z][^\n:;,]*):[ ]*(?P<list>[^\n]*)", _FLAGS)
_LEVEL: Final = re.compile(
    r"(?:(?<=^)|(?<=;[ ]))(?P<level>[A-Za-z][A-Za-z ]*?)(?P<sign>,)[ ]"
    r"(?=\d+(?:[.,]\d+)?[ ]?(?:mm|cm|ms|s)\b)"
)
_SYSTEM: Final = re.compile(r"\b(?:deep|superficial) veins?(?P<sign>,)", re.IGNORECASE)


class LabelSignReader:
    """Finds such signs by the words for places and findings."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The signs as words."""
        return [edit for line in _LABEL.finditer(text) for edit in self._read_list(line)]

    def _read_list(self, line: re.Match[str]) -> Iterator[Edit]:
        """The signs behind the levels of a vein's line, and behind a system in a list of veins."""
        start = line.start("list")
        if self._words.names_vein(line["name"]) and not self._words.ask_for_branches(line["name"]):
            for found in _LEVEL.finditer(line["list"]):
                if names_level(self._words, found["level"]):
                    at = start + found.start("sign")
                    yield Edit(at, at + 1)
        listed = line["list"].rstrip(" .\r")
        if self._words.tells(line["name"]) and says_where(self._words, listed.replace(",", " ")):
            for found in _SYSTEM.finditer(line["list"]):
                at = start + found.start("sign")
                yield Edit(at, at + 1, " and")

"""Answers that a form names before its list: "Reflux (Y/N): SFJ Y, GSV Y, SSV N".

Each vein has its own answer, so that no blank was left: the choice before them is left out.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_LINE: Final = re.compile(
    r"^[ \t]*(?:[-•*–][ \t]+)?(?P<name>[A-Za-z][A-Za-z ]*?)(?P<choice>[ ]?\([YyNn]/[YyNn]\)|"
    r"[ ][YyNn]/[YyNn])(?P<sign>[ ]?:[ \t]*)(?P<list>[A-Za-z][^\n\r]*)$",
    re.MULTILINE,
)
_ITEM: Final = re.compile(
    r"(?P<place>[A-Za-z][A-Za-z -]*?)(?P<sign>[ ]*[:=-]?[ ]+)(?P<answer>[YN]|[yn]|yes|no|Yes|No)"
    r"(?P<end>[ ]*[,;][ ]*|[ ]{2,}|[ ]+(?=[A-Z])|[ .]*$)"
)
_FEWEST: Final = 2  # answers


class AskedCodeReader:
    """Finds such lists by the words for places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The choice, and what parts the veins."""
        return [edit for line in _LINE.finditer(text) for edit in self._read(text, line)]

    def _read(self, text: str, line: re.Match[str]) -> list[Edit]:
        if not self._words.ask(line["name"]):
            return []
        edits, at, count = [Edit(*line.span("choice"))], line.start("list"), 0
        while at < line.end("list"):
            item = _ITEM.match(text, at, line.end("list"))
            if item is None or not self._words.is_place(item["place"].replace("-", " ")):
                return []
            last = item.end() >= line.end("list")
            edits += [] if last else [Edit(*item.span("end"), ", ")]
            at, count = item.end(), count + 1
        return edits if count >= _FEWEST else []

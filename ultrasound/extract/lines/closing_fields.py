"""Fields of reflux behind the sizes of a vein's levels: "Knee: 4 mm" over "Reflux: Present".

Where only the sizes of several levels stand between the name of a vein and the field, it is of
the vein, whose name is read before it. Where levels have fields of their own, each is of its level.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.extract.lines.level_words import names_level

_HEAD: Final = re.compile(
    r"[ \t]*(?:\d{1,2}[.)][ \t]*)?(?P<name>[A-Za-z][^\n:(\d]*?)[ ]?(?:\([A-Z]{2,5}\))?[ ]?:?[ \t]*"
)
_MARK: Final = r"(?P<indent>[ \t]*(?:[-•*–][ \t]+)?)"
_LEVEL: Final = re.compile(
    rf"{_MARK}(?P<place>[A-Za-z][A-Za-z -]*?)[ ]?(?:[:=]|[ ][–-])[ ]*"
    r"\d+(?:[.,]\d+)?[ ]?(?:mm|cm)[ \t.]*"
)
_FIELD: Final = re.compile(
    rf"{_MARK}(?P<field>reflux(?:[ ](?:time|duration))?|(?:in)?competen(?:ce|t))[ ]?[:=]",
    re.IGNORECASE,
)
_FEWEST: Final = 2  # levels


class ClosingFieldReader:
    """Finds such fields by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The names of the veins before the fields."""
        lines = list(line_spans(text))
        edits: list[Edit] = []
        for number, line in enumerate(lines):
            head = _HEAD.fullmatch(text, *line)
            if head and self._words.names_vein(head["name"]):
                at = self._find_field(text, lines[number + 1 :])
                edits += [Edit(at, at, f"{head['name']} ")] if at is not None else []
        return edits

    def _find_field(self, text: str, lines: Sequence[tuple[int, int]]) -> int | None:
        """Where the first field behind the levels of a vein begins, if it closes them."""
        levels: list[str] = []
        for line in lines:
            level = _LEVEL.fullmatch(text, *line)
            if level and names_level(self._words, level["place"]):
                levels.append(level["indent"])
                continue
            field = _FIELD.match(text, *line)
            closes = field and len(levels) >= _FEWEST and set(levels) == {field["indent"]}
            return field.start("field") if field and closes else None
        return None

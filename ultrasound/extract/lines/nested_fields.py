"""Fields below a vein with other signs than a colon: "prox – 3.9 mm", an answer on the next line.

Both are read as labels with their answers: "prox: 3.9 mm", "Compressible: Fully".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.extract.lines.sided_fields import field_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_PLACE: Final = re.compile(
    r"^(?P<depth>[ ]{2,}|[ ]*\t[ \t]*)(?P<name>[A-Za-z](?:(?![ ]{2})[^\n:=;|–])*?[A-Za-z)])"
    r"(?P<sign>[ ][–-][ ]|[ ]?=[ ]?)(?P<value>[^\s=](?:(?![ ]{3})[^\n])*)$",
    re.MULTILINE,
)
_LABEL_END: Final = re.compile(r"[ ]?[:=;|]|[ ][–-][ ]|[ ]{2}|\t")
_NORMAL: Final = re.compile(
    r"\b(?:compress(?:ion|ibility|ible|es)|coaptation)[ \t]*[:=][ \t]*(?P<value>normal)"
    r"(?=[ \t]*(?:[;|\r\n]|\Z))",
    re.IGNORECASE,
)
_FULL: Final = "full"
_FEWEST: Final = 2  # such lines of a report


class NestedFieldReader:
    """Finds such fields by the words of places and of the headers of tables."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        fields = any_of(field_terms(knowledge))
        self._parted = re.compile(
            rf"^(?P<indent>[ \t]+)(?:{fields})(?:[ ]?\([a-z/]{{1,9}}\))?[ \t]*:"
            r"(?P<gap>[ \t]*\r?\n(?P=indent)[ \t]+)(?=[^\s:][^\n:]*$)",
            re.MULTILINE | re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The signs between places and values, and the ends of lines before answers."""
        places = [line for line in _PLACE.finditer(text) if self._is_place(text, line)]
        places = places if len(places) >= _FEWEST else []
        edits = [Edit(*line.span("sign"), ": ") for line in places]
        edits += [Edit(*field.span("gap"), " ") for field in self._parted.finditer(text)]
        edits += [Edit(*field.span("value"), _FULL) for field in _NORMAL.finditer(text)]
        return sorted(edits, key=lambda edit: edit.start)

    def _is_place(self, text: str, line: re.Match[str]) -> bool:
        """Whether a place below a vein stands before the sign, and none goes on behind it."""
        first = re.split(r"[ ]+[–-][ ]+|,", line["value"])[0]
        goes_on = self._words.is_place(first) and first.lower() != _FULL
        if goes_on or not self._words.is_place(line["name"]):
            return False
        over = _line_over(text, line.start(), len(line["depth"]))
        return self._words.names_vein(_LABEL_END.split(over.strip(), maxsplit=1)[0])


def _line_over(text: str, start: int, depth: int) -> str:
    """The nearest line above a place in the text that is set in less deep; else nothing."""
    while start > 0:
        end, start = start - 1, text.rfind("\n", 0, start - 1) + 1
        row = text[start:end]
        if row.strip() and len(row) - len(row.lstrip()) < depth:
            return row
    return ""

"""Fields of an export between semicolons: "R;GSV_PROX_THIGH;diam=0.44;reflux_time=510".

What underscores join is read as words, an equals sign as a colon, and the key before a place left
out. "diam_mm" is "diam (mm)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.sided_fields import field_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_LINE: Final = re.compile(r"^[^\n;]+;[^\n;]+;[^\n]*$", re.MULTILINE)
_FIELD: Final = re.compile(r"(?<=;)(?P<key>[A-Za-z]+(?:[_ ][A-Za-z]+)*)(?P<sign>=)")
_PLACE: Final = re.compile(r"(?:(?<=;)|^)[A-Za-z]+(?:_[A-Za-z]+)+(?=;|\r?$)", re.MULTILINE)


class FieldKeyReader:
    """Finds the lines of such exports by the names of what was measured."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        self._names = {term.lower() for term in field_terms(knowledge)}
        labels = (column for column in knowledge.columns.column if column.property == "label")
        self._labels = {term.lower() for column in labels for term in column.terms}
        self._units = {term.lower() for unit in knowledge.units.unit for term in unit.terms}

    def find_edits(self, text: str) -> list[Edit]:
        """The keys, their signs, and the places whose words underscores join."""
        edits: list[Edit] = []
        for line in _LINE.finditer(text):
            fields = list(_FIELD.finditer(text, *line.span()))
            named = [edit for field in fields for edit in self._write(field)]
            if named:
                edits += named
                edits += self._part(text, line)
        return sorted(edits, key=lambda edit: edit.start)

    def _write(self, field: re.Match[str]) -> Iterator[Edit]:
        """The name of a field in words, its unit in brackets, and a colon for its sign."""
        *words, last = field["key"].lower().replace("_", " ").split()
        united = last in self._units and " ".join(words) in self._names
        if field["key"].lower() in self._labels:
            yield Edit(*field.span())
        elif united or " ".join((*words, last)) in self._names:
            end = f"({last})" if united else last
            yield Edit(*field.span(), " ".join((*words, end)) + ": ")

    def _part(self, text: str, line: re.Match[str]) -> Iterator[Edit]:
        """The places of a line in words."""
        for place in _PLACE.finditer(text, *line.span()):
            words = place.group().replace("_", " ")
            if self._words.is_place(words):
                yield Edit(*place.span(), words)

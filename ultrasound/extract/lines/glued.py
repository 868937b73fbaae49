"""Sentences and headings that lost their line ends: "no reflux.GSV: wide", "LEFT LEGFINDINGS:"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.abbreviations import list_abbreviations
from ultrasound.extract.words.tokens import fold_word
from ultrasound.knowledge.schema_text import TextKnowledge

_STOP: Final = re.compile(
    r"(?:(?P<word>[^\W\d_]+)|(?<=[)\]]))[.;](?=(?P<next>[A-Z][A-Za-z]+|[A-Z](?=[ .])))"
)
_SHORTEST: Final = 4  # letters of a word before a stop that is none of an abbreviation
_LONGEST_UNIT: Final = 4  # letters of a unit, which a full stop may follow at once
_SHORTEST_HEAD: Final = 7  # letters of a heading that is known behind other letters
_SECTIONS: Final = (
    "indication",
    "history",
    "technique",
    "comparison",
    "findings",
    "impression",
    "recommendation",
)


class GlueReader:
    """Finds where a new sentence or a new section begins with no white space before it."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._abbreviations = list_abbreviations(knowledge)
        self._units = {term.lower() for row in knowledge.units.unit for term in row.terms}
        terms = [
            term
            for row in knowledge.sections.section
            if row.section in _SECTIONS
            for term in row.terms
            if len(term) >= _SHORTEST_HEAD and "/" not in term
        ]
        self._heads = re.compile(
            rf"(?<=[A-Z])(?:{_join(t.upper() for t in terms)}):"
            rf"|(?<=[a-z.;)])(?:{_join(v for t in terms for v in (t.upper(), t.capitalize()))}):"
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The white space that the text lacks."""
        heads = [Edit(m.start(), m.start(), "\n") for m in self._heads.finditer(text)]
        at = {edit.start for edit in heads}
        stops = [
            Edit(m.end(), m.end(), " ")
            for m in _STOP.finditer(text)
            if m.end() not in at and self._ends(text, m)
        ]
        return [*heads, *stops]

    def _ends(self, text: str, stop: re.Match[str]) -> bool:
        """Whether a stop ends a sentence, and no abbreviation: "reflux.GSV", not "prox.GSV"."""
        word = stop["word"]
        if word is None:
            return True
        small = word.lower()
        if small in self._units and len(word) <= _LONGEST_UNIT:
            before = text[: stop.start()].rstrip(" ")[-1:]
            return before.isdigit()
        return len(word) >= _SHORTEST and self._abbreviations.isdisjoint((small, fold_word(word)))


def _join(terms: Iterable[str]) -> str:
    """Terms as alternatives, the longest first."""
    return "|".join(re.escape(term) for term in sorted(set(terms), key=len, reverse=True))

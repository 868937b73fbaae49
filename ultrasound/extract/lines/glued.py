"""Sentences and headings that lost their line ends: "no reflux.GSV: wide", "LEFT LEGFINDINGS:"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.domain import SECTIONS
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.abbreviations import list_abbreviations
from ultrasound.extract.words.tokens import fold_term, fold_word
from ultrasound.knowledge.schema_text import TextKnowledge

# the stop is looked for first: it is rarer than the words that may stand before one
_STOP: Final = re.compile(r"[.;](?<=[^\W\d_][.;]|[)\]][.;])(?=[A-Z](?:[A-Za-z]|[ .]))")
_TWO_HEADS: Final = re.compile(
    r"^[ \t]*(?P<head>[A-Za-z][A-Za-z ]{2,30}):[ \t]+(?P<leg>[A-Za-z][A-Za-z ]{2,30}):(?=\s|$)",
    re.MULTILINE,
)
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\Z")
_SHORTEST: Final = 4  # letters of a word before a stop that is none of an abbreviation
_LONGEST_UNIT: Final = 4  # letters of a unit, which a full stop may follow at once
_SHORTEST_HEAD: Final = 7  # letters of a heading that is known behind other letters
_CELLS: Final = 3  # semicolons of a row
_BEFORE_HEAD: Final = ".;)"


class GlueReader:
    """Finds where a new sentence or a new section begins with no white space before it."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._abbreviations = list_abbreviations(knowledge)
        self._units = {term.lower() for row in knowledge.units.unit for term in row.terms}
        terms = [
            term
            for row in knowledge.sections.section
            if row.section in SECTIONS
            for term in row.terms
            if len(term) >= _SHORTEST_HEAD and "/" not in term
        ]
        self._capitals = {term.upper() for term in terms}
        self._heads = self._capitals | {term.capitalize() for term in terms}
        self._legs = {" ".join(fold_term(term)) for row in knowledge.cues.leg for term in row.terms}
        self._lengths = sorted({len(term) for term in terms}, reverse=True)

    def find_edits(self, text: str) -> list[Edit]:
        """The white space that the text lacks."""
        heads = [Edit(start, start, "\n") for start in self._find_heads(text)]
        at = {edit.start for edit in heads}
        stops = [
            Edit(m.end(), m.end(), " ")
            for m in _STOP.finditer(text)
            if m.end() not in at and self._ends(text, m)
        ]
        return [*heads, *stops, *self._part_heads(text)]

    def _part_heads(self, text: str) -> Iterator[Edit]:
        """The end of a line between a section and the leg behind it: "FINDINGS: Left leg: …"."""
        for line in _TWO_HEADS.finditer(text):
            leg = " ".join(fold_term(line["leg"]))
            if line["head"].upper() in self._capitals and leg in self._legs:
                yield Edit(line.start("leg"), line.start("leg"), "\n")

    def _find_heads(self, text: str) -> Iterator[int]:
        """Where the longest heading begins that ends at a colon, straight behind other letters."""
        end = text.find(":")
        while end >= 0:
            starts = (end - length for length in self._lengths if length < end)
            start = next((s for s in starts if text[s:end] in self._heads), None)
            before = text[start - 1] if start else " "
            small = "a" <= before <= "z" or before in _BEFORE_HEAD
            capital = "A" <= before <= "Z" and text[start:end] in self._capitals
            if start and (small or capital):
                yield start
            end = text.find(":", end + 1)

    def _ends(self, text: str, stop: re.Match[str]) -> bool:
        """Whether a stop ends a sentence, and no abbreviation: "reflux.GSV", not "prox.GSV"."""
        if stop[0] == ";" and _is_export(text, stop.start()):
            return False
        line = text[text.rfind("\n", 0, stop.start()) + 1 : stop.start()]
        before = _LAST_WORD.sub("", line)
        word = line[len(before) :]
        if not word:
            return True
        small = word.lower()
        if small in self._units and len(word) <= _LONGEST_UNIT:
            return before.rstrip(" ")[-1:].isdigit()
        return len(word) >= _SHORTEST and self._abbreviations.isdisjoint((small, fold_word(word)))


def _is_export(text: str, at: int) -> bool:
    """Whether semicolons alone part the cells of the line at a place: "Vein;Level;Diam"."""
    end = text.find("\n", at)
    line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else None]
    return line.count(";") >= _CELLS and "; " not in line

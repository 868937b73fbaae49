"""Lines of a place and a code that the report numbers: "1 = reflux, 0 = no reflux", "SFJ 1".

Each code is read as what it means.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.knowledge.schema_text import TextKnowledge

_PAIR: Final = re.compile(
    r"(?<![\w.])(?P<code>\d)[ ]?=[ ]?(?P<meaning>[A-Za-z][A-Za-z -]*?)(?=[ ]?[,;./()\n\r]|[ ]*$)"
)
_LINE: Final = re.compile(
    r"^[ \t]*(?:[-•*–][ \t]+)?(?P<place>[A-Za-z][A-Za-z -]*?)(?P<sign>[ ]?:?[ ])(?P<code>\d)"
    r"(?P<end>[ \t.]*\r?)$",
    re.MULTILINE,
)
_FEWEST: Final = 2  # codes of a legend, and lines


class NumberedLineReader:
    """Finds such lines below a legend of words for reflux."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        rows = [row for row in knowledge.findings.finding if row.property == "reflux"]
        terms = {term.lower() for row in rows for term in row.terms}
        self._terms = terms | {f"no {term}" for term in terms} | {"not assessed", "not tested"}
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The codes of such lines as their meanings."""
        pairs = list(_PAIR.finditer(text))
        codes = {pair["code"]: pair["meaning"] for pair in pairs}
        known = all(meaning.lower() in self._terms for meaning in codes.values())
        if len(codes) < _FEWEST or not known:
            return []
        told = [line for line in _LINE.finditer(text) if self._is_told(line, codes)]
        if len(told) < _FEWEST:
            return []
        return [Edit(line.start("sign"), line.end(), f": {codes[line['code']]}.") for line in told]

    def _is_told(self, line: re.Match[str], codes: dict[str, str]) -> bool:
        place = line["place"].replace("-", " ")
        return line["code"] in codes and self._words.is_place(place)

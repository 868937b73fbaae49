"""Pairs of compression and reflux that a heading declares: "full / 0.4 s" in its section."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_HEAD: Final = re.compile(
    r"^[^\n(]*\(\s*compress?(?:ion|ibility|ible)?\.?\s*/\s*(?:reflux|rt|vct|valve)[^)\n]*\)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NEXT: Final = re.compile(r"^[ \t]*$|^[^\n(]*\([^)\n/]+/[^)\n]+\)[ \t]*$", re.MULTILINE)
_PROPERTY: Final = "compressibility"
_WORDS: Final = {
    "full": "fully compressible",
    "partial": "partially compressible",
    "none": "non-compressible",
}


class CompressionPairReader:
    """Finds such pairs by the codes that worksheets write into the cells of that column."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        codes = (code for code in knowledge.columns.code if code.columns == (_PROPERTY,))
        self._words = {
            term: _WORDS[code.value]
            for code in codes
            if code.value in _WORDS
            for term in code.terms
        }
        self._pair = re.compile(
            rf"(?<=[:.\t ])(?P<code>{any_of(self._words)})(?P<slash>[ \t]*/[ \t]*)(?=\S)",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The codes of such pairs in words, and what follows them as reflux."""
        edits: list[Edit] = []
        for head in _HEAD.finditer(text):
            begin = min(head.end() + 1, len(text))
            end = _NEXT.search(text, begin)
            for pair in self._pair.finditer(text, begin, end.start() if end else len(text)):
                edits.append(Edit(*pair.span("code"), self._words[pair["code"].lower()]))
                edits.append(Edit(*pair.span("slash"), ", reflux "))
        return edits

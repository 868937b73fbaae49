"""Compression by the codes of worksheets, where its name stands over or before them.

Pairs with reflux that a heading declares: "full / 0.4 s" in its section; and labels with their
veins: "Compression CFV/FV: full", "Compression: CFV, FV normal".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_HEAD: Final = re.compile(
    r"^(?:[^\n(]*(?:\(|[,:;–-])[ \t]*)?compress?(?:ion|ibility|ible)?\.?[ \t]*/[ \t]*"
    r"(?:reflux|rt|vct|valve)[^)\n]*\)?[ \t]*:?[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_NEXT: Final = re.compile(
    r"^[ \t]*\r?$|^[^\n(]*\([^)\n/]+/[^)\n]+\)[ \t]*\r?$"
    r"|^[^\n\d]*\b(?:diam|reflux|size|time|calib|depth)[^\n\d]*/[^\n\d]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_PROPERTY: Final = "compressibility"
_WORDS: Final = {
    "full": "fully compressible",
    "partial": "partially compressible",
    "none": "non-compressible",
}


_LABEL: Final = re.compile(
    r"^[ \t]*(?:[-•*–][ \t]+)?(?P<label>compress(?:ion|ibility)\b[^\n:|]*):[ \t]*"
    r"(?P<code>[A-Za-z]+)(?=[ \t.;]*\r?$)",
    re.MULTILINE | re.IGNORECASE,
)
_LISTED: Final = re.compile(
    r"^[ \t]*(?:[-•*–][ \t]+)?compress(?:ion|ibility)[ \t]*:[ \t]*(?P<list>[^\n:;|]*[^\n:;|.,])"
    r"[ \t]+(?P<code>[A-Za-z]{2,})(?=[ \t.;]*\r?$)",
    re.MULTILINE | re.IGNORECASE,
)
NAMED: Final = re.compile(r"\bcompress(?:ion|ibility)\b", re.IGNORECASE)


def compression_words(knowledge: TextKnowledge) -> dict[str, str]:
    """The codes that worksheets write into the cells of that column, each in words."""
    codes = (code for code in knowledge.columns.code if code.columns == (_PROPERTY,))
    said = (code for code in codes if code.value in _WORDS)
    return {term: _WORDS[code.value] for code in said for term in code.terms}


class CompressionPairReader:
    """Finds such pairs and labels."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._places = words
        self._words = compression_words(knowledge)
        self._pair = re.compile(
            rf"(?<=[:.\t ])(?P<code>{any_of(self._words)})(?P<slash>[ \t]*/[ \t]*)(?=\S)",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The codes of such pairs in words, and what follows them as reflux."""
        edits = list(self._find_labelled(text))
        for head in _HEAD.finditer(text):
            begin = min(head.end() + 1, len(text))
            end = _NEXT.search(text, begin)
            for pair in self._pair.finditer(text, begin, end.start() if end else len(text)):
                edits.append(Edit(*pair.span("code"), self._words[pair["code"].lower()]))
                edits.append(Edit(*pair.span("slash"), ", reflux "))
        return edits

    def _find_labelled(self, text: str) -> Iterator[Edit]:
        """The code behind a label that names veins and compression."""
        for found in _LABEL.finditer(text):
            code = self._words.get(found["code"].lower())
            if code and self._places.names_vein(NAMED.sub("", found["label"])):
                yield Edit(*found.span("code"), code)
        for found in _LISTED.finditer(text):
            code = self._words.get(found["code"].lower())
            if code and self._places.names_vein(found["list"]):
                yield Edit(*found.span("code"), code)

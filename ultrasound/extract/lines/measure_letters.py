"""Letters that stand for a size and a time beside each other: "SFJ: D 8.2 mm R 2.4 s".

Between a size and a time an R is no leg.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NUMBER: Final = r"[<>≥≤~]?[ ]?\d[\d.,]*[ ]?"
_LETTERS: Final = re.compile(
    rf"(?<![A-Za-z])(?P<size>D)[ ]?[:=]?[ ]?(?={_NUMBER}(?:mm|cm)\b)"
    rf"{_NUMBER}(?:mm|cm)[ ]{{0,3}}[,;/|-]?[ ]{{0,3}}"
    rf"(?P<time>R|T)(?![A-Za-z])(?=[ ]?[:=]?[ ]?{_NUMBER}(?:s|secs?|ms|msecs?)\b)"
)


def find_letters(text: str) -> list[Edit]:
    """The letters as the words that they stand for."""
    edits: list[Edit] = []
    for pair in _LETTERS.finditer(text):
        edits.append(Edit(*pair.span("size"), "diam"))
        edits.append(Edit(*pair.span("time"), "reflux"))
    return edits

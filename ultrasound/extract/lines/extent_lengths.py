"""Lengths of a finding before the range that they measure: "over 25 cm from the groin to the knee".

They are set off, so that nothing lies 25 cm from the groin. A length that opens a range stays,
as in "closed from 2 cm from the SFJ to the knee", and so does a short one with no "over".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_LED: Final = (
    r"\b(?:over|for)[ ](?:(?:a|the)[ ](?:total[ ])?(?:length|distance|stretch)[ ]of[ ])?"
    rf"(?:about[ ]|approximately[ ]|approx\.?[ ]|some[ ]|c\.?[ ]?)?{_NUMBER}[ ]?cm"
)
_LONG: Final = (
    r"(?<!from )(?<!at )(?<!starts )(?<!starting )(?<!begins )(?<![\d.,])\b[1-9]\d[ ]?cm"
    r"(?![ ]from[ ](?:the[ ])?(?:(?:med|lat)\w*\.?[ ])?(?:ankle|malleol|heel|floor|sole|foot))"
)
_FROM: Final = re.compile(
    rf"(?:{_LED}|{_LONG})(?=[ ]from[ ](?:(?!\bto\b)[^.;:,\n\d]){{2,30}}[ ](?:down[ ])?to[ ])",
    re.IGNORECASE,
)


def find_extent_lengths(text: str) -> list[Edit]:
    """Brackets about such lengths."""
    return [
        Edit(at, at, sign)
        for found in _FROM.finditer(text)
        for at, sign in ((found.start(), "("), (found.end(), ")"))
    ]

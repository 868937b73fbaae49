"""Depths told by their limit, or as a distance: "the GSV lies within 8 mm of the skin".

"Distance between the GSV and the skin 6 mm" is the depth of the GSV.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_WITHIN: Final = re.compile(
    r"\bwithin(?=[ ]\d+(?:[.,]\d+)?[ ]?(?:mm|cm)[ ](?:of|from)[ ](?:the[ ])?skin\b)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(
    r"\b(?P<depth>distance[ ]between)[ ](?:the[ ])?(?P<vein>(?!skin)[a-z][a-z ]{1,30}?)"
    r"(?P<skin>[ ]and[ ](?:the[ ])?skin(?:[ ]surface)?)(?=[ :])",
    re.IGNORECASE,
)


def find_skin_depths(text: str) -> list[Edit]:
    """The word for the limit of such a depth, as its sign; the words of such a distance."""
    edits = [Edit(*found.span(), "≤") for found in _WITHIN.finditer(text)]
    for found in _BETWEEN.finditer(text):
        edits += [Edit(*found.span("depth"), "depth of"), Edit(*found.span("skin"))]
    return edits

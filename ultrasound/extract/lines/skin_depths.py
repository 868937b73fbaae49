"""Depths told by their limit: "the GSV lies within 8 mm of the skin"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_WITHIN: Final = re.compile(
    r"\bwithin(?=[ ]\d+(?:[.,]\d+)?[ ]?(?:mm|cm)[ ](?:of|from)[ ](?:the[ ])?skin\b)", re.IGNORECASE
)


def find_skin_depths(text: str) -> list[Edit]:
    """The word for the limit of such a depth, as its sign."""
    return [Edit(*found.span(), "≤") for found in _WITHIN.finditer(text)]

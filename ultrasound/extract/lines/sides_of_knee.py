"""The second side of the knee without its name: "6 mm above the knee and 4 mm below"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SIDED: Final = re.compile(
    r"\b(?P<one>above|below)[ ](?:the[ ])?knee\b(?P<between>(?:[^.;:\n]|(?<=\d)\.(?=\d)){1,60}?)"
    r"\b(?P<other>above|below)\b"
    r"(?=[ ]?(?:[(]?\d|[.;\r\n]|$)|[ ](?:in|is|was|measures)\b)",
    re.IGNORECASE,
)
_MEASURED: Final = re.compile(r"\d")
_AWAY: Final = re.compile(r"\d[ ]?cm[ ]*$")  # "10 cm below" goes on with its landmark


def find_sides_of_knee(text: str) -> list[Edit]:
    """The knee, behind its other side, where both have numbers."""
    edits = []
    for found in _SIDED.finditer(text):
        sides = found["one"].lower() != found["other"].lower()
        if sides and _MEASURED.search(found["between"]) and not _AWAY.search(found["between"]):
            edits.append(Edit(found.end(), found.end(), " the knee"))
    return edits

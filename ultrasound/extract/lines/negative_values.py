"""Sizes with the answer for their reflux: "SSV: 2.0 mm, negative", where a report is of reflux."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SAID: Final = re.compile(
    r"(?P<word>(?<=mm,[ ])neg(?:ative|\.)?)(?=[ ]*(?:[;.,\r\n]|$))", re.IGNORECASE
)
_OF_REFLUX: Final = re.compile(r"\b(?:reflux|insufficiency|incompetence)\b", re.IGNORECASE)


def find_negative_values(text: str) -> list[Edit]:
    """The answers, as what they deny."""
    if not _OF_REFLUX.search(text):
        return []
    return [Edit(*found.span("word"), "no reflux") for found in _SAID.finditer(text)]

"""Findings that a sign or word behind them denies: "reflux -", "reflux (-)", "reflux, no".

They are read as the answers of a form, "reflux: no". Behind a wide gap a dash is an empty cell, and
a legend of the report comes first.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NOUN: Final = r"\b(?:reflux|incompetence|thrombus|thrombosis|clot|dvt|svt)"
_DENIED: Final = re.compile(
    rf"{_NOUN}(?P<no>,[ ]no| [-–−]| \([-–−]\))(?=[ \t]*(?:[.;,](?!\d)|\n|$))(?!,[ ]no,)",
    re.IGNORECASE,
)
_LEGEND: Final = re.compile(
    r"(?:^|[\s(,;\"'])\(?[-–−]\)?[ \t]?[=:][ \t]?(?P<says>\w+)", re.MULTILINE
)
_DENYING: Final = ("no", "none", "neg", "negative", "absent", "normal", "nil")


def find_denied_signs(text: str) -> list[Edit]:
    """The signs and words, as answers."""
    legend = _LEGEND.search(text)
    signs = legend is None or legend["says"].lower() in _DENYING
    return [
        Edit(*found.span("no"), ": no")
        for found in _DENIED.finditer(text)
        if signs or found["no"][0] == ","
    ]

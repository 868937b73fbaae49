"""Findings that a sign or word about them denies: "reflux -", "reflux (-)", "(-) reflux".

Behind them they are read as the answers of a form, "reflux: no", before them as a "no"; a plus in
brackets affirms. Behind a wide gap a dash is an empty cell, one before a blank or at the beginning
of a line is a bullet or parts what it stands between, and a legend of the report comes first.
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
_LED: Final = re.compile(
    rf"(?P<sign>\((?:[-–−+]|neg|pos)\.?\)[ ]?|(?<=[(:,/;])[-–−](?=\w)|(?<=[:,/;][ ])[-–−](?=\w))"
    rf"(?=(?P<noun>{_NOUN}\b)|(?P<held>compress(?:ibility|ion)\b))(?P<name>\w+)",
    re.IGNORECASE,
)
_AFFIRMS: Final = re.compile(r"[+p]", re.IGNORECASE)
_LEGEND: Final = re.compile(
    r"(?:^|[\s(,;\"'])\(?[-–−]\)?[ \t]?[=:][ \t]?(?P<says>\w+)", re.MULTILINE
)
_DENYING: Final = ("no", "none", "neg", "negative", "absent", "normal", "nil")


def find_denied_signs(text: str) -> list[Edit]:
    """The signs and words, as answers."""
    legend = _LEGEND.search(text)
    signs = legend is None or legend["says"].lower() in _DENYING
    behind = [
        Edit(*found.span("no"), ": no")
        for found in _DENIED.finditer(text)
        if signs or found["no"][0] == ","
    ]
    return [*behind, *map(_read_led, _LED.finditer(text) if signs else ())]


def _read_led(found: re.Match[str]) -> Edit:
    """The sign before a finding, as a "no" or nothing; compression is told by its adjective."""
    affirms = _AFFIRMS.search(found["sign"]) is not None
    if found["held"]:
        return Edit(*found.span(), "compressible" if affirms else "non-compressible")
    return Edit(*found.span("sign"), "" if affirms else "no ")

"""Numbers of branches before a dash: "Perforator 1 - 8 cm - 3.8 mm" is no range of 1 to 8 cm.

A range in millimetres stays: only the first of the branches, or one behind it, is numbered so.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NUMBERED: Final = re.compile(
    r"\b(?:perforators?|perf|IPV|ICPV|PV|tributary)[ ]?#?(?P<number>[1-9])(?P<dash>[ ][-–][ ])"
    r"(?=\d{1,2}(?P<decimal>[.,]\d+)?[ ]?(?P<unit>cm|mm)\b)",
    re.IGNORECASE,
)


def find_numbered_branches(text: str) -> list[Edit]:
    """The dashes behind such numbers, as colons."""
    found = list(_NUMBERED.finditer(text))
    first = any(_opens(one) for one in found)
    return [
        Edit(*one.span("dash"), ": ")
        for one in found
        if one["unit"].lower() == "cm" or _opens(one) or (first and one["decimal"])
    ]


def _opens(found: re.Match[str]) -> bool:
    """Whether it is the first branch: no size of 1 mm grows to one with a decimal."""
    return found["number"] == "1" and (found["decimal"] is not None or found["unit"] == "cm")

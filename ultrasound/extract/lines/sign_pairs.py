"""Sizes with a sign and a time behind a slash: "SFJ 6.6 / + 1.1", "GSV PT 4.1 / -".

Read in words where a line of the report declares the signs and the units: "diam mm / + = reflux,
- = no reflux, time in s".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SIGNS: Final = re.compile(
    r"^[^\n]*\+[ ]?[=:]?[ ]?reflux\b[^\n]*"
    r"[-–][ ]?[=:]?[ ]?(?:no|none|no reflux|competent)\b[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_SIZE: Final = re.compile(r"\b(?:diam\w*|size)[ ]?(?:in[ ]|\()?(?P<unit>mm|cm)\b", re.IGNORECASE)
_TIME: Final = re.compile(
    r"\b(?:times?|RT|duration)[ ]?(?:in[ ]|\()?(?P<unit>ms|msec|secs?|s)\b", re.IGNORECASE
)
_PAIR: Final = re.compile(
    r"(?P<size>(?<![\d.,])\d+(?:[.,]\d+)?)[ ]?/[ ]?(?P<sign>[+–-])"
    r"(?:[ ]?(?P<time>\d+(?:[.,]\d+)?))?(?=[ ,;]|\r?$)",
    re.MULTILINE,
)
_BARE: Final = re.compile(
    r"(?<=[A-Za-z])[ ]+(?P<sign>[+–-])(?:[ ](?P<time>\d+(?:[.,]\d+)?))?(?=[ ]{2,}|[ ]*\r?$)",
    re.MULTILINE,
)


def find_sign_pairs(text: str) -> list[Edit]:
    """Such pairs and signs in words, where all that they need is declared on one line."""
    for declared in _SIGNS.finditer(text):
        size, time = _SIZE.search(declared.group()), _TIME.search(declared.group())
        if size and time:
            return list(_write(text, declared.end(), size["unit"], time["unit"]))
    return []


def _write(text: str, start: int, size: str, time: str) -> Iterator[Edit]:
    for found in _PAIR.finditer(text, start):
        told = _say(found["sign"], found["time"], time)
        yield Edit(*found.span(), f"{found['size']} {size} / {told}")
    for found in _BARE.finditer(text, start):
        yield Edit(*found.span(), f" {_say(found['sign'], found['time'], time)}")


def _say(sign: str, number: str | None, unit: str) -> str:
    """What a sign says, with its time."""
    if sign != "+":
        return "no reflux"
    return f"reflux present, {number} {unit}" if number else "reflux"

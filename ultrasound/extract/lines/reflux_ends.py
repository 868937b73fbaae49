"""Where reflux is no more: "the reflux resolves below the knee", "reflux, absent below the knee".

What is lost below a level is read as not seen there; what only stops below one is told of no level.
And levels that are spared: "GSV incompetence with SFJ sparing", "not involving the SFJ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NOUN: Final = r"\b(?:reflux|incompetence|insufficiency)\b[^.;:,\n]*?"
_SIDE: Final = r"(?=(?:below|above|beyond|distal to|proximal to)\b)"
_LOST: Final = re.compile(
    rf"{_NOUN}\s(?P<lost>(?:resolves|disappears|vanishes|subsides|abates|is lost|is abolished|"
    rf"is no longer present|is no longer seen)\s){_SIDE}",
    re.IGNORECASE,
)
_STOPPED: Final = re.compile(
    rf"{_NOUN}(?P<stops>\s(?:stops|ends|ceases|terminates)\s(?:below|above|beyond)\s(?:the\s)?knee\b)",
    re.IGNORECASE,
)
_LIMITED: Final = re.compile(
    rf"{_NOUN}(?P<limit>\s(?:does )?not (?:extend|extending|reaching|reach)\s){_SIDE}",
    re.IGNORECASE,
)
_ABSENT: Final = re.compile(
    rf"\b(?:reflux|incompetence)(?P<absent>,\s(?:but\s)?absent\s){_SIDE}", re.IGNORECASE
)
_LEVEL: Final = r"(?:sfj|spj|calf|thigh|knee|junction)"
_SPARED: Final = re.compile(
    rf"\b(?:reflux|incompetence|incompetent|insufficiency)(?P<with>,?\s(?:with\s)?)(?:the\s)?"
    rf"{_LEVEL}(?P<sparing>\ssparing)\b",
    re.IGNORECASE,
)
_UNINVOLVED: Final = re.compile(
    rf"\b(?:reflux|incompetence|incompetent|insufficiency),?\s(?P<not>not involving)\s"
    rf"(?=(?:the\s)?{_LEVEL}\b)",
    re.IGNORECASE,
)


def find_reflux_ends(text: str) -> list[Edit]:
    """The words that say so."""
    return [*_ends(text), *_spared(text)]


def _ends(text: str) -> Iterator[Edit]:
    for found in _LOST.finditer(text):
        yield Edit(*found.span("lost"), "is not seen ")
    for found in _STOPPED.finditer(text):
        yield Edit(*found.span("stops"))
    for found in _LIMITED.finditer(text):
        yield Edit(*found.span("limit"), ", no reflux ")
    for found in _ABSENT.finditer(text):
        yield Edit(*found.span("absent"), ", no reflux ")


def _spared(text: str) -> Iterator[Edit]:
    for found in _SPARED.finditer(text):
        yield Edit(*found.span("with"), " sparing ")
        yield Edit(*found.span("sparing"))
    for found in _UNINVOLVED.finditer(text):
        yield Edit(*found.span("not"), "sparing")

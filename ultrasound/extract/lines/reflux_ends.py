"""Where reflux is no more: "the reflux resolves below the knee", "reflux, absent below the knee".

What is lost below a level is read as not seen there; what only stops below one is told of no level.
And levels that are spared: "GSV incompetence with SFJ sparing", "not involving the SFJ".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit, replace_groups

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


_READ_AS: Final = (
    (_LOST, {"lost": "is not seen "}),
    (_STOPPED, {"stops": ""}),
    (_LIMITED, {"limit": ", no reflux "}),
    (_ABSENT, {"absent": ", no reflux "}),
    (_SPARED, {"with": " sparing ", "sparing": ""}),
    (_UNINVOLVED, {"not": "sparing"}),
)


def find_reflux_ends(text: str) -> list[Edit]:
    """The words that say so."""
    return [e for pattern, words in _READ_AS for e in replace_groups(text, pattern, words)]

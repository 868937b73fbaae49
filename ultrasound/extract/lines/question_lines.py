"""Forms that ask and answer on the same line: "Is the SFJ competent?  No", "GSV size?  5.3 mm".

What is asked is read as a label with its answer. A single line that asks stays as it is: it may be
what the scan is wanted for.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_ASKED: Final = re.compile(
    r"^[ \t]*(?P<opens>(?:(?:is|are|was|were|any)\b(?:[ \t]+(?:there|the|any)\b)*"
    r"|which(?=[ \t]+(?:leg|limb|side)\b))[ \t]+)?(?P<asked>[^?:\n]+?)(?P<sign>[ \t]*\?)[ \t]+"
    r"(?P<answer>(?:yes|no|none|y|n|one|two|left|right|both|l|r"
    r"|-ve|\+ve|neg|negative|nil|absent|positive"
    r"|\d+(?:\.\d+)?[ ]?(?:mm|cm|ms|s|sec))\b[^?\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_SIDE: Final = re.compile(r"[ \t]+was[ \t]+(?=scanned|examined|imaged|studied)", re.IGNORECASE)
_LEAST: Final = 3  # lines that make a form
# several of one vein: "CFV: compressible? yes  thrombus? no"
_SERIES: Final = re.compile(
    r"^[^?\n]*[^\W\d_]\?[ ][^\s|][^?\n]*(?:\?[ ][^\s|][^?\n]*)+$", re.MULTILINE
)
_SIGN: Final = re.compile(r"(?<=[^\W\d_])\?(?=[ ]\S)")
_NAME: Final = re.compile(r"[^?\n:]*?[^\W_)]\)?(?P<sign>[ ]+[–-][ ]+|[ ]{2,})(?=[A-Za-z]+\?)")


def find_questions(text: str) -> list[Edit]:
    """The words that only ask, and the signs of the questions as those of labels."""
    if "?" not in text:
        return []
    edits: list[Edit] = []
    for line in _SERIES.finditer(text):
        name = _NAME.match(text, *line.span())
        if name:  # stands before its questions
            edits.append(Edit(*name.span("sign"), ": "))
        edits += [Edit(*sign.span(), ":") for sign in _SIGN.finditer(text, *line.span())]
    found = list(_ASKED.finditer(text))
    if len(found) < _LEAST:
        return edits
    for line in found:
        if line["opens"]:
            edits.append(Edit(*line.span("opens")))
        edits += [Edit(*was.span(), " ") for was in _SIDE.finditer(text, *line.span("asked"))]
        edits.append(Edit(*line.span("sign"), ":"))
    return edits

"""Lengths of a clot or of a stretch, which are no diameters: "into the CFV by 8 mm".

They are read in the words that tell a length: "8 mm into the CFV", "to 2 cm from the POPV",
"thrombus in the POPV of length 3.2 x 1.1 cm", "a patent segment, length 3 cm".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SIZE: Final = r"(?:about[ ]|approximately[ ]|up[ ]to[ ])?\d[\d.]*[ ]?(?:mm|cm)"
_BY: Final = re.compile(
    r"\b(?:exten|protru|projec|propagat|bulg)\w*[ ]"
    rf"(?P<all>(?P<into>into[ ][^.;:,\n\d]{{2,40}}?)[ ]by[ ](?P<size>{_SIZE}))\b",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    rf"\bto[ ](?P<within>within[ ]){_SIZE}[ ](?P<of>of)[ ](?:the[ ])?"
    r"(?![^.;,\n]{0,20}\b(?:SFJ|SPJ|junction|groin|confluence)\b)[^.;,\n]{0,20}\bvein\b",
    re.IGNORECASE,
)
_MEASURING: Final = re.compile(
    r"\b(?:thrombus|clot|thrombosis|DVT)\b(?P<between>[ ][^.;:,\n\d]{2,50}?),?[ ]"
    r"(?P<measuring>measuring|measures)[ ](?=\d[\d.]*[ ]?(?:cm\b|(?:mm[ ]?)?[x×][ ]?\d))"
    r"(?![^.;\n]{0,30}\b(?:diameter|calib))",
    re.IGNORECASE,
)
_WIDE: Final = re.compile(r"dilat|disten|enlarg|expand|diamet|calib|non-?comp", re.IGNORECASE)
_STRETCH: Final = re.compile(
    r"\b(?:remnant|(?:patent|open|residual|recanali[sz]ed|occluded|closed)[ ](?:segment|stretch))\b"
    r"[^.;:\n\d]{0,30}?(?P<gap>,?[ ])(?=[1-9]\d?(?:\.\d+)?[ ]?cm\b)"
    r"(?<!measuring )(?<!length )(?<!from )(?<!to )(?<!of )",
    re.IGNORECASE,
)


def find_clot_lengths(text: str) -> list[Edit]:
    """The words that tell such lengths, as those that name them."""
    edits = [
        Edit(*found.span("all"), f"{found['size']} {found['into']}") for found in _BY.finditer(text)
    ]
    for found in _WITHIN.finditer(text):
        edits += [Edit(*found.span("within"), ""), Edit(*found.span("of"), "from")]
    edits += [
        Edit(*found.span("measuring"), "of length")
        for found in _MEASURING.finditer(text)
        if not _WIDE.search(found["between"])
    ]
    edits += [Edit(*found.span("gap"), ", length ") for found in _STRETCH.finditer(text)]
    return sorted(edits, key=lambda edit: edit.start)

"""The corner of a table with veins side by side, whose rows begin with a leg and a measure.

As in "DEEP   CFV   FV   POP" over "R  comp  Y  Y  Y": the corner names no vein of the rows. It is
written as the label that it stands for, so that leg and measure stand under one.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_LABEL: Final = "Vein"
_NAME: Final = r"[A-Z]{2,5}(?:[ ](?:prox|mid|dist))?"
_ROW: Final = (
    r"[ ]*(?:R|L|Rt|Lt|RT|LT|Right|Left|RIGHT|LEFT)[ ]+"
    r"(?:comp|compr|compression|sec|s|ms|mm|cm|reflux|diam|diameter|size|thrombus)\b"
)
_HEADER: Final = re.compile(
    rf"^[ \t]*(?P<corner>(?:DEEP|SUPERFICIAL|Deep|Superficial)(?:[ ](?:veins?|VEINS?))?[ ]{{2,}})"
    rf"(?={_NAME}[ ]{{2,}}{_NAME}\b[^\n]*\n{_ROW})",
    re.MULTILINE,
)


def find_corner_cells(text: str) -> list[Edit]:
    """The corners, as labels of the same width."""
    return [
        Edit(*found.span("corner"), _LABEL.ljust(len(found["corner"])))
        for found in _HEADER.finditer(text)
    ]

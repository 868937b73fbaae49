"""What a bracket behind "no complications" lists is denied: "No complications (DVT, EHIT)".

It is read as "No DVT or EHIT".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_LISTED: Final = re.compile(
    r"\b(?P<lead>(?:no|without|free of)[ ](?P<noun>(?:\w+[ ])?(?:complications?|adverse events?)"
    r"[ ]\((?:e\.?g\.?,?[ ]|i\.?e\.?,?[ ]|such as[ ]|including[ ])?))"
    r"(?P<list>[A-Za-z][^()\n.:;\d]*)(?P<end>\))",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(r"[ ]*(?:,[ ]*(?:and|or)?|/|[ ]and|[ ]or)[ ]*")


def find_denied_brackets(text: str) -> list[Edit]:
    """The words that make a list of such a bracket a plain one."""
    edits: list[Edit] = []
    for found in _LISTED.finditer(text) if "(" in text else ():
        edits.append(Edit(*found.span("noun"), ""))
        start = found.start("list")
        joints = _JOINT.finditer(found["list"])
        edits += [Edit(start + joint.start(), start + joint.end(), " or ") for joint in joints]
        edits.append(Edit(*found.span("end"), ""))
    return edits

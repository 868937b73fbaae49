"""A finding on a line of its own at the end of a block of veins: "Thrombus   [ ] yes  [X] no".

Under the heading of a system it is of the system, and not of the vein on the line above it.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SYSTEM: Final = re.compile(
    r"[ \t]*(?P<system>deep|superficial)(?:[ ](?:veins?|system))?[ ]*:?", re.IGNORECASE
)
_FINDING: Final = re.compile(
    r"[ \t]*(?P<noun>thrombus|thrombosis|clot)\b(?=[ \t]*[:\[(☐☑☒□■])", re.IGNORECASE
)


def find_system_findings(text: str) -> list[Edit]:
    """The nouns of such lines, with their system."""
    edits: list[Edit] = []
    system, position = "", 0
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip()
        heading = _SYSTEM.fullmatch(line)
        found = _FINDING.match(line) if system else None
        if heading is not None:
            system = heading["system"].lower()
        elif not line:
            system = ""
        elif found is not None:
            edits.append(
                Edit(position + found.start("noun"), position + found.start("noun"), f"{system} ")
            )
        position += len(raw)
    return edits

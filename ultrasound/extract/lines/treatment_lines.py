"""Lines that tell of treatment below a line of normal values: "Treated veins: Left GSV, s/p EVLA".

They are set off by a blank line, so that they do not go on with the values.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_LINE: Final = re.compile(
    r"^[ \t]*(?:ref(?:erence)?(?: values)?|normal(?: values)?|criteria|abnormal)[ \t]*:[^\n]*\n"
    r"(?P<line>)[ \t]*(?:treated veins?|(?:prior|previous)(?: vein)?"
    r" (?:treatments?|procedures?|interventions?|surgery))[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def find_treatment_lines(text: str) -> list[Edit]:
    """Where such lines begin."""
    return [Edit(*found.span("line"), "\n") for found in _LINE.finditer(text)]

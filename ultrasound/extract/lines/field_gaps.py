"""Fields side by side with a number each: "Time: 1.3 s  Diameter: 4.2 mm  Depth: 14 mm".

A gap before the next name ends a field, so that no number is of the name behind it.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_GAP: Final = re.compile(
    r"(?<=[^\W\d_])[ ]?[:=][ ]*[<>~]?[ ]?\d[\d.,–-]*[ ]?[a-z]{1,7}(?P<gap>[ ]{2,})"
    r"(?=[A-Z][a-z]+(?:[ ][a-z]+){0,3}[:=][ ]*[<>~]?[ ]?\d)"
)


def find_field_gaps(text: str) -> list[Edit]:
    """The gaps between such fields."""
    return [Edit(*found.span("gap"), "; ") for found in _GAP.finditer(text)]

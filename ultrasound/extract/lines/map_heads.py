"""Heads of the parts of a map or of treated veins, as the heads of lists that they are.

"PERFORATOR MAP, LEFT LEG" heads perforators, "TREATED VEIN 2: left small saphenous" a vein.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_MAP: Final = re.compile(
    r"^[ \t]*(?P<name>perforators?[ ]map(?:ping)?)[ ]?[,:–-][ ]*(?P<side>(?:right|left|both)\b"
    r"(?:[ ](?:leg|limb|side)s?)?)(?P<gap>[ ]+(?=\([^()\n]*\)[ ]*$))?",
    re.IGNORECASE | re.MULTILINE,
)
_SITES: Final = re.compile(
    r"^(?=[ \t]*(?:(?:No\.?|Nr\.?|#|ID)[ ]{2,})?(?:Site|Location|Level|Position)[ ]{2,}[^\n]*"
    r"(?:diam|size|mm)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_TREATED: Final = re.compile(
    r"^[ \t]*(?P<label>(?:un)?treated[ ]veins?(?:[ ]\d)?[ ]*:[ ]*)"
    r"(?=(?:right|left|rt|lt|[rl])[ ][^\n:,;.]{2,40}$)",
    re.IGNORECASE | re.MULTILINE,
)


def find_map_heads(text: str) -> list[Edit]:
    """The names of maps, and the labels before the veins of a list."""
    edits = [Edit(*found.span("label")) for found in _TREATED.finditer(text)]
    for found in _MAP.finditer(text):
        edits.append(Edit(*found.span("name"), "Perforators"))
        if found["gap"] is not None:
            edits.append(Edit(*found.span("gap"), "\n"))
        table = _SITES.search(text, found.end())
        if table is not None:  # behind other lines: "Clinical: healed ulcer"
            edits.append(Edit(table.start(), table.start(), f"Perforators, {found['side']}\n"))
    return edits

"""Records of a form that name the leg and the vein in fields: "Limb: right", "Vein: CFV".

Both stand on one line without their names, over the fields that are found of them.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_RECORD: Final = re.compile(
    r"^[ \t]*(?P<first>(?:side|leg|limb)[ \t]*[:=][ \t]*)(?:right|left|rt|lt|r|l)"
    r"(?P<second>[ \t]*\r?\n[ \t]*(?:vein|vessel|segment|site)[ \t]*[:=][ \t]*)(?P<vein>[^\n:=]+?)"
    r"(?:(?P<third>[ \t]*\r?\n[ \t]*(?:segment|level|site|location)[ \t]*[:=][ \t]*)[^\n:=]+?)?"
    r"(?=[ \t]*\r?$)(?P<note>\s*\n[ \t]*(?:findings?|comments?|notes?)[ \t]*[:=][ \t]*)?",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST: Final = 2  # records of a report


def find_field_records(text: str) -> list[Edit]:
    """The names of such fields, and the ends of their lines."""
    found = list(_RECORD.finditer(text))
    if len(found) < _FEWEST:
        return []
    edits: list[Edit] = []
    for record in found:
        edits.append(Edit(*record.span("first")))
        edits += [Edit(*record.span(n), " ") for n in ("second", "third") if record[n]]
        if record["note"]:
            edits.append(Edit(*record.span("note"), ": "))
    return edits

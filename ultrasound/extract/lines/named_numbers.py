"""Names and signs that only the unit beside them tells: "PRV 28 cm/s" is of no peroneal vein.

"Wall 1 mm" is a thickness and no diameter, "reflux 2s+" is at least 2 s. In "Diameter (reflux): SFJ
9.1 mm (3.2 s)" the bracket names the times behind it, and finds nothing. The unit of "size in mm
at SFJ, knee: 9.1, 5.5" stands behind its numbers, and "Diam (mm) / RT (s):" on a line of its own.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_VELOCITY: Final = re.compile(rf"\bPRV(?=[ ]?[:=]?[ ]?(?:of[ ])?{_NUMBER}[ ]?cm/s)")
_WALL: Final = re.compile(
    rf"\b(?:(?P<wall>wall)(?=[ ]?[:=]?[ ]?{_NUMBER}[ ]?mm)"
    rf"|thick[ -]walled[ ][(](?P<size>)(?={_NUMBER}[ ]?mm[)]))",
    re.IGNORECASE,
)
_PLUS: Final = re.compile(
    rf"(?:(?<=\d)(?P<time>[ ]?(?:s|secs?|seconds|ms|msecs?))"
    rf"|(?:diameter|measures|measuring|size|calib\w+)[ ]{_NUMBER}(?P<length>[ ]?(?:mm|cm)))"
    r"(?P<plus>\+)(?=[,.;)\s]|$)",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(
    r"(?:^|(?<=[.;:]\s))(?:diameters?|diam|size|calib\w+)(?:[ ]\(?mm\)?)?"
    r"(?P<bracket>[ ][(](?:reflux(?:[ ](?:time|duration))?s?|RT)[)])(?=:"
    rf"[^\n]*?\d[ ]?[mc]m[ ][(][<>~]?[ ]?{_NUMBER}[ ]?(?:ms|s|sec))",
    re.IGNORECASE | re.MULTILINE,
)
_AHEAD: Final = re.compile(
    r"\b(?:diameters?|sizes?|depths?|reflux(?:[ ]times?)?|RT)(?P<ahead>[ ](?:in[ ])?\(?"
    r"(?P<unit>mm|cm|s|secs?|ms|msecs?)\)?)(?=[ ](?:at|of|for)[ ][^:\n\d]{5,100}:[ ]?"
    rf"(?P<numbers>{_NUMBER}(?:[ ]?[,;/][ ]?{_NUMBER})+)(?![ ]?(?:\d|[a-z/])))",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(
    r"^(?:diam\w*|size)[ ]?\((?:mm|cm)\)[ ]?/[ ]?(?:RT|reflux(?:[ ]time)?)[ ]?\((?:s|secs?|ms)\)"
    rf"(?P<colon>:[ ]?)(?=[^\n]*[ ]{_NUMBER}/{_NUMBER})",
    re.IGNORECASE | re.MULTILINE,
)


def find_named_numbers(text: str) -> list[Edit]:
    """Such names and signs, as those that are known."""
    edits = [Edit(*found.span(), "PRV velocity") for found in _VELOCITY.finditer(text)]
    for found in _WALL.finditer(text):
        name = "wall thickness" if found["wall"] else "wall thickness "
        edits.append(Edit(*found.span("wall" if found["wall"] else "size"), name))
    for found in _PLUS.finditer(text):
        unit = "time" if found["time"] else "length"
        edits.append(Edit(found.start(unit), found.end(), f"+ {found[unit].strip()}"))
    edits += [Edit(*found.span("bracket")) for found in _BRACKET.finditer(text)]
    for found in _AHEAD.finditer(text):
        end = found.end("numbers")
        edits += [Edit(*found.span("ahead")), Edit(end, end, f" {found['unit']}")]
    edits += [Edit(*found.span("colon"), "\n") for found in _HEADED.finditer(text)]
    return sorted(edits, key=lambda edit: edit.start)

"""Lines below a list that say what its numbers are: "(diameters in mm)", "mm / s".

Such a line is read over its list, as others are: "Diameters (mm)", "Diameter (mm) / reflux (s)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import UNIT

_UNIT: Final = rf"(?P<unit>{UNIT})"
_NOTE: Final = re.compile(r"[ \t]*\(?(?P<note>[A-Za-z][A-Za-z ,;/()]*?)\)?[ \t.]*")
_PART: Final = re.compile(
    r"(?:(?:all|the|first|second|then|1st|2nd)[ ])*(?:(?:column|number|value)[ ](?:is[ ])?)?"
    r"(?P<name>(?:vein[ ])?(?:diameters?|diams?|sizes?|calib(?:re|er)s?"
    r"|reflux(?:[ ]times?)?|times?|RTs?))?"
    rf"[ ]?(?:are[ ])?(?:in[ ])?\(?{_UNIT}\)?",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(r"(?:vein|segment|site|level)s?", re.IGNORECASE)
_JOINT: Final = re.compile(r"[ ]*[,;/][ ]*|[ ]+and[ ]+")
_LENGTHS: Final = ("mm", "cm")
_SHORT: Final = {"seconds": "s", "secs": "s", "sec": "s", "msec": "ms"}
_DECLARES: Final = re.compile(rf"\b(?:{UNIT})\b", re.IGNORECASE)
_BARE: Final = re.compile(r"(?:mm|cm)[ ]?[/,][ ]?(?:ms|s|secs?)")
_FEWEST: Final = 2  # rows
_LONGEST: Final = 70  # characters of such a line

Line = tuple[int, int]


def find_closing_units(text: str) -> list[Edit]:
    """Each such line as one over its list, where nothing stands straight below it."""
    lines, edits = list[Line](), list[Edit]()
    end = 0
    written = text.split("\n")
    for number, line in enumerate(written):
        start, end = end, end + len(line) + 1
        closes = not "".join(written[number + 1 : number + 2]).strip()
        if (
            closes
            and (declared := _declare(line.rstrip()))
            and (top := _find_top(text, lines)) is not None
        ):
            edits += [Edit(top, top, f"{declared}\n"), Edit(start, start + len(line))]
        lines.append((start, start + len(line.rstrip())))
    return edits


def _declare(line: str) -> str | None:
    """What a line declares, in the form in which it stands over a list."""
    note = _NOTE.fullmatch(line) if len(line) <= _LONGEST else None
    if note is None or not (line.strip().startswith("(") or _BARE.fullmatch(line.strip())):
        return None  # "Reflux (s)" heads what stands below it
    parts = [part for part in _JOINT.split(note["note"]) if part]
    placed = bool(parts) and _PLACE.fullmatch(parts[0]) is not None
    told = [_PART.fullmatch(part) for part in parts[placed:]]
    if not told or any(part is None for part in told):
        return None
    named = [_name(part["name"] or "", part["unit"].lower()) for part in told if part]
    if None in named or len(set(named)) < len(named):
        return None
    bare = all(part and not part["name"] for part in told)
    if bare and len(told) == 1:
        return None  # "mm" alone
    names = [name for name in named if name]
    if len(names) == 1:
        return names[0]
    return " / ".join(names) if "/" in note["note"] else f"{', '.join(names)}:"


def _name(name: str, unit: str) -> str | None:
    """A measure with its unit, None where they do not go together."""
    length, timed = unit in _LENGTHS, re.search(r"reflux|time|rt", name, re.IGNORECASE)
    if name and length == bool(timed):
        return None
    return f"Diameter ({unit})" if length else f"Reflux ({_SHORT.get(unit, unit)})"


def _find_top(text: str, above: Sequence[Line]) -> int | None:
    """Where the list above begins: its rows have numbers, and a header over them may have none."""
    rows, top = 0, None
    for start, end in reversed(above):
        line = text[start:end]
        if start == end or _DECLARES.search(line):
            break
        if not any(sign.isdigit() for sign in line):
            legs = [word.strip(":").lower() for word in line.split()]
            headed = bool(rows) and set(legs) <= {"r", "l", "right", "left", "rt", "lt", "vein"}
            top = start if headed else top
            break
        rows, top = rows + 1, start
    return top if rows >= _FEWEST else None

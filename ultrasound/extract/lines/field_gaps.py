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
# an answer with its time beside it: "Reflux: yes  Duration: 1.4 s"
_TIMED: Final = re.compile(
    r"\breflux[ ]?[:?][ ]*(?:yes|no|present|absent)(?P<gap>[ ]{2,})"
    r"(?=(?:reflux )?(?:duration|time)\b)",
    re.IGNORECASE,
)
# a time behind the size of a branch: "mid calf, 3,8mm; 0,65s"
_BEHIND: Final = re.compile(
    r"(?<=[mM]m|cm)(?P<gap>[ ]?;[ ])"
    r"(?=[<>~]?\d+(?:[.,]\d+)?[ ]?(?:ms|msecs?|s|secs?|seconds)[ \t]*\r?$)",
    re.MULTILINE,
)
_SIZED: Final = re.compile(  # "6.5mm  depth 23mm"
    r"\d[ ]?[cm]m(?P<gap>[ ]{2,})(?=(?:skin )?depth[ ]\d)", re.IGNORECASE
)
# a place straight behind a field: "RT: 2500ms Knee 5.1 mm RT: 1800ms"
_PLACED: Final = re.compile(
    r"(?<=[^\W\d_])[ ]?:[ ]*[<>~]?[ ]?\d[\d.,]*[ ]?(?i:ms|msecs?|s|secs?|seconds|mm|cm)(?P<gap>[ ])"
    r"(?=[A-Z](?!(?i:eflux|iam|ize|epth|ime|t\b|ur|el|alib|ax|eak|idth))"
    r"[A-Za-z]*(?:[ ][A-Za-z]+){0,4}:?[ ][<>~]?\d[\d.,]*[ ]?(?:ms|s|mm|cm)\b[^\n]*:[ ]*\d)"
)


def find_field_gaps(text: str) -> list[Edit]:
    """The gaps between such fields."""
    edits = [Edit(*f.span("gap"), "; ") for p in (_GAP, _TIMED, _PLACED) for f in p.finditer(text)]
    edits += [Edit(*f.span("gap"), ", ") for p in (_BEHIND, _SIZED) for f in p.finditer(text)]
    return sorted(edits, key=lambda edit: edit.start)

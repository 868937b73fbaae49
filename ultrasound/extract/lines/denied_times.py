"""Fields of a reflux time that are answered by a denial: "Reflux (s): no", "RT (ms): neg".

No time stands there, so that the field is read as one of reflux.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_FIELD: Final = re.compile(
    r"\breflux(?P<time>(?:[ ](?:time|duration))?(?:[ ]?\((?:s|secs?|seconds|ms|msecs?)\))?)"
    r"[ \t]*[:=][ \t]*(?:no|n|neg|negative)(?=[ \t]*(?:[;,|\r\n]|\Z))",
    re.IGNORECASE,
)
_EQUAL: Final = re.compile(
    r"\breflux(?P<sign>[ ]=[ ])(?=(?:none|nil|no|neg|negative|absent|yes|present)[ \t]*[;,|\r\n])",
    re.IGNORECASE,
)


def find_denied_times(text: str) -> list[Edit]:
    """The words for a time, and its unit, in such fields; signs of equality before a denial."""
    edits = [Edit(*field.span("time")) for field in _FIELD.finditer(text) if field["time"]]
    edits += [Edit(*field.span("sign"), ": ") for field in _EQUAL.finditer(text)]
    return sorted(edits, key=lambda edit: edit.start)

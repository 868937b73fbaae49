"""Questions of a form that nobody answered: "SFJ reflux   R: Y / N   L: Y / N" is a blank.

Two options with nothing chosen stand where an answer would. Behind names that a slash joins they
are the answers of each: "SFJ/SPJ reflux: Y/N".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SIDE: Final = r"(?:R|L|Rt|Lt|RT|LT|Right|Left)"
_CHOICE: Final = r"(?:Y[ ]?/[ ]?N|Yes[ ]?/[ ]?No|No[ ]?/[ ]?Yes|N[ ]?/[ ]?Y)\b"
_LINE: Final = re.compile(
    rf"^[ \t]*(?P<asked>[A-Za-z][^\n:/|?]*?)(?P<options>(?:[ \t]*[:?][ \t]*|[ \t]{{2,}})"
    rf"(?:{_SIDE}\b[ :]*)?{_CHOICE}(?:[ ;,]+{_SIDE}\b[ :]*{_CHOICE})?)(?=[ \t]*\r?$)",
    re.MULTILINE | re.IGNORECASE,
)


def find_unanswered(text: str) -> list[Edit]:
    """Such options behind what they ask for, as a blank."""
    return [Edit(*line.span("options"), ": ___") for line in _LINE.finditer(text)]

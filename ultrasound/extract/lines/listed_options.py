"""Lists of options with the one that was chosen behind them: "Reflux: Yes / No: Yes".

The list is left out, so that the answer stands behind its question; with nothing chosen the
question is a blank.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_OPTION: Final = r"[A-Za-z][\w-]*(?:[ ][\w-]+){0,2}"
_LIST: Final = re.compile(
    rf"(?<=[:?])[ \t]*(?P<list>{_OPTION}(?:[ ]?/[ ]?{_OPTION})+)[ ]?:[ \t]*"
    rf"(?P<chosen>{_OPTION}|_+|(?=[ \t]*(?:[;|]|\r?$)))",
    re.MULTILINE,
)
_BLANK: Final = "___"


def find_listed_options(text: str) -> list[Edit]:
    """The lists, and blanks for what was not chosen."""
    edits: list[Edit] = []
    for found in _LIST.finditer(text):
        options = [option.strip().lower() for option in found["list"].split("/")]
        chosen = found["chosen"].strip("_").lower()
        named = [option for option in options if chosen and _opens(chosen, option)]
        if named or not chosen:
            edits.append(Edit(found.start("list"), found.start("chosen")))
        if not found["chosen"]:
            edits.append(Edit(found.start("chosen"), found.start("chosen"), _BLANK))
    return edits


def _opens(chosen: str, option: str) -> bool:
    return chosen == option or chosen.startswith(f"{option} ")

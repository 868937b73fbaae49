"""Two boxes of which one says reflux and the other none: "☑ Reflux ☐ No reflux  Time: 1.5 s"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_TICKED: Final = r"(?:[☑☒✓✔]|\[[ ]?[xX][ ]?\]|\([ ]?[xX][ ]?\))[ ]?"
_EMPTY: Final = r"(?:[☐□]|\[[ ]*\]|\([ ]*\))[ ]?"
_YES: Final = re.compile(
    rf"{_TICKED}Reflux[ ]+{_EMPTY}No reflux(?=[ ]{{2,}}(?:Duration|Time)|[ \t]*\r?$)",
    re.IGNORECASE | re.MULTILINE,
)
_NO: Final = re.compile(
    rf"{_EMPTY}Reflux[ ]+{_TICKED}No reflux(?=[ ]{{2,}}(?:Duration|Time)|[ \t]*\r?$)",
    re.IGNORECASE | re.MULTILINE,
)


def find_reflux_boxes(text: str) -> list[Edit]:
    """Such boxes as a field with its answer."""
    edits = [Edit(*found.span(), "Reflux: yes") for found in _YES.finditer(text)]
    edits += [Edit(*found.span(), "Reflux: no") for found in _NO.finditer(text)]
    return sorted(edits, key=lambda edit: edit.start)

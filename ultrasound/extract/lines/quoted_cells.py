"""Rows of an export whose cells are quoted, as those with decimal commas are: "GSV","9,4"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_ROW: Final = re.compile(r'^[ \t]*"[^"\n]*"(?:[,;\t]"[^"\n]*"){2,}[ \t]*$', re.MULTILINE)
_BETWEEN: Final = re.compile(r'"[,;\t]"')
_FEWEST: Final = 2  # rows: one alone may be quoted speech


def find_quoted(text: str) -> list[Edit]:
    """The quotes of such rows, and bars for what parts their cells."""
    rows = list(_ROW.finditer(text))
    if len(rows) < _FEWEST:
        return []
    edits: list[Edit] = []
    for row in rows:
        first, last = text.index('"', row.start()), text.rindex('"', row.start(), row.end())
        edits += [Edit(first, first + 1), Edit(last, last + 1)]
        edits += [Edit(*at.span(), "|") for at in _BETWEEN.finditer(text, first, last)]
    return edits

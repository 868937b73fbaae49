"""The column that counts the rows of a table, headed by a word that else denies: "no | vein"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_BORDER: Final = r"[ \t]*(?:[|;,\t]|[ ]{2})"
_COUNT: Final = re.compile(
    # the header, a ruler under it or a leg or none, and the first row, which counts from one
    rf"^[ \t|\"]*(?P<head>no)\"?(?={_BORDER}[^\n]*\n(?:[^\n\d]*\n){{0,2}}[ \t|\"]*0*1\"?{_BORDER})",
    re.MULTILINE | re.IGNORECASE,
)


def find_row_counts(text: str) -> list[Edit]:
    """The heads of the numbers of rows, each read as the sign for a number, and as wide."""
    return [Edit(*found.span("head"), "# ") for found in _COUNT.finditer(text)]

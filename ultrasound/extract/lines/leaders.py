"""Fields whose name and answer a dotted leader parts: read as a label with its answer.

As in "POP compressibility ........ Partial". A line with more leaders, or with gaps, is a row of
columns, and a place before a leader is read as the label of one.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.knowledge.schema_text import TextKnowledge

_FIELD: Final = re.compile(
    r"^[ \t]*[A-Za-z][^.:\n]*?(?<![A-Za-z])(?P<last>[A-Za-z]+)(?P<leader>[ \t]*\.{4,}[ \t]*)"
    r"(?![ \t.])(?!.*(?:\.{4}|(?:\t|  )[ \t]*\S))\S.*$",
    re.MULTILINE,
)
_UNTOLD: Final = "comment"


class LeaderReader:
    """Finds the leaders of fields whose names end with what they ask for."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        named = (c for c in knowledge.columns.column if c.property != _UNTOLD)
        self._asked = {term.lower().split()[-1] for column in named for term in column.terms}

    def find_edits(self, text: str) -> list[Edit]:
        """The leaders of such fields, as the signs of labels."""
        if "...." not in text:
            return []
        fields = [f for f in _FIELD.finditer(text) if f["last"].lower() in self._asked]
        return [Edit(*field.span("leader"), ": ") for field in fields]

"""Cells that count branches: "2 incompetent" beside "none", which is no time of two seconds.

The number is left out, and blanks keep the columns where they are.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_STATED: Final = ("reflux", "present")


class CountedCellReader:
    """Finds such cells by the words for what is wrong with a vein's valves."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        rows = [r for r in knowledge.findings.finding if (r.property, r.value) == _STATED]
        told = [t for row in rows if row.kind == "word" for t in row.terms]
        states = any_of(term for term in told if term.isalpha())
        self._cell = re.compile(
            rf"(?:(?<=[ ]{{2}})|(?<=\t)|(?<=\|)|(?<=\|[ ]))(?P<count>[1-9][ ])(?:{states})"
            r"(?=[ ]*(?:[ ]{2}|\t|\||\r?$))",
            re.IGNORECASE | re.MULTILINE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The numbers of such cells as blanks."""
        return [Edit(*cell.span("count"), "  ") for cell in self._cell.finditer(text)]

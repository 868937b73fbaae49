"""Headings of lists without a colon, read with one: "GSV depth" over "Mid thigh: 1.4 cm".

Without it the lengths below would be taken for sizes, and "Deep, reflux" over rows for a finding.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_SYSTEM: Final = re.compile(  # over rows with leaders
    r"^[ \t]*(?:deep(?:[ ](?:veins?|system))?|superficial(?:[ ]veins?)?)(?P<joint>,?[ ])reflux"
    r"(?P<end>[ \t]*)\r?\n(?=[ \t]*[A-Za-z][^\n]*?\.{3,})",
    re.IGNORECASE | re.MULTILINE,
)


class OpenHeadReader:
    """Finds such headings by the names of the column of depths, and of systems over reflux."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        columns = (row for row in knowledge.columns.column if row.property == "depth")
        names = any_of(term for column in columns for term in column.terms)
        self._depth = re.compile(
            rf"^[ \t]*(?P<place>(?:[a-z]+[ ]){{0,4}})(?:{names})(?P<end>[ \t]*)\r?\n(?=[^\n]*\d)",
            re.IGNORECASE | re.MULTILINE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The colons behind such headings."""
        depths = (
            head
            for head in self._depth.finditer(text)
            if not head["place"] or self._words.is_place(head["place"])
        )
        systems = list(_SYSTEM.finditer(text))
        commas = [Edit(*head.span("joint"), " ") for head in systems]
        return [*commas, *(Edit(*head.span("end"), ":") for head in (*systems, *depths))]

"""A line about the leg that was not examined: "Contralateral leg: not scanned".

Its sign is left out, so that the words are read as a sentence of that leg and head nothing.
"""

from __future__ import annotations

import re

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.knowledge.schema_text import TextKnowledge


class OtherLegReader:
    """Finds the sign between the other leg and what is said of it on the same line."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        names = any_of(leg_terms(knowledge, "other"))
        self._label = re.compile(
            rf"^[ \t]*(?:\d{{1,2}}[.)][ \t]+)?(?:{names})"
            r"(?P<sign>[ \t]*(?::|\.{3,}))(?=[ \t]*\S)",
            re.IGNORECASE | re.MULTILINE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The signs to leave out."""
        return [Edit(*found.span("sign"), " ") for found in self._label.finditer(text)]

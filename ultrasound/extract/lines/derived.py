"""Words in brackets behind a value that say how it was derived: "0.65 cm (mean)"."""

from __future__ import annotations

import re

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge


class DerivedReader:
    """Finds such brackets; the value stands for itself without them."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        words = {t for cue in knowledge.cues.cue if cue.kind == "derivation" for t in cue.terms}
        units = {term for unit in knowledge.units.unit for term in unit.terms}
        self._bracket = re.compile(
            rf"(?<=\d)[ ]?(?:(?:{any_of(units)})[ ]?)?(?P<bracket>[(\[](?:{any_of(words)})[)\]])",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The brackets."""
        return [Edit(*found.span("bracket")) for found in self._bracket.finditer(text)]

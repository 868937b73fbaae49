"""Sections that open inside of a line: "Indication: swelling. Findings: … Impression: no DVT".

Behind an indication, a history or the like a leg does too: "Hx: swelling. Right leg: …".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_SILENT: Final = ("indication", "history", "technique", "comparison")
_BLANK: Final = r"[ \t]+"
_GAP: Final = r"(?<=[\w)%?][.;?])(?P<gap>[ \t]+)"  # behind a full stop


class InlineHeadReader:
    """Finds the headings behind a full stop in a line."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        sections = knowledge.sections
        inside = any_of((t for row in sections.inline for t in row.terms), blank=_BLANK)
        silent = [t for row in sections.section if row.section in _SILENT for t in row.terms]
        legs = any_of(leg_terms(knowledge, "right", "left", exact=False), blank=_BLANK)
        self._inside = re.compile(rf"{_GAP}(?:{inside})[ \t]*:", re.IGNORECASE)
        self._silent = re.compile(
            rf"[ \t]*(?:{any_of(silent, blank=_BLANK)})[ \t]*:", re.IGNORECASE
        )
        self._leg = re.compile(rf"{_GAP}(?:{legs})[ \t]*:", re.IGNORECASE)

    def find_edits(self, text: str) -> list[Edit]:
        """The blanks before such headings, as the ends of lines."""
        edits: list[Edit] = []
        position = 0
        for line in text.splitlines(keepends=True):
            if ":" in line:
                edits += self._read_line(line, position)
            position += len(line)
        return edits

    def _read_line(self, line: str, at: int) -> list[Edit]:
        found = [m for m in self._inside.finditer(line) if line[m.end("gap")].isupper()]
        if self._silent.match(line):
            found += self._leg.finditer(line, 0, found[0].start() if found else len(line))
        return [Edit(at + m.start("gap"), at + m.end("gap"), "\n") for m in found]

"""Words that a dictation takes back at once: "left, no, scratch that, right", "5.9 correction 6.0".

What is taken back reaches from the last word of the kind with which the words behind begin: a side
for a side, a number for a number, a vein for a vein. Where none stands before, nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_LEAD: Final = r"[ \t,;–-]{0,4}\n?[ \t]{0,4}\b(?:no[, ]+|oh[, ]+|okay[, ]+|wait[, ]+)?"
_SKIPPED: Final = re.compile(
    r"(?:(?:the|a|an|on|in|at|of|is|it|it's|that|to|should|be)\s+)*", re.IGNORECASE
)
_BREAK: Final = re.compile(r"[.!?]\s|\n(?=\s*\n|[^a-z])")
_REACH: Final = 90  # characters back to what is taken back
_NUMBER: Final = (
    r"\d+(?:\.\d+)?|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_KINDS: Final = (
    r"\b(?:left|right|bilateral|both)\b",
    _NUMBER,
    r"\b(?:proximal|mid|middle|distal|upper|lower)\b",
    r"\b(?:medial|lateral|anterior|posterior)\b",
    r"\b(?:thigh|calf|knee|ankle|groin)\b",
    r"\b(?:in|non)?(?:-| )?(?:competent|refluxing|compressible|patent|occluded)\b|\bno reflux\b",
)


class TakenBackReader:
    """Finds what the speaker took back."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        terms = {term for row in knowledge.veins.vein for term in row.terms if len(term) > 1}
        side, number, *rest = _KINDS
        kinds = (side, number, rf"\b(?:{any_of(terms)})s?\b", *rest)
        self._cues = knowledge.dictation.taken_back.terms
        self._cue = re.compile(rf"{_LEAD}(?:{any_of(self._cues)})\b[,;:]?\s+", re.IGNORECASE)
        self._kinds = [re.compile(kind, re.IGNORECASE) for kind in kinds]

    def find_edits(self, text: str) -> list[Edit]:
        """The words taken back, with those that say so."""
        lower = text.lower()
        return list(self._find(text)) if any(cue in lower for cue in self._cues) else []

    def _find(self, text: str) -> Iterator[Edit]:
        for cue in self._cue.finditer(text):
            skipped = _SKIPPED.match(text, cue.end())
            at = skipped.end() if skipped else cue.end()
            kind = next((kind for kind in self._kinds if kind.match(text, at)), None)
            if kind is None:
                continue
            low = max(0, cue.start() - _REACH)
            breaks = [m.end() for m in _BREAK.finditer(text, low, cue.start())]
            before = [*kind.finditer(text, max([low, *breaks]), cue.start())]
            if before:
                yield Edit(before[-1].start(), at)

"""A number set off between what is measured and where: "longest reflux, 3.2 s, was at the knee".

The signs about it are left out, so that number and place stand in one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_SET_OFF: Final = re.compile(
    r"(?P<opens>(?:,\s+|(?<!\s)\s+\()(?:of )?)\d[\d.,]*\s?[a-z/]+(?P<closes>,|\))"
    r"(?=\s+(?:is|was|were|occurs|occurred)\b(?:\s+[a-z]+)?\s+(?:at|in|below|above)\b)",
    re.IGNORECASE,
)
_LONGEST: Final = 30  # letters of a word
_WORD: Final = re.compile(r"[a-z]+$", re.IGNORECASE)


class AppositionReader:
    """Finds the signs about such numbers."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        named = [row for row in knowledge.findings.finding if row.kind in ("noun", "label")]
        self._nouns = frozenset(fold_term(term)[-1] for row in named for term in row.terms)

    def find_edits(self, text: str) -> list[Edit]:
        """The signs to leave out."""
        return [edit for found in _SET_OFF.finditer(text) for edit in self._join(found)]

    def _join(self, found: re.Match[str]) -> Iterator[Edit]:
        noun = _WORD.search(found.string, max(0, found.start() - _LONGEST), found.start())
        if noun is not None and fold_term(noun[0])[-1] in self._nouns:
            yield Edit(*found.span("opens"), " of ")
            yield Edit(*found.span("closes"))

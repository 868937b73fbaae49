"""A denial that is written as a part of its word: "non-thrombosed", "non-varicose" are "not …"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.knowledge.schema_text import TextKnowledge

_PREFIX: Final = re.compile(r"\bnon-(?=(?P<word>[a-z]+)\b)", re.IGNORECASE)


class PrefixReader:
    """Finds such prefixes of findings that have no entry of their own with them."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        rows = knowledge.findings.finding
        terms = {term.lower() for row in rows for term in row.terms}
        self._found = frozenset(term for term in terms if term.isalpha())
        coded = {term.lower() for code in knowledge.columns.code for term in code.terms}
        firsts = {
            term.replace("-", " ").split()[1] for term in terms | coded if term.startswith("non-")
        }
        self._own = frozenset(firsts)

    def find_edits(self, text: str) -> list[Edit]:
        """The prefixes, as a word of denial."""
        return [
            Edit(*prefix.span(), "not ")
            for prefix in _PREFIX.finditer(text)
            if (word := prefix["word"].lower()) in self._found and word not in self._own
        ]

"""A second name of a vein amid the first: "POSTERIOR ACCESSORY (POSTERIOR ARCH) VEIN".

The bracket is left out where the tables know both as names of one vein.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_NAMED: Final = re.compile(
    r"(?P<first>[a-z][a-z ]{2,40}?)(?P<bracket>[ ]\((?P<second>[a-z][a-z' ]{2,40})\))"
    r"(?=[ ](?P<noun>veins?)\b)",
    re.IGNORECASE,
)


class SecondNameReader:
    """Finds such brackets by the names of veins."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._codes = {
            tuple(fold_term(term)): row.code for row in knowledge.veins.vein for term in row.terms
        }

    def find_edits(self, text: str) -> list[Edit]:
        """The brackets to leave out."""
        if "(" not in text:
            return []
        return [Edit(*m.span("bracket")) for m in _NAMED.finditer(text) if self._is_one(m)]

    def _is_one(self, named: re.Match[str]) -> bool:
        """Whether both names, each with the noun behind the bracket or without it, are of one."""
        words, noun = fold_term(named["first"]), fold_term(named["noun"])
        firsts = {self._code((*words[at:], *noun)) for at in range(len(words))} - {None}
        second = self._code((*fold_term(named["second"]), *noun))
        return second is not None and firsts == {second}

    def _code(self, words: tuple[str, ...]) -> str | None:
        return self._codes.get(words) or self._codes.get(words[:-1])

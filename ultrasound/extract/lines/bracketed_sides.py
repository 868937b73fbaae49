"""How far a finding reaches in each leg, in a bracket: "GSV reflux (R: SFJ to knee, L: none)".

The signs between leg and answer are left out, so that finding and answers are read as one list. A
bracket that ends its sentence is read as what a colon opens where it can deny what stands before
it, as in "GSV incompetent (R: competent, L: thigh)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_REACH: Final = re.compile(r"\b(?:to|only|thigh|calf|whole|throughout)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.;\n]")
_ENDS: Final = re.compile(r"[ \t]*(?:[.;\n]|$)")


class BracketedSideReader:
    """Finds brackets behind a finding that tell both legs, one by its reach, with no numbers."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        names = any_of(leg_terms(knowledge, "right", "left"))
        side = rf"(?:{names})(?P<{{}}>[ \t]*:)(?P<{{}}>[^():;,\d\n]+)"
        self._bracket = re.compile(
            rf"(?P<opens>[ \t:]*\(){side.format('one', 'first')}"
            rf"(?P<joint>[,;])\s*{side.format('two', 'second')}(?P<closes>\))",
            re.IGNORECASE,
        )
        told = [row for row in knowledge.findings.finding if row.kind != "noun"]
        self._said = {" ".join(fold_term(term)) for row in told for term in row.terms}

    def find_edits(self, text: str) -> list[Edit]:
        """The signs of such brackets, as those of a list."""
        return list(self._edit(text)) if "(" in text else []

    def _edit(self, text: str) -> Iterator[Edit]:
        for found in self._bracket.finditer(text):
            if not _REACH.search(found["first"] + found["second"]):
                continue
            ended = _ENDS.match(text, found.end()) is not None
            before = _SENTENCE.split(text[: found.start()])[-1]
            stated = not self._said.isdisjoint(fold_term(before))
            listed = ended and (stated or not _REACH.search(found["first"]))
            if listed:
                yield Edit(*found.span("opens"), ": ")
                yield Edit(*found.span("closes"))
            yield Edit(*found.span("one"), " ")
            yield Edit(*found.span("joint"), ";" if listed else ",")
            yield Edit(*found.span("two"), " ")

"""Values with their legs in brackets behind them: "SFJ none (R), 3.6 s (L)".

The brackets are left out, so that each leg closes the value before it, and opens none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.clauses.questions import REPLIES
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_VALUE: Final = r"[^():;,\n]+?"  # of one leg


class SidedValueReader:
    """Finds the brackets around one leg and then the other, with one value before each."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        right, left = (any_of(leg_terms(knowledge, side)) for side in ("right", "left"))
        found = {fold_term(t)[0] for row in knowledge.findings.finding for t in row.terms}
        self._begins = frozenset({*found, *REPLIES, "no", "not"})
        self._pairs = [self._pattern(one, two) for one, two in ((right, left), (left, right))]

    @staticmethod
    def _pattern(one: str, two: str) -> re.Pattern[str]:
        return re.compile(
            rf"(?<=[^\s:;,(])(?P<open>[ \t]*\()(?:{one})(?P<close>\))[ \t]*,"
            rf"(?P<second>{_VALUE})(?P<opens>[ \t]*\()(?:{two})(?P<closes>\))",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The brackets."""
        return list(self._edit(text)) if "(" in text else []

    def _is_value(self, words: str) -> bool:
        """Whether a value begins there, and no other vein: "none (R), Cockett incompetent (L)"."""
        first = words.split()[:1]
        return bool(first) and (first[0][0].isdigit() or fold_term(first[0])[0] in self._begins)

    def _edit(self, text: str) -> Iterator[Edit]:
        for pattern in self._pairs:
            for found in pattern.finditer(text):
                if not self._is_value(found["second"]):
                    continue
                yield Edit(*found.span("open"), " ")
                yield Edit(*found.span("close"))
                yield Edit(*found.span("opens"), " ")
                yield Edit(*found.span("closes"))

"""The other leg with the same findings, in speech without stops: "… competent left leg same the …".

A stop is put before it, and behind it where a new word goes on, so that it is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_SAME: Final = ("same", "identical", "ditto")
_NOUNS: Final = r"(?:deep |superficial )?(?:findings?|appearances?|results?)"
# behind "same" these compare, name what is the same, or set an exception
_ON: Final = rf"as|like|veins?|in|on|for|with|but|except|and|apart|though|{_NOUNS}"


class SameSideReader:
    """Finds where such a sentence begins, behind a finding or a place, and where it ends."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        names = any_of(leg_terms(knowledge, "right", "left", exact=False))
        self._side = re.compile(
            rf"(?P<before>[a-z]+|\d)(?P<opens>) (?:{names})(?: is| are)?(?: the)?(?: exactly)? "
            rf"(?:{any_of(_SAME)})\b(?: {_NOUNS}\b)?(?P<closes>)"
            rf"(?P<new> (?!(?:{_ON})\b)[a-z])?",
            re.IGNORECASE,
        )
        found = {fold_term(t)[-1] for row in knowledge.findings.finding for t in row.terms}
        veins = {fold_term(t)[-1] for row in knowledge.veins.vein for t in row.terms}
        zones = {fold_term(t)[-1] for row in knowledge.segments.zone for t in row.terms}
        self._ends = found | veins | zones

    def find_edits(self, text: str) -> list[Edit]:
        """The stops."""
        if not any(word in text.lower() for word in _SAME):
            return []
        return [edit for side in self._side.finditer(text) for edit in self._part(side)]

    def _part(self, side: re.Match[str]) -> Iterator[Edit]:
        if side["before"].isdigit() or fold_term(side["before"])[-1] in self._ends:
            yield Edit(*side.span("opens"), ".")
            if side["new"]:
                yield Edit(*side.span("closes"), ".")

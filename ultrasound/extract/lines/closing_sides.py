"""The side behind a wide gap at the end of each line of a list: "SFJ competent        R".

The gap is read as a comma, so that the line is one statement and its side closes it.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_FEWEST: Final = 2  # lines that state a finding: one may be a title, or the head of a column
_INNER: Final = r"(?!.*\S(?:\t| {3,}).*\S(?:\t| {2,}).*\S)"  # a row of cells has more gaps


class ClosingSideReader:
    """Finds the gaps before the sides of lines that name no leg before, in a list of findings."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        rows = [row for row in knowledge.cues.leg if "other" not in row.legs and not row.negated]
        loose = any_of((term for row in rows for term in row.terms), blank=" *")
        exact = any_of((term for row in rows for term in row.exact), blank=" *")
        names = rf"(?i:{loose})|{exact}"
        self._line = re.compile(
            rf"^[ \t]*{_INNER}(?P<said>\S.*?[^\s:;,])(?P<gap>\t[ \t]*| {{2,}})(?:{names})[ \t]*$",
            re.MULTILINE,
        )
        self._names = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
        found = {fold_term(t)[-1] for row in knowledge.findings.finding for t in row.terms}
        self._found = frozenset(found)

    def find_edits(self, text: str) -> list[Edit]:
        """The gaps, as commas."""
        lines = [x for x in self._line.finditer(text) if not self._names.search(x["said"])]
        stating = sum(not self._found.isdisjoint(fold_term(line["said"])) for line in lines)
        return [Edit(*line.span("gap"), ", ") for line in lines] if stating >= _FEWEST else []

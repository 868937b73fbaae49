"""Clauses behind "there is no": "there is no GSV left in the thigh and the SSV is competent".

What follows with a verb of its own is denied no more, and "left" is no leg.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit, replace_groups

_NONE: Final = r"\bthere\s(?:is|was|are|were)\s(?:now\s|virtually\s|almost\s)?no\b"
_LEFT: Final = re.compile(
    rf"{_NONE}[^.;:,\n]{{3,50}}?(?P<left>\sleft)(?=\s(?:in|at|behind|above|below)\b)", re.IGNORECASE
)
_VERB: Final = r"(?:is|was|has|measures|refluxes|shows|remains|appears|continues)"
_CLAUSE: Final = re.compile(
    rf"{_NONE}[^.;:,]{{3,90}}?(?P<and>\sand)(?=\sthe\s(?:[\w-]+\s){{1,5}}{_VERB}\b)", re.IGNORECASE
)


def find_there_is_no(text: str) -> list[Edit]:
    """The joints before such clauses, as commas, and the word "left"."""
    return [
        *replace_groups(text, _LEFT, {"left": ""}),
        *replace_groups(text, _CLAUSE, {"and": ","}),
    ]

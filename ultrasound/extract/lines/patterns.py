"""Patterns for any of the words of a knowledge table, for what is read before there are tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ultrasound.knowledge.schema_text import TextKnowledge

# a unit of a size or a time
UNIT: Final = "mm|cm|msec|ms|seconds|secs|sec|s"
# a leg as forms write it; a small letter alone may be anything
SIDE: Final = r"(?:[Rr]ight|[Ll]eft|RIGHT|LEFT|R[Tt]|L[Tt]|[RL])"


def any_of(terms: Iterable[str], *, blank: str = r"\ ") -> str:
    """Any of some terms, the longest first; ``blank`` is the pattern for a blank inside of one."""
    longest = sorted(set(terms), key=lambda term: (-len(term), term))
    return "|".join(re.escape(term).replace(r"\ ", blank) for term in longest)


def leg_terms(knowledge: TextKnowledge, *sides: str, exact: bool = True) -> set[str]:
    """The words for these legs one by one: "right", "left", "other"; ``exact``: letters too."""
    rows = [row for row in knowledge.cues.leg if len(row.legs) == 1 and row.legs[0] in sides]
    return {term for row in rows for term in (*row.terms, *(row.exact if exact else ()))}

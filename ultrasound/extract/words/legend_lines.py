"""Codes that a line sets apart, each with its meaning: "C full  P partial  N none"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_LINES: Final = 4096  # of which it is kept whether they may be a legend
_GAPS: Final = ("  ", "\t", "; ", ", ")  # one of them stands between two codes with their meanings
_CODE: Final = r"(?:[A-Z]{1,3}|[0b-z])"  # "a" is an article
_NEXT: Final = rf",[ ]{_CODE}[ ]"  # a comma and another code: "C full, P partial, x not seen"
_WORD: Final = rf"(?:(?!{_NEXT})[^\s;)])"
_PAIR: Final = re.compile(
    r"(?:(?:^|(?<=[ \t]{2})|(?<=[;:] )|(?<=\())[ \t]*(?P<code>[^\s\w]{1,3}|[A-Za-z]{1,3}|0)"
    rf"|(?<=, )(?P<next>{_CODE}))[ \t]{{1,3}}"
    rf"(?P<meaning>[A-Za-z]{_WORD}*(?: {_WORD}+){{0,5}})(?=[ \t]{{2,}}|;|\)|{_NEXT}|$)"
)


def find_pairs(line: str) -> Iterator[re.Match[str]]:
    """The codes of a line, each with its meaning."""
    return _PAIR.finditer(line.rstrip() if _may_list(line) else "")


@lru_cache(maxsize=_LINES)
def _may_list(line: str) -> bool:
    """Whether a line may be a legend: the lines of reports come again and again."""
    return any(gap in line for gap in _GAPS) and _PAIR.search(line.rstrip()) is not None

"""Signs that a dictation writes as words: "comma", "period", "new line"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_ENDS: Final = (".", "\n", "\n\n")  # behind which a sentence begins
_FEWEST: Final = 2  # full stops in a text that has no sure sign
_OPENS: Final = "("
_NEXT: Final = re.compile(r"[ \t]*([a-z])?")


class SpokenSignReader:
    """Finds the words for signs in a text that is surely dictated."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        table = knowledge.dictation
        self._signs = {term: row.sign for row in table.sign for term in row.terms}
        self._sure = {term for row in table.sign if row.sure for term in row.terms}
        self._firsts = tuple({term.split()[0] for term in self._signs})
        self._pattern = re.compile(
            rf"(?<![-\w])(?P<word>(?:{any_of(table.no_sign.before)})[ \t]+)?"
            rf"(?P<sign>{any_of(self._signs, blank='[ ]+')})"
            rf"(?![-\w.,:;)])(?!\s+(?:{any_of(table.no_sign.behind)})\b)",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The signs for their words."""
        lower = text.lower()
        if not any(first in lower for first in self._firsts):
            return []
        found = [m for m in self._pattern.finditer(text) if not m["word"]]
        names = [" ".join(m["sign"].lower().split()) for m in found]
        stops = sum(self._signs[name] == "." for name in names)
        if self._sure.isdisjoint(names) and stops < _FEWEST:
            return []
        return [_write(text, m, self._signs[n]) for m, n in zip(found, names, strict=True)]


def _write(text: str, found: re.Match[str], sign: str) -> Edit:
    """One sign at its word, and a capital behind it where a sentence begins."""
    follows = _NEXT.match(text, found.end())
    if sign == _OPENS:
        blank = len(text) - len(text[found.end() :].lstrip(" \t"))
        return Edit(found.start(), blank, sign)
    start = len(text[: found.start()].rstrip(" \t"))
    if sign not in _ENDS or follows is None or not follows[1]:
        return Edit(start, found.end(), sign)
    return Edit(start, follows.end(), sign + (" " if sign == "." else "") + follows[1].upper())

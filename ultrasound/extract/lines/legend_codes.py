"""Codes of a form that its own legend explains, each as its meaning: "T0 = no thrombus".

Only a code that is all of a field is one: behind a name, a sign, a leg or a wide gap, and before
one, a number or a bracket. What stands in columns keeps its place as far as there are blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import SIDE
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_HEAD: Final = re.compile(
    r"(?:^|\n)[ \t]*(?:(?P<head>legend|key|codes?|abbreviations?)[ \t]*[:=-]?[ \t]+)"
    r"(?P<list>[^\n\r]+)",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(
    r"(?P<code>[^\s=:,;|]{1,4})(?:[ \t]*[=:][ \t]*|[ ][–-][ ])"
    r"(?P<meaning>[A-Za-z][A-Za-z-]*(?:[ ][A-Za-z-]+){0,3})(?=$|[;,]|[ ]{2}|[ ]*$)"
)
_GOES_ON: Final = re.compile(r"\r?\n[ \t]*[^\s=:]{1,4}[ ]?=[ ]?[A-Za-z]")  # more codes below
_BETWEEN: Final = re.compile(r"[ \t,;|.]*")
_FEWEST: Final = 2  # codes of a legend
_NOT_DONE: Final = ("not", "tested", "assessed", "done", "examined", "evaluated", "seen")
_SIDES: Final = ("r", "l", "rt", "lt", "b")
_BEHIND: Final = (  # what may stand before a code
    rf"(?:\t|[ ]{{2}}|[ ][–-][ ]|[|:;,=][ ]?|(?<=[ ])/[ ]|\.{{3}}[ ]|\b{SIDE}[ ]|\b{SIDE}:[ ])"
)
_SPOKEN: Final = {"reflux": "refluxing"}  # beside a time it is found as well
_WIDE: Final = re.compile(r"[ ]{2}$")
_GAP: Final = 2  # blanks that stay between columns


class LegendCodeReader:
    """Finds a legend and the fields that hold its codes."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        rows = [row for row in knowledge.findings.finding if row.kind in ("word", "noun")]
        words = (fold_term(term) for row in rows for term in row.terms)
        self._ends = {folded[-1] for folded in words if folded}

    def find_edits(self, text: str) -> list[Edit]:
        """The codes of all fields as words."""
        edits: list[Edit] = []
        for legend in _HEAD.finditer(text):
            meanings = self._read(legend["list"])
            if meanings and not _GOES_ON.match(text, legend.end()):
                edits += _expand(text, legend.end(), meanings)
        return sorted(edits, key=lambda edit: edit.start)

    def _read(self, listed: str) -> dict[str, str]:
        """The codes of a legend, none where it holds anything else."""
        entries = list(_ENTRY.finditer(listed))
        rest = _BETWEEN.sub("", _ENTRY.sub("", listed))
        meanings = {e["code"]: e["meaning"].lower() for e in entries}
        known = all(self._says(meaning) for meaning in meanings.values())
        sided = any(code.lower() in _SIDES for code in meanings)
        return {} if rest or not known or sided or len(meanings) < _FEWEST else meanings

    def _says(self, meaning: str) -> bool:
        words = fold_term(meaning)
        return bool(words) and (words[-1] in self._ends or words[-1] in _NOT_DONE)


def _expand(text: str, start: int, meanings: Mapping[str, str]) -> Iterator[Edit]:
    """The codes behind a legend, each as its meaning."""
    codes = "|".join(re.escape(c) for c in sorted(meanings, key=len, reverse=True))
    field = re.compile(
        rf"(?<=[^\s|])[ \t]*{_BEHIND}[ \t]*(?P<code>{codes})"
        rf"(?=[ ]*(?:$|\r?\n|[|;,/\t]|[ ]{{2}})"
        rf"|[ ](?:\(|\d|{codes}(?:\s|$)|/[ ]|{SIDE}\b))"
    )
    found = [*field.finditer(text, start)]
    fits = all(_fits(text, code, meanings) for code in found)
    for code in found:
        if fits or not _WIDE.search(text[: code.start("code")][-_GAP:]):
            spare = max(0, min(_grows(code, meanings), _blanks(text, code) - _GAP))
            words, first = _say(code, meanings), code.start("code")
            if text[first - 1] == "\t":  # words in cells could head the rows below
                words, first = f"{_sign_of(text, first, meanings)}{words}", first - 1
            yield Edit(first, code.end("code") + spare, words)


def _sign_of(text: str, first: int, meanings: Mapping[str, str]) -> str:
    """What stands between a name and its first code, and between two codes."""
    line = text[text.rfind("\n", 0, first) + 1 : first - 1]
    return "; " if line.split("\t")[-1].strip() in meanings else ": "


def _say(code: re.Match[str], meanings: Mapping[str, str]) -> str:
    meaning = meanings[code["code"]]
    return _SPOKEN.get(meaning, meaning)


def _grows(code: re.Match[str], meanings: Mapping[str, str]) -> int:
    """The characters that a meaning has more than its code."""
    return len(_say(code, meanings)) - len(code["code"])


def _blanks(text: str, code: re.Match[str]) -> int:
    """The blanks behind a code."""
    rest = text[code.end("code") : text.find("\n", code.end("code")) + 1 or None]
    return len(rest) - len(rest.lstrip(" "))


def _fits(text: str, code: re.Match[str], meanings: Mapping[str, str]) -> bool:
    """Whether a code in columns leaves the next one where it stands."""
    blanks = _blanks(text, code)
    last = text[code.end("code") + blanks : code.end("code") + blanks + 1] in ("", "\n", "\r")
    wide = blanks >= _GAP and _WIDE.search(text[: code.start("code")][-_GAP:])
    return bool(last or not wide or _grows(code, meanings) + _GAP <= blanks)

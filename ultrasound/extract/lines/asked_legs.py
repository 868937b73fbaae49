"""Lines of a label with an answer for each leg: "GSV reflux   R: yes   L: no", "DVT (R/L): Y/N".

Whatever parts the label, the legs and the answers, they are read as "GSV reflux: R yes, L no".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AFFIRMED, DENIED, LABEL, AskedWords, find_answers
from ultrasound.extract.lines.edits import Edit

_START: Final = rf"^[ \t|•*]*(?P<name>{LABEL})"
_ANSWER: Final = rf"(?:{DENIED}|{AFFIRMED}|\+|[-–—])"
_SIDE: Final = r"(?:right|left|rt|lt|r|l)"
_OPEN: Final = r"[ \t]*+[)\]]?[ \t]*+[:=\[(–-]?[ \t]*+"
_GAP: Final = r"[ \t)\]]*+[,;|/.]?[ \t]*+"
_TAIL: Final = r"(?P<tail>[ \t\r.|)\]]*)$"
_FLAGS: Final = re.MULTILINE | re.IGNORECASE
_BEFORE: Final = re.compile(  # the leg before its answer
    rf"{_START}(?P<sep>[ \t]*+[:|=,(\[–-]?[ \t]*+)(?P<s1>\b{_SIDE}\b){_OPEN}(?P<a1>{_ANSWER})"
    rf"(?P<mid>{_GAP})(?P<s2>\b{_SIDE}\b){_OPEN}(?P<a2>{_ANSWER}){_TAIL}",
    _FLAGS,
)
_BEHIND: Final = re.compile(  # and behind it
    rf"{_START}(?P<sep>[ \t]*+[:|=][ \t]*+)(?P<a1>{_ANSWER})[ \t]*[(]?(?P<s1>\b{_SIDE}\b)[)]?"
    rf"(?P<mid>{_GAP})(?P<a2>{_ANSWER})[ \t]*[(]?(?P<s2>\b{_SIDE}\b)[)]?{_TAIL}",
    _FLAGS,
)
_PAIRED: Final = re.compile(  # the legs first, both answers behind them
    rf"{_START}(?P<sep>[ \t]*+[,:(]?[ \t]*+(?P<s1>{_SIDE})[ ]?/[ ]?(?P<s2>{_SIDE})[)]?"
    r"[ \t]*+[:=|]?[ \t]*+)"
    rf"(?P<a1>{_ANSWER})(?P<mid>[ \t]*+[/|,][ \t]*+)(?P<a2>{_ANSWER}){_TAIL}",
    _FLAGS,
)
_BELOW: Final = re.compile(  # each leg on a line of its own
    rf"{_START}[ \t]*+:?(?P<sep>[ \t\r]*+\n[ \t]*(?:[-•*–][ ]?)?)(?P<s1>\b{_SIDE}\b)"
    rf"[ \t]*[:=][ \t]*(?P<a1>{_ANSWER})(?P<mid>[ \t\r.]*\n[ \t]*(?:[-•*–][ ]?)?)"
    rf"(?P<s2>\b{_SIDE}\b)[ \t]*[:=][ \t]*(?P<a2>{_ANSWER}){_TAIL}",
    _FLAGS,
)
_SIGNS: Final = {"+": "yes", "-": "___", "–": "___", "—": "___"}  # a dash is a blank
_ABSENT: Final = re.compile(DENIED, re.IGNORECASE)


class AskedLegReader:
    """Finds such lines."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """What parts label, legs and answers as the signs of a list."""
        edits: list[Edit] = []
        end = 0
        found = [m for pattern in _FORMS for m in find_answers(pattern, text)]
        found += _BELOW.finditer(text)
        for line in sorted(found, key=re.Match.start):
            sides = {line[side][0].lower() for side in ("s1", "s2")}
            asked = len(sides) > 1 and self._words.ask(line["name"])
            asked = asked and (line.re is not _BELOW or self._words.names_place(line["name"]))
            if asked and line.start() >= end:
                branches = self._words.ask_for_branches(line["name"])
                edits += _rewrite(line, branches=branches)
                end = line.end()
        return edits


def _rewrite(line: re.Match[str], *, branches: bool) -> list[Edit]:
    """The edits of a line.

    Branches that are absent are none: the veins of a leg are never gone as a trunk may be.
    """
    if line.re is _PAIRED:
        first, second = line["s1"], line["s2"]
        edits = [
            Edit(line.end("name"), line.start("a1"), f": {first} "),
            Edit(*line.span("mid"), f", {second} "),
        ]
    else:
        order = ("a1", "s1", "a2", "s2") if line.re is _BEHIND else ("s1", "a1", "s2", "a2")
        one, two, three, four = (line.span(name) for name in order)
        edits = [
            Edit(line.end("name"), one[0], ": "),
            Edit(one[1], two[0], " "),
            Edit(two[1], three[0], ", "),
            Edit(three[1], four[0], " "),
        ]
    for answer in ("a1", "a2"):
        if line[answer] in _SIGNS:
            edits.append(Edit(*line.span(answer), _SIGNS[line[answer]]))
        elif branches and _ABSENT.fullmatch(line[answer]):
            edits.append(Edit(*line.span(answer), "none"))
    last = max(line.end("a2"), line.end("s2"))
    edits.append(Edit(last, line.end(), "."))
    return sorted(edits, key=lambda edit: edit.start)


_FORMS: Final = (_BEFORE, _BEHIND, _PAIRED)

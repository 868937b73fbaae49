"""Properties that head lists of places: "REFLUX" over "R: SFJ 1.2 s; GSV nil", a line for each leg.

Each place stands on a line of its own with its leg and the name of what was found there, and the
heading is left out, so that nothing below the lists is read by it.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.extract.lines.patterns import any_of
from ultrasound.extract.lines.sided_fields import SYSTEMS, field_terms
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.value import value_type

_LEG: Final = re.compile(
    r"[ \t]*(?:[-•*–][ \t]+)?(?P<leg>(?:right|left|rt|lt|r|l)\b)"
    r"(?:[ \t]+(?:leg|limb|lower limb|lower extremity|le)\b)?[ \t]*(?P<sign>[:=–-])?[ \t]*",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"[ \t]*(?:[-•*–][ \t]+)?")
_RULE: Final = re.compile(r"[ \t]*[-=_*~]{3,}[ \t]*$")
_ITEM: Final = re.compile(r"[^;|\n]*[^;|\s]")
_SIGN: Final = re.compile(r"[ \t]*[:=][ \t]*|[ \t]+[–-][ \t]+|[ \t]*\.{3,}[ \t]*")
_GAP: Final = re.compile(r"[ \t]+")
_LETTERS: Final = {"y": "yes", "n": "no", "p": "partial"}
_FEWEST: Final = 2  # places of a heading


@value_type
class _Line:
    start: int
    end: int


class PropertyHeadReader:
    """Finds such headings by the words of the headers of tables."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        fields = any_of(field_terms(knowledge))
        self._head = re.compile(
            rf"[ \t]*(?:[#*=\[-]+[ \t]*)?(?P<name>(?:{fields})(?:[ ]?\([a-z/]{{1,12}}\))?)"
            r"[ \t]*(?:[\]:*=#-]+)?[ \t\r]*$",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The headings and what parts their places."""
        lines = [_Line(*span) for span in line_spans(text)]
        edits: list[Edit] = []
        for number, line in enumerate(lines):
            head = self._head.match(text, line.start, line.end)
            if head:
                edits += self._read(text, head, lines[number + 1 :])
        return edits

    def _read(self, text: str, head: re.Match[str], lines: list[_Line]) -> list[Edit]:
        """The edits of one heading, none where it has no such list below it."""
        name = "Thrombus" if head["name"].lower() in SYSTEMS else head["name"].strip()
        edits = [Edit(*head.span())]
        if lines and _RULE.match(text, lines[0].start, lines[0].end):
            edits.append(Edit(lines[0].start, lines[0].end))
            lines = lines[1:]
        places, below = 0, ""
        for line in lines:
            leg = _LEG.match(text, line.start, line.end)
            if leg and leg.end() == line.end:  # stands over the places
                below = leg["leg"]
                continue
            found = self._part(text, line, leg, below, name)
            if not found:
                break
            edits += found
            places += sum(name in edit.words for edit in found)
        return edits if places >= _FEWEST else []

    def _part(
        self, text: str, line: _Line, leg: re.Match[str] | None, below: str, name: str
    ) -> list[Edit]:
        """The places of a line, each with the leg and the property; none if one is no place."""
        mark = leg if leg and leg["sign"] else _MARK.match(text, line.start, line.end)
        start = mark.end() if mark else line.start
        side = leg["leg"] if leg and leg["sign"] else below
        if not side:
            return []
        edits, at = [], line.start
        for item in _ITEM.finditer(text, start, line.end):
            begin = item.start() + len(item.group()) - len(item.group().lstrip())
            sign = self._find_sign(text, begin, item.end())
            if sign is None or self._goes_on(text[sign[1] : item.end()]):
                return []
            edits.append(Edit(at, begin, f"{side} " if at == line.start else f"\n{side} "))
            edits.append(Edit(*sign, f": {name}: "))
            word = _LETTERS.get(text[sign[1] : item.end()].lower())
            edits += [Edit(sign[1], item.end(), word)] if word else []
            at = item.end()
        return edits

    def _goes_on(self, value: str) -> bool:
        """Whether a place goes on where its value would stand."""
        return self._words.is_place(value) and value.lower() != "full"

    def _find_sign(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """What parts a place from what is said of it: a sign, else a blank."""
        sign = _SIGN.search(text, start, end)
        if sign and sign.end() < end:
            return sign.span() if self._words.is_place(text[start : sign.start()]) else None
        for gap in reversed(list(_GAP.finditer(text, start, end))):
            if self._words.is_place(text[start : gap.start()]):
                return gap.span()
        return None

"""Lists of numbers whose unit stands once: "Reflux (s)  SFJ 2.1  GSV thigh 1.9  GSV calf 0".

It stands beside the name of what was measured, or behind the last number; the name may have a line
of its own. Each number is read with its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import UNIT, any_of
from ultrasound.extract.lines.sided_fields import field_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_UNIT: Final = rf"(?:{UNIT})"
_NUMBER: Final = re.compile(r"(?<![\w.,])[<>~]?\d{1,4}(?:[.,]\d{1,2})?(?![\w.,]*\d)(?!\w)")
_LAST: Final = re.compile(rf"[ ]?\(?(?P<unit>{_UNIT})\)?[ \t.]*$", re.IGNORECASE)
_OWN: Final = re.compile(rf"[ ]?{_UNIT}\b", re.IGNORECASE)
_ASIDE: Final = re.compile(rf"[\s,;/|:]+|\b(?:R|L|Rt|Lt|RT|LT|{_UNIT})\b")
_PAIRS: Final = re.compile(r"\d[ ]?/[ ]?[<>]?\d")
_FEWEST: Final = 2  # numbers of a list


class UnitListReader:
    """Finds such lists by the names of what is measured, and by the places before each number."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        self._levels = {row.term.removeprefix("=") for row in knowledge.segments.abbreviation}
        names = any_of(term for term in field_terms(knowledge) if "(" not in term)
        self._line = re.compile(
            rf"^[ \t]*(?:[-•*][ \t]+)?(?P<vein>(?:[A-Z]{{3,4}}[ ])?)(?P<name>(?:{names})s?)"
            rf"(?P<unit>[ ]?[(,][ ]?(?P<given>{_UNIT})\)?)?"
            r"(?P<sign>[ \t]*:[ \t]*|[ \t]{2,}|[ ]|$)(?P<list>[^\n]*)$",
            re.MULTILINE | re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The unit behind each number that has none."""
        return [edit for line in self._line.finditer(text) for edit in self._read(text, line)]

    def _read(self, text: str, line: re.Match[str]) -> Iterator[Edit]:
        start, end = line.span("list")
        alone = not line["list"].strip()  # the name has a line of its own
        if alone:
            start = min(end + 1, len(text))
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
        numbers = list(_NUMBER.finditer(text, start, end))
        if _PAIRS.search(text, start, end) or not self._is_list(text, (start, end), numbers):
            return
        if not alone and not line["sign"].strip():
            yield Edit(*line.span("sign"), ": ")
        last = _LAST.search(text, start, end)
        unit = line["given"] or (last["unit"] if last else None)
        bare = [n for n in numbers if not _OWN.match(text, n.end(), end)]
        if unit is not None and len(bare) >= len(numbers) - 1:
            yield from (Edit(n.end(), n.end(), f" {unit}") for n in bare)

    def _is_list(self, text: str, span: tuple[int, int], numbers: Sequence[re.Match[str]]) -> bool:
        """Whether a place or a leg stands before each number, and places before some."""
        at, named = span[0], 0
        for number in numbers:
            place = _ASIDE.sub(" ", text[at : number.start()]).strip()
            if place and not self._is_place(place):
                return False
            named += bool(place)
            at = number.end()
        behind = _ASIDE.sub("", text[at : span[1]]).strip("(). ")
        return len(numbers) >= _FEWEST <= named and not behind

    def _is_place(self, place: str) -> bool:
        rest = " ".join(word for word in place.split() if word not in self._levels)
        return not rest or self._words.is_place(rest)

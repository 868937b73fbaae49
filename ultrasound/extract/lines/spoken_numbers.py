"""Numbers that a dictation writes as words: "seven point eight", "twelve hundred milliseconds"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES: Final = (
    {word: value for value, word in enumerate(_SMALL)}
    | {word: 10 * value for value, word in enumerate(_TENS, 2)}
    | {"oh": 0, "nought": 0}
)
_SCALES: Final = {"hundred": 100, "thousand": 1000}
_DIGIT: Final = "|".join([*_SMALL[:10], "oh", "nought"])
_GAP: Final = r"[ \t]*(?:[ \t-]|\n[ \t]*)"
_ONES: Final = "|".join(_SMALL[1:10])
_TENS_ONES: Final = rf"(?:{'|'.join(_TENS)})(?:{_GAP}(?:{_ONES}))?"
_WHOLE: Final = rf"(?:{_TENS_ONES}|{'|'.join(_SMALL[::-1])}|nought)"
_LARGE: Final = rf"{_WHOLE}(?:{_GAP}(?:hundred|thousand)(?:{_GAP}(?:and{_GAP})?{_WHOLE})?)*"
_BEFORE_NOUN: Final = "this|that|the|a|each|entry|exit|reference|some"  # a point that is a place
_POINT: Final = re.compile(
    rf"\b(?:(?P<noun>{_BEFORE_NOUN})[ \t]+|(?P<whole>{_WHOLE}|\d+){_GAP})?"
    rf"point(?P<digits>(?:{_GAP}(?:{_DIGIT}|\d+))+)\b"
    rf"(?!{_GAP}point{_GAP}(?:{_DIGIT}|\d))",
    re.IGNORECASE,
)
_LAST_WORD: Final = re.compile(r"([^\W\d_]+)[\s-]+\Z")
_LONGEST_WORD: Final = 12  # characters of a number and the blanks behind it
_FEWEST_DIGITS: Final = 2  # behind a "point" that has no number before it: "point eight one"


class SpokenNumberReader:
    """Finds the numbers that are words: decimals anywhere, whole ones before a unit."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        kinds = ("length", "time")
        terms = [t for row in knowledge.units.unit if row.kind in kinds for t in row.terms]
        units = any_of(t for t in terms if len(t) > 1)
        self._measured = re.compile(
            rf"\b(?P<low>{_LARGE})(?P<half>{_GAP}and{_GAP}(?:a|one){_GAP}half)?"
            rf"(?={_GAP}(?:{units})\b"
            rf"|{_GAP}(?:to|and|or){_GAP}(?:{_LARGE}|[\d.]+){_GAP}(?:{units})\b)",
            re.IGNORECASE,
        )
        self._unit = re.compile(rf"{_GAP}(?:{units})\b", re.IGNORECASE)

    def find_edits(self, text: str) -> list[Edit]:
        """The numbers in digits."""
        lower = text.lower()
        edits = []
        if "point" in lower:
            edits += [edit for m in _POINT.finditer(text) if (edit := self._decimal(text, m))]
        edits += [
            Edit(m.start(), m.end(), _count(m["low"]) + (".5" if m["half"] else ""))
            for m in self._measured.finditer(text)
            if not _follows_number(text, m.start())
        ]
        return edits

    def _decimal(self, text: str, found: re.Match[str]) -> Edit | None:
        """A decimal; without a number before its point only with two digits or a unit."""
        digits = [_count(word) for word in re.split(r"[\s-]+", found["digits"].strip(" \t\n-"))]
        whole = found["whole"]
        if found["noun"]:
            return None  # "at this point three millimetres"
        sure = whole is not None or len(digits) >= _FEWEST_DIGITS
        if not sure and not self._unit.match(text, found.end()):
            return None
        return Edit(found.start(), found.end(), f"{_count(whole or '0')}.{''.join(digits)}")


def _follows_number(text: str, start: int) -> bool:
    """Whether another number stands before: what "six five millimeters" means is open."""
    before = _LAST_WORD.search(text, max(0, start - _LONGEST_WORD), start)
    return before is not None and before[1].lower() in _VALUES


def _count(words: str) -> str:
    """The number that words mean, in digits."""
    total = part = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word.isdigit():
            return word
        if word == "thousand":
            total, part = total + max(part, 1) * _SCALES[word], 0
        elif word in _SCALES:
            part = max(part, 1) * _SCALES[word]
        else:
            part += _VALUES.get(word, 0)
    return str(total + part)

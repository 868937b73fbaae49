"""How far a finding goes in each leg, in the order in which it is read.

"(SFJ to knee) right and (SFJ to ankle) left" stands without brackets, each leg behind its stretch,
and a second "to" that was left out stands before its level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_STRETCH: Final = r"[A-Za-z][A-Za-z ]{{1,30}}?[ ](?:to|-)[ ]?(?:the[ ])?[A-Za-z][A-Za-z ]{{1,30}}?"
_BEFORE: Final = re.compile(  # "right (SFJ to knee) and left (SFJ to ankle)"
    rf"(?:on[ ]the[ ])?\b(?P<one>right|left):?[ ]\((?P<first>{_STRETCH.format()})\)"
    r"(?:,|,?[ ]and)[ ](?:on[ ]the[ ]|the[ ])?(?P<two>right|left):?"
    rf"[ ]\((?P<second>{_STRETCH.format()})\)",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(  # "SFJ to knee (R), SFJ to ankle (L)"
    r"(?:from[ ])?\b(?P<first>(?:SFJ|SPJ|groin|mid|proximal|upper)[A-Za-z ]{0,12}?"
    r"[ ]to[ ][A-Za-z ]{3,25}?)[ ]\((?P<one>R|L|right|left)\)(?:,|,?[ ]and)[ ](?:from[ ])?"
    rf"(?P<second>{_STRETCH.format()})[ ]\((?P<two>R|L|right|left)\)",
)
_ELIDED: Final = re.compile(
    r"\bto[ ](?:the[ ])?(?P<one>[a-z][a-z ]{2,20}?)[ ]on[ ]the[ ](?P<side>right|left)"
    r"(?P<joint>,[ ](?:and[ ])?|[ ]and[ ])(?=(?:the[ ])?(?P<two>[a-z][a-z ]{2,20}?)"
    r"[ ]on[ ]the[ ](?P<other>right|left)\b)",
    re.IGNORECASE,
)
_APART: Final = re.compile(
    r"\b(?:both|bilateral)\b[^.;:\n]{3,50}(?P<sign>;)"
    r"(?=[ ](?:the[ ])?(?:right|left)[ ](?:to|from)[ ])",
    re.IGNORECASE,
)
_SIDES: Final = {"r": "right", "l": "left"}


class TwoExtentReader:
    """Finds such stretches by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The stretches with their legs, and the words that were left out."""
        return list(self._edit(text)) if "right" in text.lower() or "(R)" in text else []

    def _edit(self, text: str) -> Iterator[Edit]:
        for found in (*_BEFORE.finditer(text), *_BEHIND.finditer(text)):
            one, two = (_side(found[name]) for name in ("one", "two"))
            if one != two and all(map(self._is_stretch, (found["first"], found["second"]))):
                told = f"from {found['first']} on the {one} and from {found['second']} on the {two}"
                yield Edit(*found.span(), told)
        for found in _ELIDED.finditer(text):
            apart = found["side"].lower() != found["other"].lower()
            if apart and self._words.is_place(found["two"]):
                yield Edit(*found.span("joint"), " and to ")
        yield from (Edit(*found.span("sign"), ",") for found in _APART.finditer(text))

    def _is_stretch(self, words: str) -> bool:
        return all(self._words.is_place(part) for part in re.split(r"[ ](?:to|-)[ ]?", words))


def _side(word: str) -> str:
    return _SIDES.get(word.lower(), word.lower())

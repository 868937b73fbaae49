"""Sentences that hold one leg against the other, so that each finding stands with its own leg.

* "The left GSV is larger than the right (4 mm) and refluxes": the vein stands again behind "and";
* "the left GSV, like the right, is incompetent": both are named;
* "the right but not the left SFJ is incompetent": what is denied stands last;
* "Compared with the left, the right GSV is dilated": the other leg is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_SUBJECT: Final = r"(?P<the>the[ ])?\b(?P<one>right|left)[ ](?P<vein>[A-Za-z][A-Za-z ]{1,35}?)"
_GROWN: Final = r"(?:larger|wider|bigger|smaller|narrower|greater|more[ ]dilated|thicker)"
_AGAINST: Final = rf"(?:{_GROWN}[ ]than|versus|vs\.?|compared[ ](?:with|to)|as[ ]opposed[ ]to)"
_THAN: Final = re.compile(
    rf"{_SUBJECT}[ ](?:\([^()\n]*\)[ ])?(?:is|was|measures)[ ][^.;\n]{{0,30}}?{_AGAINST}"
    r"[ ][^.;,\n]{0,25}?\b(?P<other>right|left)(?:[ ]\([^()\n]*\))?(?P<joint>[ ]and)"
    r"(?=[ ](?:is|was|has|shows|refluxes|incompetent|competent)\b)",
    re.IGNORECASE,
)
_SIZES: Final = re.compile(
    rf"{_SUBJECT}[ ]is[ ]{_GROWN}[ ]than[ ](?:the[ ])?(?P<other>right|left)[,:][ ]"
    r"(?P<size>\d[\d.,]*[ ]?(?:mm|cm))[ ](?:versus|vs\.?|against|compared[ ]with)[ ]"
    r"(?P<less>\d[\d.,]*[ ]?(?:mm|cm))",
    re.IGNORECASE,
)
_LIKE: Final = re.compile(
    rf"{_SUBJECT}(?P<set>,[ ]"
    r"(?P<way>like|as[ ]with|in[ ]contrast[ ]to|contrary[ ]to|as[ ]opposed[ ]to)"
    r"[ ]the[ ](?P<other>right|left)(?:[ ](?:one|side))?,)",
    re.IGNORECASE,
)
_BUT: Final = re.compile(
    r"\bthe[ ](?P<one>right|left),?[ ]but[ ]not[ ]the[ ](?P<other>right|left),?[ ]"
    r"(?P<vein>[A-Za-z][A-Za-z ]{1,35}?)(?P<said>[ ](?:is|was|refluxes|shows|has)\b[^,.;()\n]*)",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"(?:(?<=^)|(?<=[.\n][ ])|(?<=\n))(?:compared|in[ ]comparison|in[ ]contrast)[ ]"
    r"(?:with|to)[ ]the[ ](?P<other>right|left)(?:[ ](?:side|leg|one))?,[ ]"
    r"(?=the[ ](?P<one>right|left)\b)",
    re.IGNORECASE,
)


class ComparedSideReader:
    """Finds such sentences by the names of veins."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The words that are read in another place, again, or not at all."""
        lowered = text.lower()
        return list(self._edit(text)) if "right" in lowered and "left" in lowered else []

    def _edit(self, text: str) -> Iterator[Edit]:
        for found in self._find(_THAN, text):
            yield Edit(*found.span("joint"), f" and the {found['one'].lower()} {found['vein']}")
        for found in self._find(_SIZES, text):
            told = f"{found['the'] or ''}{found['one']} {found['vein']} is {found['size']}"
            yield Edit(*found.span(), f"{told}, the {found['other'].lower()} {found['less']}")
        for found in self._find(_LIKE, text):
            alike = found["way"].lower() in ("like", "as with")
            also = f" and the {found['other'].lower()} {found['vein']}" if alike else ""
            yield Edit(*found.span("set"), also)
        for found in self._find(_BUT, text):
            told = f"the {found['one'].lower()} {found['vein']}{found['said']}"
            yield Edit(*found.span(), f"{told}, but not the {found['other'].lower()}")
        for found in _OPENING.finditer(text):
            if found["one"].lower() != found["other"].lower():
                yield Edit(*found.span())

    def _find(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """The sentences of a pattern that name a vein and two legs."""
        for found in pattern.finditer(text):
            apart = found["one"].lower() != found["other"].lower()
            if apart and self._words.is_place(found["vein"]):
                yield found

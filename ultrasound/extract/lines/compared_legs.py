"""Two legs whose values are told side by side: "6.2 mm (R) vs 4.1 mm (L)".

And in brackets behind a comparison, "larger on the right than on the left (8.1 vs 5.6 mm)": each
value is given its leg, and none is of an earlier exam.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_VALUE: Final = r"\d[\d.,]*(?: ?(?:mm|cm|s|sec|secs|seconds|ms|msec))?"
_VERSUS: Final = r"(?:vs\.?|v\.?|versus|against|compared (?:with|to))"
_COMPARED: Final = re.compile(
    r"\b(?P<one>right|left)\b[^.;:()\n]*(?P<than>\bthan (?:on |in )?(?:the )?"
    r"(?P<two>right|left)\b[^.;:()\n\d]*)\((?P<first>\d[\d.,]*)(?P<unit> ?[a-z]+)?"
    rf"(?P<joint> ?(?:,|and|{_VERSUS}) ?)\d[\d.,]* ?(?P<own>mm|cm|s|sec|secs|seconds|ms|msec)\b"
    r"(?=[^()\n]*\)[ \t]*(?:[.;\n]|$))",
    re.IGNORECASE,
)


class ComparedLegReader:
    """Finds values of both legs with what compares them."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        sides = [any_of(leg_terms(knowledge, side)) for side in ("right", "left")]
        bracket = r"[ \t]*\((?:{})\)"
        self._pairs = [
            re.compile(
                rf"{_VALUE}{bracket.format(one)}(?P<joint>,? {_VERSUS} )"
                rf"{_VALUE}{bracket.format(two)}",
                re.IGNORECASE,
            )
            for one, two in (sides, sides[::-1])
        ]

    def find_edits(self, text: str) -> list[Edit]:
        """The words that compare, and the legs of the values."""
        return list(self._edit(text)) if "(" in text else []

    def _edit(self, text: str) -> Iterator[Edit]:
        for pattern in self._pairs:
            for found in pattern.finditer(text):
                yield Edit(*found.span("joint"), " and ")
        for found in _COMPARED.finditer(text):
            if found["one"].lower() != found["two"].lower():
                yield from _name_legs(found)


def _name_legs(found: re.Match[str]) -> Iterator[Edit]:
    """Put the leg before each value, and the unit behind the first; the other leg is named once."""
    yield Edit(*found.span("than"))
    at, end = found.span("first")
    yield Edit(at, at, f"{found['one'].lower()} ")
    if found["unit"] is None:
        yield Edit(end, end, f" {found['own']}")
    yield Edit(*found.span("joint"), f", {found['two'].lower()} ")

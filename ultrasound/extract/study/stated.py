"""What a report states in a fixed form: its CEAP class, its VCSS, the exam it compares with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.words.marks import Marks

CEAP: Final = re.compile(
    r"\bC[0-6][abc]?r?(?:\s?,\s?\d?[abc]?r?(?![a-z]))*(?:\s?,?\s?\(?[sSaA]\)?(?![a-zA-Z,.]*\s?[dp]\b))?"
    r"(?:[\s,;]+E[pscni]{1,2}\b)?(?:[\s,;]+A[spdn](?:,\s?[spd])*\b)?(?:[\s,;]+P[rosn](?:,\s?o)?\b)?"
)
VCSS: Final = re.compile(r"\bVCSS\b\D{0,12}(\d{1,2})\b")
# without these a pattern finds nothing, and they are found faster
_OPENINGS: Final = {CEAP: re.compile("C[0-6]"), VCSS: re.compile("VCSS")}
_NUMBERING: Final = re.compile(r"(?m)^C\d[.)]\s")  # "C1. Thigh" in a numbered list
_DATE: Final = (
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{4}|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?"
    r"(?! ?(?:s|sec|secs|seconds|ms|mm|cm|m)\b)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*\.?,?\s+(?:19|20)\d\d|(?:19|20)\d\d)\b"
)
DATE: Final = re.compile(_DATE)
COMPARED: Final = re.compile(
    r"\b(?:[Cc]ompar\w+|[Pp]revious|[Pp]rior|[Ll]ast)\b(?: (?:to|with|study|exam|examination|scan"
    rf"|duplex|ultrasound|venous|the|from|of|on|in|dated|mapping|report|images|one"
    rf"|made|done)){{0,7}},?[ \n]\(?({_DATE})"
    r"|\bthe (?:scan|study|duplex|exam|examination) (?:of|from|in) ((?:19|20)\d\d)\b"
)


def find_stated(
    marks: Marks, section: str, span: tuple[int, int]
) -> Iterator[tuple[str, Leg | None, int, str]]:
    """Each fact of a section: its name, its leg, the character where it starts, its words."""
    if not marks.has_digits(*span):
        return  # each form has a digit
    start, end = marks.span(span[0], span[1] - 1)
    dates = DATE if section == "comparison" else COMPARED
    for fact, pattern in (("ceap_stated", CEAP), ("vcss_stated", VCSS), ("comparison_date", dates)):
        if pattern in _OPENINGS and not _OPENINGS[pattern].search(marks.text, start, end):
            continue
        for match in pattern.finditer(marks.text, start, end):
            if fact == "ceap_stated" and _NUMBERING.match(marks.text, match.start()):
                continue
            part = match.lastindex or 0  # the words themselves where others only lead up to them
            leg = _leg_before(marks, match.start()) if fact == "ceap_stated" else None
            yield fact, leg, match.start(part), match.group(part).strip(" ,;")


def _leg_before(marks: Marks, offset: int) -> Leg | None:
    """The leg named last on the line before a CEAP class."""
    line = marks.text.rfind("\n", 0, offset) + 1
    for mention in reversed(marks.mentions):
        row = mention.row("leg")
        start = marks.tokens[mention.first].start
        if row is not None and line <= start < offset:
            return Leg(row.legs[0]) if len(row.legs) == 1 and row.legs[0] != "other" else None
    return None

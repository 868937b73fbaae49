"""The codes that a report explains itself: "NT = not tested", "++  severe reflux"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.marks import Marks
from ultrasound.extract.tokens import Token

Legend = dict[str, tuple[str, str]]
_LONGEST_CODE: Final = 4
_FEWEST: Final = 2
_PAIR: Final = re.compile(
    r"(?:^|(?<=[ \t]{2})|(?<=; ))[ \t]*(?P<code>[^\s\w]{1,3}|[A-Za-z]{1,3})[ \t]+(?P<meaning>[A-Za-z]\S*(?: \S+){0,5})(?=[ \t]{2,}|;|$)"
)


def read_legend(marks: Marks) -> Legend:
    """Each code in small letters with the property and value that it stands for."""
    return dict(_read_listed(marks)) | dict(_read_equal(marks))


def _read_equal(marks: Marks) -> Iterator[tuple[str, tuple[str, str]]]:
    """Codes before a sign of equality, also in a list ("Y/N/P = compressible / non / partial")."""
    for index, token in enumerate(marks.tokens[1:-1], 1):
        if token.text not in ("=", ":"):
            continue
        code = marks.tokens[index - 1]
        if token.text == ":" and not (code.text.isupper() and len(code.text) <= 2):
            continue
        meaning = next((m for m in marks.mentions if m.first == index + 1), None)
        finding = meaning.row("finding") if meaning is not None else None
        if finding is None or finding.kind not in _SAYS or len(code.text) > _LONGEST_CODE:
            continue
        if index > 1 and marks.tokens[index - 2].text == "/":
            code = _first_of_list(marks, index - 1)
        yield code.text.lower(), (finding.property, finding.value)


_SAYS: Final = ("word", "noun")


def _first_of_list(marks: Marks, index: int) -> Token:
    while index > 1 and marks.tokens[index - 1].text == "/":
        index -= 2
    return marks.tokens[index]


def _read_listed(marks: Marks) -> Iterator[tuple[str, tuple[str, str]]]:
    """Lines of codes each followed by its meaning, set apart by wide gaps."""
    starts = [token.start for token in marks.tokens]
    position = 0
    for line in marks.text.splitlines(keepends=True):
        found = []
        for match in _PAIR.finditer(line.rstrip()):
            first = bisect_left(starts, position + match.start("meaning"))
            last = bisect_left(starts, position + match.end("meaning"))
            says = _meaning_of(marks, first, last)
            if says is not None:
                found.append((match.group("code").lower(), says))
        position += len(line)
        if len(found) >= _FEWEST:
            yield from found


def _meaning_of(marks: Marks, first: int, last: int) -> tuple[str, str] | None:
    inside = [m for m in marks.mentions if first <= m.first < last]
    if any(m.row("vein", "place", "zone", "level") for m in inside):
        return None
    findings = [row for m in inside if (row := m.row("finding")) is not None and row.kind in _SAYS]
    if findings:
        return findings[-1].property, findings[-1].value
    return ("reflux", "indeterminate") if any(m.cue("uncertain") for m in inside) else None

"""The codes that a report explains itself: "NT = not tested", "++  severe reflux"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.marks import Marks
from ultrasound.extract.tokens import Token

Legend = dict[str, tuple[str, str]]
_LONGEST_CODE: Final = 4
_LONGEST_BEFORE_COLON: Final = 2  # longer words before a colon are headings
_MEANING_REACH: Final = 5  # tokens in which a list of meanings has its first slash
_FEWEST: Final = 2  # codes on a line that make it a legend
_GAPS: Final = ("  ", "\t", "; ")  # one of them stands between two codes with their meanings
_SAYS: Final = ("word", "noun")
_PAIR: Final = re.compile(
    r"(?:^|(?<=[ \t]{2})|(?<=; ))[ \t]*(?P<code>[^\s\w]{1,3}|[A-Za-z]{1,3})[ \t]+"
    r"(?P<meaning>[A-Za-z]\S*(?: \S+){0,5})(?=[ \t]{2,}|;|$)"
)


def read_legend(marks: Marks) -> Legend:
    """Each code in small letters with the property and value that it stands for."""
    return dict(_read_listed(marks)) | dict(_read_equal(marks))


def read_equations(marks: Marks) -> Legend:
    """The codes that a sign of equality explains: behind a colon, R and L are sides."""
    return dict(_read_equal(marks, ("=",)))


def _read_equal(
    marks: Marks, signs: Sequence[str] = ("=", ":")
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Codes before a sign of equality, also in a list ("Y/N/P = compressible / non / partial")."""
    for index, token in enumerate(marks.tokens[1:-1], 1):
        if token.text not in signs:
            continue
        code = marks.tokens[index - 1]
        short = code.text.isupper() and len(code.text) <= _LONGEST_BEFORE_COLON
        if token.text == ":" and not short:
            continue
        meaning = marks.mention_at(index + 1)
        finding = meaning.row("finding") if meaning is not None else None
        denied = meaning is not None and finding is None and bool(meaning.cue("negation"))
        if denied and meaning is not None:  # "NC = not competent"
            behind = marks.mention_at(meaning.last + 1)
            finding = behind.row("finding") if behind is not None else None
        if finding is None or finding.kind not in _SAYS or len(code.text) > _LONGEST_CODE:
            continue
        written = code.text
        if index > 1 and marks.tokens[index - 2].text == "/":
            first = _first_of_list(marks, index - 1)
            after = marks.tokens[index + 1 : index + 1 + _MEANING_REACH]
            listed = any(t.text == "/" for t in after) or bool(code.gap)
            # "Y/N = compressible / non-compressible" lists codes, "n/s = not seen" is one
            written = first.text if listed else marks.words(first.index, index - 1)
        value = finding.denied if denied else finding.value
        if value is not None:
            yield written.lower(), (finding.property, value)


def _first_of_list(marks: Marks, index: int) -> Token:
    while index > 1 and marks.tokens[index - 1].text == "/":
        index -= 2
    return marks.tokens[index]


def _read_listed(marks: Marks) -> Iterator[tuple[str, tuple[str, str]]]:
    """Lines of codes each followed by its meaning, set apart by wide gaps."""
    position = 0
    for line in marks.text.splitlines(keepends=True):
        found = []
        apart = any(gap in line for gap in _GAPS)
        for match in _PAIR.finditer(line.rstrip()) if apart else ():
            start, end = match.span("meaning")
            says = _meaning_of(marks, *marks.tokens_between(position + start, position + end))
            if says is not None:
                found.append((match.group("code").lower(), says))
        position += len(line)
        if len(found) >= _FEWEST:
            yield from found


def _meaning_of(marks: Marks, first: int, last: int) -> tuple[str, str] | None:
    inside = marks.mentions_in(first, last)
    if any(m.row("vein", "place", "zone", "level") for m in inside):
        return None
    findings = [row for m in inside if (row := m.row("finding")) is not None and row.kind in _SAYS]
    if findings:
        return findings[-1].property, findings[-1].value
    return ("reflux", "indeterminate") if any(m.cue("uncertain") for m in inside) else None

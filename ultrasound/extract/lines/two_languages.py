"""Reports in two languages: of "kein Reflux / no reflux" the English half alone is read.

A half is left out where it holds a word of another language and the other half holds none. Of two
lines that say the same one below the other, the foreign one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.value import value_type

_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_BORDER: Final = re.compile(r"[:;,](?!\d)|(?<!\b\w)\.(?=\s|$)|[()]")
_SLASH: Final = re.compile(r"[ \t]+/[ \t]+")
_ECHO: Final = re.compile(r"\b([^\W\d_]+)[ \t]+/[ \t]+(?=\1\b)", re.IGNORECASE)
_BRACKET: Final = re.compile(r"[ \t]*\(([^()\d]+)\)")
_MARKED: Final = frozenset("äöüßéèêëàâçîïôûùáíóúñãõìòåøæœ")
_LEAD: Final = " \t-–•*·"
_SIGN: Final = "Ø"  # of a diameter
_FEWEST: Final = 2  # words of a line in another language; pairs of such a line and an English one


@value_type
class _Field:
    """A stretch of a line between two signs; ``sign`` is the one behind it."""

    start: int
    end: int
    sign: str


class TongueReader:
    """Finds what a report says in another language beside its English."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._foreign = {t for row in knowledge.sections.foreign for t in row.terms}
        legs = {t.lower() for row in knowledge.cues.leg for t in (*row.terms, *row.exact)}
        self._legs = legs - self._foreign

    def find_edits(self, text: str) -> list[Edit]:
        """The foreign halves of lines, and the foreign lines beside English ones."""
        if not self._speaks(text):
            return []  # most reports
        lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
        foreign = [self._count(text[start:end]) for start, end in lines]
        spoken = [line for line, words in zip(lines, foreign, strict=True) if words]
        edits = [edit for line in spoken for edit in self._find_halves(text, *line)]
        if len(edits) >= _FEWEST:
            edits += [edit for line in lines for edit in _find_echoes(text, *line)]
        edits += [edit for line in spoken for edit in self._find_brackets(text, *line)]
        return [*edits, *_find_lines(text, lines, foreign)]

    def _speaks(self, text: str) -> bool:
        """Whether there is a word of another language."""
        words = {word.lower() for word in set(_WORD.findall(text))}
        return not (_MARKED.isdisjoint(text.lower()) and self._foreign.isdisjoint(words))

    def _count(self, text: str) -> int:
        """How many words of another language there are."""
        words = [word.lower() for word in _WORD.findall(text) if word != _SIGN]
        return sum(word in self._foreign or not _MARKED.isdisjoint(word) for word in words)

    def _find_halves(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """The foreign halves of a line."""
        if (whole := self._find_first_half(text, start, end)) is not None:
            yield whole
            return
        fields = _split(text, start, end)
        for index, field in enumerate(fields):
            slash = _SLASH.search(text, field.start, field.end)
            if slash is None:
                continue
            first, second = text[field.start : slash.start()], text[slash.end() : field.end]
            number = _NUMBER.search(text, slash.end(), field.end)
            alike = _numbers_of(first) in ([], _numbers_of(second))
            if alike and self._repeats(first, second):
                begin = self._find_begin(text, fields, index)
                lead = len(text[begin:]) - len(text[begin:].lstrip())
                yield Edit(begin + lead, slash.end())
            elif self._repeats(second, first):
                kept = number if not _numbers_of(first) else None
                yield Edit(slash.start(), kept.start() if kept else field.end, " " if kept else "")

    def _find_first_half(self, text: str, start: int, end: int) -> Edit | None:
        """All of a line before its only slash, where the English behind it has the same fields."""
        slashes = list(_SLASH.finditer(text, start, end))
        if len(slashes) != 1:
            return None
        lead = len(text[start:end]) - len(text[start:end].lstrip(_LEAD))
        first, second = text[start + lead : slashes[0].start()], text[slashes[0].end() : end]
        (numbers, signs), (others, told) = _shape(first), _shape(second)
        same = numbers in ([], others) and signs == told[: len(signs)]
        if not same or not signs or not self._repeats(first, second):
            return None
        return Edit(start + lead, slashes[0].end())

    def _repeats(self, half: str, other: str) -> bool:
        """Whether a half is in another language than the other one, which is English.

        One that names a leg in English is none: "vena saphena magna right / left".
        """
        if not self._count(half) or self._count(other) or not _WORD.search(other):
            return False
        return self._legs.isdisjoint(word.lower() for word in _WORD.findall(half))

    def _find_begin(self, text: str, fields: Sequence[_Field], index: int) -> int:
        """Where a foreign half begins: "compresible, sin trombo" before its slash.

        It has no more fields than its English half, but for a label, whose place may be one.
        """
        behind = index
        while fields[behind].sign == "," and not _SLASH.search(
            text[slice(*_span(fields, behind + 1))]
        ):
            behind += 1
            if behind + 1 >= len(fields):
                break
        room = len(fields) if fields[behind].sign == ":" else behind - index
        while index > 0 and room > 0 and fields[index - 1].sign == ",":
            before = text[slice(*_span(fields, index - 1))]
            if not self._count(before) or _NUMBER.search(before) or _SLASH.search(before):
                break
            index, room = index - 1, room - 1
        return fields[index].start

    def _find_brackets(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """The brackets that say in another language what stands before them; one word is a name."""
        for bracket in _BRACKET.finditer(text, start, end):
            words = _WORD.findall(bracket[1])
            listed = sum(word.lower() in self._foreign for word in words)
            if (
                len(words) > 1
                and 2 * listed >= len(words)
                and _WORD.search(text, start, bracket.start())
            ):
                yield Edit(bracket.start(), bracket.end())


def _find_echoes(text: str, start: int, end: int) -> Iterator[Edit]:
    """The words that are the same in both languages: "Reflux / reflux 2,7 s"."""
    for field in _split(text, start, end):
        for echo in _ECHO.finditer(text, field.start, field.end):
            yield Edit(echo.start(1), echo.end())


def _split(text: str, start: int, end: int) -> list[_Field]:
    """The fields of a line."""
    fields: list[_Field] = []
    for border in _BORDER.finditer(text, start, end):
        fields.append(_Field(start, border.start(), border[0]))
        start = border.end()
    return [*fields, _Field(start, end, "")]


def _span(fields: Sequence[_Field], index: int) -> tuple[int, int]:
    """Where a field stands; an empty stretch behind the last one."""
    return (fields[index].start, fields[index].end) if index < len(fields) else (0, 0)


def _numbers_of(text: str) -> list[str]:
    """The numbers of a text, with the decimal sign of English."""
    return [number.replace(",", ".") for number in _NUMBER.findall(text)]


def _shape(text: str) -> tuple[list[str], list[str]]:
    """The numbers of a line and the signs between its words: what its translation has too."""
    signs = [sign for sign in _BORDER.findall(text) if sign in ":;,"]
    return _numbers_of(text), signs


def _find_lines(text: str, lines: Sequence[tuple[int, int]], foreign: Sequence[int]) -> list[Edit]:
    """The foreign lines that stand beside an English one of the same shape."""
    found: list[Edit] = []
    index = 0
    while index + 1 < len(lines):
        (start, end), (begin, last) = lines[index], lines[index + 1]
        one, other = foreign[index], foreign[index + 1]
        whole = "/" not in text[start:end] and "/" not in text[begin:last]
        mixed = min(one, other) == 0 and max(one, other) >= _FEWEST
        if whole and mixed and _shape(text[start:end]) == _shape(text[begin:last]):
            low, high = (start, end) if one else (begin, last)
            found.append(Edit(low, min(high + 1, len(text))))
            index += 1
        index += 1
    return found if len(found) >= _FEWEST else []

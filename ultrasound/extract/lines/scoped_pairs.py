"""Pairs that a line declares, each for veins of its own: "Deep = reflux (ms) / compress Y N P"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.declared import Pair, read_pair
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks

_SIGNS: Final = ("=", ":")
_ENDS: Final = (".", ";")
_LONGEST: Final = 2  # letters of a code behind what is declared
_SLASH: Final = "/"
_BESIDE: Final = ("(", ")", ",", _SLASH)


def read_scoped(
    headers: HeaderReader, marks: Marks, first: int, last: int
) -> Iterator[tuple[str | None, Pair]]:
    """The pairs that a line declares with the vein they are for, None for one of all."""
    if not marks.has_sign(_SLASH, first, last):
        return
    for start, end in _cut(marks, first, last):
        sign = next((i for i in range(start, end) if marks.tokens[i].text in _SIGNS), None)
        pair = read_pair(headers, marks, start if sign is None else sign + 1, end)
        if pair is not None:
            yield (None if sign is None else vein_at(marks, start)), pair


def vein_at(marks: Marks, index: int) -> str | None:
    """The vein or system that a token begins."""
    mention = marks.mention_at(index)
    row = mention.row("vein") if mention is not None else None
    return None if row is None else row.code


def only_names_units(headers: HeaderReader, marks: Marks, first: int, last: int) -> bool:
    """Whether a sentence has a unit in brackets beside a slash, and no number: it finds nothing.

    Nor does a title that declares pairs for its veins: "Reflux (GSV: mm / s; deep: reflux s)".
    """
    if marks.has_digits(first, last) or not marks.has_sign(_SLASH, first, last):
        return False
    if _declares_scoped(headers, marks, first, last):
        return True
    return any(
        marks.tokens[index - 1].text == "("
        and (unit := headers.unit_at(marks, index, last)) is not None
        and [t.text for t in marks.tokens[unit[1] + 1 : unit[1] + 2]] == [")"]
        for index in range(first + 1, last)
    )


def _declares_scoped(headers: HeaderReader, marks: Marks, first: int, last: int) -> bool:
    """Whether a bracket declares a pair for a vein, and no word beside it is a statement."""
    signs = [(i, marks.tokens[i].text) for i in range(first, last) if marks.tokens[i].text in "()"]
    opens = next((i for i, text in signs if text == "("), None)
    closes = next((i for i, text in signs if text == ")"), None)
    if opens is None or closes is None or closes < opens:
        return False
    found = (m.row("finding") for m in marks.mentions_in(first, last))
    states = any(row is not None and row.kind == "word" for row in found)
    return not states and any(vein for vein, _ in read_scoped(headers, marks, opens + 1, closes))


def _cut(marks: Marks, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The sentences of a line without the codes that end them: "compress Y N P"."""
    start = first
    for index in range(first, last + 1):
        if index == last or marks.tokens[index].text in _ENDS:
            end = _before_codes(marks, start, index)
            if end > start:
                yield start, end
            start = index + 1


def _before_codes(marks: Marks, first: int, last: int) -> int:
    """The token from which a sentence only names codes, in brackets or not: "(Y/N/P)"."""
    end, coded = last, last
    while end > first:
        token = marks.tokens[end - 1]
        if token.text.isupper() and len(token.text) <= _LONGEST:
            coded = end - 1
        elif token.text not in _BESIDE:
            break
        end -= 1
    return end if coded < last else last

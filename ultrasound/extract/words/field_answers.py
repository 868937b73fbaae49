"""Fields of a form whose answer is a code: "Compression: none", "Thrombus: yes (acute)".

The name and its answer are one finding, as a sentence would say it, so that neither "compression"
nor "none" is read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import Says, find_code
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention, as_finding
from ultrasound.extract.words.tokens import Token

_ASKED: Final = ("compressibility", "thrombus")
_SIGNS: Final = (":", "=")
_LONGEST: Final = 4  # tokens of a name, and of an answer
_BEFORE: Final = (":", ";", "|", ",", "-", "–", "•", "*", "/", ".")
_ENDS: Final = (";", "|", ".")
_DISEASES: Final = frozenset({"dvt", "svt", "phlebitis", "thrombophlebitis"})  # of a whole system


def read_field_answers(marks: Marks, headers: HeaderReader) -> Marks:
    """The same marks, in which each such field is a finding."""
    read = list(_find_fields(marks, headers))
    if not read:
        return marks
    taken = {i for m in read for i in range(m.first, m.last + 1)}
    kept = [m for m in marks.mentions if taken.isdisjoint(range(m.first, m.last + 1))]
    return replace(marks, mentions=sorted([*kept, *read], key=lambda m: m.first))


def _find_fields(marks: Marks, headers: HeaderReader) -> Iterator[Mention]:
    for sign in marks.where(*_SIGNS):
        first = _begin_name(marks, headers, sign)
        if first is None:
            continue
        name = headers.property_at(marks, first, sign) or ""
        found = _read_answer(marks, headers, sign + 1, name)
        if found is None:
            continue
        plain = name == "thrombus" and found[1] == sign + 1
        plain |= marks.tokens[sign].text == "="  # a code that is explained
        if not (plain and _is_alone(marks, first, found[1])):
            yield Mention(first, found[1], as_finding(*found[0]))


def _begin_name(marks: Marks, headers: HeaderReader, sign: int) -> int | None:
    """The first token of the name before a sign, None for another name."""
    for first in range(max(0, sign - _LONGEST), sign):
        if headers.property_at(marks, first, sign) not in _ASKED:
            continue
        words = {token.norm for token in marks.tokens[first:sign]}
        whole = headers.property_end(marks, first, sign) == sign and words.isdisjoint(_DISEASES)
        if whole and _begins_field(marks, first):
            return first
    return None


def _begins_field(marks: Marks, index: int) -> bool:
    """Whether a name begins where a field may: "deep vein thrombosis" is of the deep veins."""
    if index == 0 or _is_apart(marks.tokens[index]):
        return True
    return marks.tokens[index - 1].text in _BEFORE


def _is_alone(marks: Marks, first: int, last: int) -> bool:
    """Whether a field is all of its line: then the fields around it make a record."""
    opens = first == 0 or "\n" in marks.tokens[first].gap
    return opens and (last + 1 == len(marks.tokens) or "\n" in marks.tokens[last + 1].gap)


def _read_answer(
    marks: Marks, headers: HeaderReader, first: int, name: str
) -> tuple[Says, int] | None:
    """What a field says, with the last token of its answer, None where it is no code."""
    for ends in (_ENDS, (*_ENDS, ",")):  # "present, acute", and "no, phasic"
        last = first
        while last < len(marks.tokens) and _goes_on(marks.tokens[last], ends, opens=last == first):
            last += 1
        if not first < last <= first + _LONGEST + 2:
            continue
        text = " ".join(marks.words(first, last - 1).lower().split())
        says = find_code(text, (name,), headers.codes)
        if says is not None and says[0] == name:
            return says, last - 1
    return None


def _goes_on(token: Token, ends: Sequence[str], *, opens: bool) -> bool:
    """Whether an answer goes on at a token: not behind a gap, nor at the sign of a list."""
    return not (token.text in ends or "\n" in token.gap or (_is_apart(token) and not opens))


def _is_apart(token: Token) -> bool:
    return any(gap in token.gap for gap in ("  ", "\n", "\t"))

"""Degrees of compression that are ticked behind their name: "comp [ ] full [x] partial [ ] none".

Without this "compressibility" would say that there is some, whatever is ticked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.box_signs import box_ends, box_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention, as_finding
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding
from ultrasound.value import value_type

_ASKED: Final = "compressibility"
_FULL: Final = "full"
_BOX: Final = 3  # tokens of "[x]" at most
_LONGEST: Final = 3  # words of a name, and of an answer
_FEWEST: Final = 2  # answers of a question
_NAME: Final = Meaning(
    [Concept("finding", Finding(property=_ASKED, value="full", kind="label", terms=()))]
)


@value_type
class _Answer:
    """An answer behind its box: its tokens, half-open, and whether it is ticked."""

    first: int
    last: int
    ticked: bool


def read_box_answers(marks: Marks, headers: HeaderReader) -> Marks:
    """The same marks, in which of such a question the ticked answer says what it says."""
    if marks.norms.isdisjoint("[(☐□☒☑■"):
        return marks
    read: dict[int, Mention] = {}
    taken: set[int] = set()
    for start in (t.index for t in marks.tokens if _box_at(marks, t.index)[1]):
        name = _name_before(marks, headers, start)
        if name is not None and _ticks(marks, start):
            read[name] = Mention(name, start - 1, as_finding(_ASKED, _FULL))
            taken |= set(range(name, start))
            continue
        answers = list(_read_answers(marks, start)) if name is not None else []
        said = [_decode(marks, headers, a) for a in answers]
        if name is None or len(answers) < _FEWEST or None in said:
            continue
        taken |= {i for a in answers for i in range(a.first, a.last)} | set(range(name, start))
        read[name] = Mention(name, start - 1, _NAME)
        for answer, value in zip(answers, said, strict=True):
            meaning = as_finding(_ASKED, value or "")
            read[answer.first] = Mention(answer.first, answer.last - 1, meaning)
    if not read:
        return marks
    kept = [m for m in marks.mentions if taken.isdisjoint(range(m.first, m.last + 1))]
    return replace(marks, mentions=sorted([*kept, *read.values()], key=lambda m: m.first))


def _box_at(marks: Marks, index: int) -> tuple[bool, int]:
    return box_of([token.text.lower() for token in marks.tokens[index : index + _BOX]])


def _ticks(marks: Marks, box: int) -> bool:
    """Whether a ticked box stands behind its name and before no answer: "comp [x]   reflux [ ]"."""
    ticked, size = _box_at(marks, box)
    after = marks.tokens[box + size : box + size + 1]
    return ticked and (not after or _is_apart(after[0]))


def _is_apart(token: Token) -> bool:
    return any(gap in token.gap for gap in ("  ", "\n", "\t"))


def _name_before(marks: Marks, headers: HeaderReader, box: int) -> int | None:
    """The first token of the name of a compression that ends, with a colon or none, at a box."""
    colon = box > 0 and marks.tokens[box - 1].text == ":"
    end = box - int(colon)
    for first in range(max(0, end - _LONGEST), end):
        named = headers.property_at(marks, first, end) == _ASKED
        option = box_ends(marks.tokens, first)  # "[x] compressible  [ ] partial"
        if named and not option and headers.property_end(marks, first, end) == end:
            return first
    return None


def _read_answers(marks: Marks, box: int) -> Iterator[_Answer]:
    """The answers of a run of boxes, each up to the next box, a gap or a sign."""
    ticked, size = _box_at(marks, box)
    while size:
        first = end = box + size
        while end < len(marks.tokens) and _goes_on(marks, end, first):
            end += 1
        if end == first:
            return
        yield _Answer(first, end, ticked)
        box = end
        ticked, size = _box_at(marks, box)


def _goes_on(marks: Marks, index: int, first: int) -> bool:
    token = marks.tokens[index]
    apart = index > first and _is_apart(token)
    box = _box_at(marks, index)[1]
    return not (apart or box or index - first >= _LONGEST or token.text in ".,;|")


def _decode(marks: Marks, headers: HeaderReader, answer: _Answer) -> str | None:
    """What an answer says of compression, None for another."""
    text = marks.words(answer.first, answer.last - 1).lower()
    says = find_code(text, (_ASKED,), headers.codes)
    return says[1] if says is not None and says[0] == _ASKED else None

"""Headings of what is not known here: they end the vein that stands over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks

_LONGEST: Final = 8  # tokens
_SHORTEST: Final = 4  # letters of its longest word: "NAD" answers
_PLACES: Final = ("vein", "place", "leg", "inferred", "level", "zone", "finding", "age", "position")
_SAYS: Final = (
    "none", "negative", "positive", "negation", "denial_after", "affirmation_after", "normal",
    "free", "neutral", "spared", "template_blank", "except", "remainder", "uncertain", "grade",
)  # fmt: skip


def read_other(heads: HeadReader, marks: Marks, lines: Sequence[Line], index: int) -> Head | None:
    """The heading of a line that names no vein: "ARM VEINS", "SECTION D - PLAN CRITERIA".

    It is known by its capitals over lines that have others, or as another part of the body.
    """
    line = lines[index]
    if index + 1 >= len(lines) or line.bullet or line.last - line.first > _LONGEST:
        return None
    tokens = marks.tokens[line.first : line.last]
    if any(not t.text.isalpha() and t.text not in "-–&/'()[]:" for t in tokens):
        return None
    if any(t.text == ":" for t in tokens[:-1]) or marks.numbers_in(line.first, line.last):
        return None
    mentions = marks.mentions_in(line.first, line.last)
    other = any(m.cue("other_structure") for m in mentions)
    known = any(m.row(*_PLACES) is not None or m.cue(*_SAYS) for m in mentions)
    if (
        known
        or heads.titles.is_title(marks, line)
        or not (other or _stands_out(marks, lines, index))
    ):
        return None
    return Head(None, None, (), None, line.last, True)


def _stands_out(marks: Marks, lines: Sequence[Line], index: int) -> bool:
    """Whether a line is in capitals and the next one is not."""
    line, follower = lines[index], lines[index + 1]
    signs = [t.index for t in marks.tokens[line.first + 1 : line.last] if t.text == "("]
    last = min([*signs, line.last])  # "PLAN CRITERIA (reference)"
    words = [t.text for t in marks.tokens[line.first : last] if t.kind == "word"]
    capitals = all(word.isupper() for word in words) and any(len(w) >= _SHORTEST for w in words)
    return capitals and any(c.islower() for c in marks.text[follower.start : follower.end])

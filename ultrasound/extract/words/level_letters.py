"""Letters for levels behind the name of a vein: "FV-p", "FV-d"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Level

_DASH: Final = "-"
_FEWEST: Final = 2  # levels of one vein that make a way of writing


def read_level_letters(marks: Marks, rows: Sequence[Level]) -> Marks:
    """The same marks with such letters as levels, where a vein is so divided at least twice.

    One alone may be a code: "FV p" beside a column of compression.
    """
    letters = {letter: row for row in rows for letter in row.letters}
    found = list(_find_letters(marks, letters))
    divided: dict[str, set[str]] = {}
    for token, vein in found:
        divided.setdefault(vein, set()).add(letters[token.norm].level)
    told = [token for token, vein in found if len(divided[vein]) >= _FEWEST]
    if not told:
        return marks
    taken = {token.index for token in told}
    added = [Mention(t.index, t.index, Meaning([Concept("level", letters[t.norm])])) for t in told]
    kept = [mention for mention in marks.mentions if mention.first not in taken]
    return replace(marks, mentions=sorted([*kept, *added], key=lambda m: m.first))


def _find_letters(marks: Marks, letters: dict[str, Level]) -> Iterator[tuple[Token, str]]:
    """The letters straight behind a vein, and the code of that vein.

    A capital needs a dash before it: "FV P" is said of the vein.
    """
    for mention in marks.mentions:
        row = mention.row("vein")
        at = mention.last + 1
        dashed = at + 1 < len(marks.tokens) and marks.tokens[at].text == _DASH
        token = marks.tokens[at + dashed] if at < len(marks.tokens) else None
        if row is None or token is None or token.norm not in letters:
            continue
        tight = dashed and not (marks.tokens[at].gap or token.gap)
        small = not dashed and token.gap == " " and token.text.islower()
        if tight or small:
            yield token, row.code

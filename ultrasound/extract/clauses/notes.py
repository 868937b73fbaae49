"""Notes below a table, to which a sign in it leads: "* after Valsalva", "† clot at its mouth"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import Doubt
from ultrasound.extract.lines.footnotes import NOTE
from ultrasound.extract.words.marks import Marks

_SAYING: Final = ("word", "noun")


def doubt_note(chunks: Sequence[Chunk], marks: Marks) -> Iterator[Doubt]:
    """Leave what a note without a vein says to a person: its vein is where the sign stands."""
    if not chunks or not _is_note(marks, chunks[0].first):
        return
    if any(group.has_vein for chunk in chunks for group in chunk.groups):
        return
    for chunk in chunks:
        for predicate in chunk.predicates:
            said = predicate.finding is not None and predicate.finding.kind in _SAYING
            if said or any(number.unit is not None for number in predicate.numbers):
                yield Doubt("unread", (predicate.first, predicate.last))
        chunk.predicates = []


def _is_note(marks: Marks, index: int) -> bool:
    """Whether the line of a token begins as a note does."""
    while index and "\n" not in marks.tokens[index].gap:
        index -= 1
    return marks.tokens[index].text == NOTE

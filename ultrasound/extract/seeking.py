"""Nouns that are only looked for: "standing for reflux", "scanned for thrombus"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.chunks import Chunk
from ultrasound.extract.marks import Marks

_BEFORE_NOUN: Final = ("the", "a", "an", "his", "her", "this", "that", "any", "possible")
_JUDGING: Final = ("negation", "weak_negation", "uncertain", "positive", "free", "negative")
_SOUGHT: Final = ("reflux", "thrombus")


def note_sought(chunk: Chunk, marks: Marks) -> None:
    """Note the nouns behind "for" that no word before it finds or denies."""
    for predicate in chunk.predicates:
        finding = predicate.finding
        noun = finding is not None and finding.kind == "noun" and finding.property in _SOUGHT
        if noun and predicate.first > chunk.first + 1:
            index = predicate.first - 1
            while index > chunk.first + 1 and marks.tokens[index].norm in _BEFORE_NOUN:
                index -= 1
            before = marks.tokens[index]
            judged = marks.mention_over(before.index - 1)
            known = judged is not None and judged.cue(*_JUDGING)
            predicate.sought = before.norm == "for" and not known and not predicate.negated

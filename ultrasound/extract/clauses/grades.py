"""Reflux told by its grade: one of nought is none."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import GRADES
from ultrasound.extract.words.marks import Marks

_NOUGHT: Final = "0"
_REACH: Final = 4  # tokens: "reflux: grade 0", "grade 0 reflux"


def deny_nought(chunk: Chunk, marks: Marks) -> None:
    """Deny the reflux of grade nought: "GSV left: reflux grade 0"."""
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is None or finding.property != "reflux" or predicate.negated:
            continue
        first = max(chunk.first, predicate.first - _REACH)
        near = marks.tokens[first : min(chunk.last, predicate.last + _REACH) + 1]
        for word, grade in pairwise(near):
            if word.norm in GRADES and grade.text == _NOUGHT:
                predicate.negated = (word.index, grade.index)

"""Answers for several places behind one question: "GSV reflux: R yes, L no", "DVT? N (right)"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.chunks import Chunk, end_of, start_of
from ultrasound.extract.marks import Element, Marks
from ultrasound.extract.places import FILLERS, PlaceGroup
from ultrasound.extract.predicates import Predicate
from ultrasound.extract.quantities import Number
from ultrasound.extract.questions import ANSWERS, is_answered
from ultrasound.extract.tokens import Token

Answered = tuple[Chunk, Element, str]  # a clause, its answer, and the answer's text
_LINKS: Final = frozenset({*FILLERS, "in", "of", "at", "on", "-", "="})


def asks_of_place(chunk: Chunk, noun: Predicate, marks: Marks) -> bool:
    """Whether a finding and its place ask for an answer: "Reflux in the SFJ: no"."""
    sign = chunk.last + 1
    if sign >= len(marks.tokens):
        return False
    if marks.tokens[sign].text != ":" and not is_answered(marks.tokens, sign):
        return False
    rest = [e for e in chunk.elements if start_of(e) > noun.last]
    return all(isinstance(e, PlaceGroup) or _is_link(e) for e in rest)


def find_answers(later: Sequence[Chunk], marks: Marks) -> list[Answered]:
    """The answers that begin a run of clauses, each alone or beside the place that it is for.

    A time may stand among them: "SSV reflux: R 2.1 s, L no".
    """
    found: list[Answered] = []
    for chunk in later:
        said = [e for e in chunk.elements if not isinstance(e, PlaceGroup) and not _is_link(e)]
        if len(said) > 1:
            break
        for element in said:
            if isinstance(element, Number) and element.unit and element.unit.kind == "time":
                continue
            text = marks.words(start_of(element), end_of(element)).lower()
            if text not in ANSWERS:
                return found
            found.append((chunk, element, text))
    return found


def _is_link(element: Element | PlaceGroup) -> bool:
    return isinstance(element, Token) and element.norm in _LINKS

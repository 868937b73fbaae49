"""Numbers without a unit that can be times of reflux: "reflux 0.4", "reflux: 420"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.extract.words.units import ReportUnits

YEAR: Final = re.compile(r"(?:19|20)\d\d")
_OF_NUMBER: Final = 2  # tokens from "reflux" over "of" to its number
_MILLISECONDS: Final = re.compile(r"[1-9]\d{2,3}")
_SAYING: Final = frozenset({"show", "demonstrate", "document", "exhibit", "have", "has"})
_FIGURES: Final = ("reading", "figure", "result")
_CODE: Final = 5  # figures of a bare number that is a code: "36475 x 1"


def is_behind_reflux(a: Assignment, number: Number, everything: Sequence[Assignment]) -> bool:
    """Whether a number that can be a time of it stands straight behind a "reflux"."""
    said = _last_said(a, number, everything)
    noun = said is not None and said.finding is not None and said.finding.property == "reflux"
    near = said is not None and number.first - said.last <= _OF_NUMBER
    return noun and near and can_be_time(number)


def _last_said(a: Assignment, number: Number, everything: Sequence[Assignment]) -> Predicate | None:
    """The word of a finding before a number; before the colon where it leads: "reflux: 420"."""
    before = [p for p in a.chunk.predicates if p.finding and p.last < a.predicate.first]
    if not before and a.chunk.separator == ":" and a.chunk.elements[0] is number:
        ahead = (b.predicate for b in everything if b.chunk.clause == a.chunk.clause)
        before = [p for p in ahead if p.last < a.chunk.first and p.finding is not None]
        before = [p for p in before if p.finding and p.finding.kind == "noun"]
    return max(before, key=lambda p: p.first, default=None)


def says_place(a: Assignment, b: Assignment) -> bool:
    """Whether a noun is said of its place, with the number apart in a bracket behind it.

    As in "the GSV shows reflux at the SFJ (2.1 s)"; "reflux at the SFJ (2.1 s)" is its time only.
    """
    placed = any(group.first > a.predicate.last for group in a.chunk.groups)
    return b.chunk.separator == "(" and placed and not _SAYING.isdisjoint(a.chunk.norms)


def can_be_time(number: Number) -> bool:
    """Whether a number behind "reflux" is a time: "0.4", "420"; 4 is a grade, 36475 a code."""
    return is_decimal(number) or _MILLISECONDS.fullmatch(number.low) is not None


def is_decimal(number: Number) -> bool:
    """Whether a number has a fraction: "1.2", "1,2"."""
    return not number.low.isdigit()


def can_be_code(a: Assignment, number: Number, units: ReportUnits) -> bool:
    """Whether a number can be no measure: a year behind no colon, where nothing has "ms"."""
    usual = units.usual.get("time")
    year = YEAR.fullmatch(number.low) and (usual is None or usual.factor != 1)
    return len(number.low) >= _CODE or bool(year and a.chunk.separator != ":")


def names_another(chunk: Chunk, number: Number, leading: Container[str]) -> bool:
    """Whether a time stands behind a word that is not known, alone: "refilling 14 s"."""
    if chunk.groups or any(p.finding for p in chunk.predicates):
        return False
    before = [e for e in chunk.elements if end_of(e) < number.first]
    before = [e for e in before if not (isinstance(e, Token) and e.norm in _FIGURES)]
    noun = before[-1] if before else None  # the first of "refill reading 14 s"
    return isinstance(noun, Token) and noun.kind == "word" and noun.norm not in leading

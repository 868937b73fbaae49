"""What another statement of the same sentence makes of a noun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.links.assignment import Assignment

_NOT_ACUTE: Final = "present"  # the age of what is only said not to be acute
_WHOLE: Final = "whole"  # "reflux throughout, 2.3 s at the SFJ"
_OPEN: Final = {("compressibility", "full"), ("patency", "patent"), ("reflux", "absent")}


def is_within(a: Assignment, b: Assignment) -> bool:
    """Whether a number is that of one place in a range: "from the SFJ to the knee, 2 s at mid".

    Or of its start, in brackets: "reflux enters at the SFJ (2 s) and descends to the knee".
    """
    ranged = bool(a.sites) and all(s.until is not None or s.spot.zone == _WHOLE for s in a.sites)
    own = bool(b.chunk.groups) and all(s.has_spot and s.until is None for s in b.sites)
    return ranged and own and (b.chunk is not a.chunk or bool(a.chunk.insets))


def tells_age(a: Assignment, b: Assignment) -> bool:
    """Whether a sentence goes on to the age of a thrombus: "echogenic lumen -> acute DVT"."""
    one, other = a.predicate, b.predicate
    if one.value != "present" or one.finding is None or one.finding.property != "thrombus":
        return False
    same = other.finding is not None and other.finding.property == "thrombus"
    aged = same and other.age not in (None, _NOT_ACUTE) and other.value == other.age
    aged = aged and not b.dropped
    return aged and a.chunk.clause == b.chunk.clause and set(a.sites) == set(b.sites)


def is_asked_for(a: Assignment, b: Assignment) -> bool:
    """Whether a noun says for what something was not assessed: "not assessed for thrombus"."""
    other = b.predicate.finding
    if other is None or other.value != "not_assessed" or b.chunk is not a.chunk:
        return False
    return b.predicate.last < a.predicate.first and a.predicate.negated is None


def is_answered_open(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether a noun only asks, and veins that are open answer: "Thrombosis: CFV compresses"."""
    own = a.predicate.finding
    if own is None or own.kind != "noun" or not a.predicate.heads or a.predicate.negated:
        return False
    behind = [b.predicate for b in everything if b.predicate.first > a.predicate.last]
    said = {(p.finding.property, p.value) for p in behind if p.finding is not None}
    return bool(said) and said <= _OPEN

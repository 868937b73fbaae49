"""Veins that are competent, behind the level at which they were measured.

In "SSV 2.6 mm at mid calf, competent" the level is that of the size; what is competent is the vein,
as long as the report says nothing of another level of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import Fact, Outcome
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks

_ABSENT: Final = ("reflux", "absent")
_REFLUX: Final = ("reflux", "reflux_time")
_TRUNKS: Final = ("GSV", "SSV", "AASV", "PASV", "GIAC")
_JUNCTIONS: Final = ("sfj", "spj")
_BETWEEN: Final = frozenset({",", ")", "and", "is", "it", "also", "fully", "entirely", "valve"})
_NEAR: Final = 4  # tokens from a vein to its size: ", which is 2.7 mm"
_HERE: Final = frozenset({"there", "here", "at", "throughout"})


def lift_verdicts(outcomes: Sequence[Outcome], marks: Marks) -> list[Outcome]:
    """The outcomes, in which such a verdict is that of the vein."""
    facts = [o for o in outcomes if isinstance(o, Fact) and not o.prior]
    return [
        _lift(o) if isinstance(o, Fact) and _is_lifted(o, facts, marks) else o for o in outcomes
    ]


def _lift(fact: Fact) -> Fact:
    support = tuple((role, span) for role, span in fact.support if role != "segment")
    return replace(fact, segment=None, support=support)


def _is_lifted(fact: Fact, facts: Sequence[Fact], marks: Marks) -> bool:
    if (fact.property, fact.value) != _ABSENT or fact.vein not in _TRUNKS or fact.prior:
        return False
    if fact.segment is None or fact.expanded or not _says_competent(fact, marks):
        return False
    own = [f for f in facts if (f.leg, f.vein) == (fact.leg, fact.vein) and f is not fact]
    others = {f.segment for f in own if f.property in _REFLUX} - {*_JUNCTIONS}
    others |= {f.segment for f in own if f.property in _REFLUX and f.value != "absent"}
    return not others and _measured_before(fact, marks)


def _says_competent(fact: Fact, marks: Marks) -> bool:
    mention = marks.mention_over(fact.cue[0])
    row = mention.row("finding") if mention is not None else None
    told = row is not None and (row.property, row.value) == _ABSENT and row.kind == "word"
    return told and marks.tokens[fact.cue[0]].norm != "no"


def _measured_before(fact: Fact, marks: Marks) -> bool:
    """Whether vein, number, level and verdict stand in this order, and no word before the last."""
    veins = [span for role, span in fact.support if role == "vein"]
    levels = sorted(span for role, span in fact.support if role == "segment")
    if len(veins) != 1 or not levels or veins[0][0] >= levels[0][0]:
        return False
    between: Span = (levels[-1][1] + 1, fact.cue[0])
    plain = all(t.norm in _BETWEEN for t in marks.tokens[slice(*between)])
    sizes = marks.numbers_in(veins[0][1] + 1, levels[0][0])
    sized = len(sizes) == 1 and sizes[0].first - veins[0][1] <= _NEAR
    parted = marks.has_sign(".", veins[0][1] + 1, fact.cue[0])
    behind = marks.tokens[fact.cue[1] + 1 : fact.cue[1] + 2]
    here = any(token.norm in _HERE for token in behind)
    return plain and between[0] < between[1] and sized and not (parted or here)

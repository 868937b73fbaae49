"""Treatments of which the vein is told by their result: "Post RFA. GSV is occluded, no flow"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import PERFORATORS, SHALLOW, Doubt, Fact, Outcome
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import Finding

_UNNAMED: Final = "no_vein_named"
_KINDS: Final = ("sclerotherapy", "ablation", "thermal_ablation", "nonthermal_ablation")
_CLOSED: Final = ("patency", "treatment_result")
_RESULTS: Final = (("compressibility", "none"), ("flow", "absent"))
_NEAR: Final = 12  # tokens from a treatment to its result
_BESIDE: Final = 3  # tokens from a treatment to the legs that it is one of
_NEAR_OF_LEG: Final = 24  # the same where each of two legs has its own


def name_treated(outcomes: Sequence[Outcome], marks: Marks) -> list[Outcome]:
    """Give a treatment without a vein the superficial one whose result follows next."""
    facts = [o for o in outcomes if isinstance(o, Fact) and o.property != "anatomy"]
    named: list[Outcome] = []
    for outcome in outcomes:
        named += _name(outcome, facts, marks) if isinstance(outcome, Doubt) else [outcome]
    return named


def _name(doubt: Doubt, facts: Sequence[Fact], marks: Marks) -> list[Outcome]:
    """The treatment of the veins that it closed, of each leg where it is one of both."""
    mention = marks.mention_at(doubt.span[0])
    row: Finding | None = mention.row("finding") if mention is not None else None
    if doubt.code != _UNNAMED or row is None or row.property != "treatment":
        return [doubt]
    legs = marks.legs_in(max(0, doubt.span[0] - _BESIDE), doubt.span[1] + _BESIDE)[0]
    both = doubt.leg is None and len(legs) > 1
    found = [_find_result(doubt, facts, leg) for leg in (legs if both else (doubt.leg,))]
    results = [f for f in found if f is not None and f.leg is not None]
    near = _NEAR if doubt.leg is None and not both else _NEAR_OF_LEG
    if row.value not in _KINDS or len(results) < len(found):
        return [doubt]
    if any(result.cue[0] - doubt.span[1] > near for result in results):
        return [doubt]
    return [_treat(doubt, row, result) for result in results]


def _treat(doubt: Doubt, row: Finding, result: Fact) -> Fact:
    return Fact(
        leg=result.leg,
        vein=result.vein,
        segment=result.segment if result.vein == "NSV" else None,
        property=row.property,
        value=row.value,
        source=doubt.span,
        cue=doubt.span,
        support=(("leg", result.cue), ("vein", result.cue)),
        flags=("vein_inferred",),
        section=result.section,
    )


def _find_result(doubt: Doubt, facts: Sequence[Fact], leg: Leg | None) -> Fact | None:
    """The result of a treatment of a leg, where it is what is told next of superficial veins."""
    behind = [f for f in facts if f.cue[0] > doubt.span[1] and f.vein in SHALLOW]
    behind = [f for f in behind if leg in (None, f.leg)]
    first = min(behind, key=lambda f: f.cue, default=None)
    return first if first is not None and _is_result(first) else None


def _is_result(fact: Fact) -> bool:
    """Whether a fact is what a treatment of a superficial vein leaves."""
    told = fact.property in _CLOSED or (fact.property, fact.value) in _RESULTS
    named = fact.vein in SHALLOW and fact.vein not in (*PERFORATORS, "SUPERFICIAL")
    return told and named and not fact.prior

"""Treatments of which the vein is told by their result: "Post RFA. GSV is occluded, no flow"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import PERFORATORS, SHALLOW, Doubt, Fact, Outcome
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import Finding

_UNNAMED: Final = "no_vein_named"
_KINDS: Final = ("sclerotherapy", "ablation", "thermal_ablation", "nonthermal_ablation")
_CLOSED: Final = ("patency", "treatment_result")
_RESULTS: Final = (("compressibility", "none"), ("flow", "absent"))
_NEAR: Final = 12  # tokens from a treatment to its result


def name_treated(outcomes: Sequence[Outcome], marks: Marks) -> list[Outcome]:
    """Give a treatment without a vein the superficial one whose result follows next."""
    facts = [o for o in outcomes if isinstance(o, Fact) and o.property != "anatomy"]
    return [_name(o, facts, marks) if isinstance(o, Doubt) else o for o in outcomes]


def _name(doubt: Doubt, facts: Sequence[Fact], marks: Marks) -> Outcome:
    mention = marks.mention_at(doubt.span[0])
    row: Finding | None = mention.row("finding") if mention is not None else None
    if doubt.code != _UNNAMED or row is None or row.property != "treatment":
        return doubt
    behind = sorted((f for f in facts if f.cue[0] > doubt.span[1]), key=lambda f: f.cue)
    if row.value not in _KINDS or not behind or not _is_result(behind[0]):
        return doubt
    result = behind[0]
    if result.cue[0] - doubt.span[1] > _NEAR or result.leg is None:
        return doubt
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


def _is_result(fact: Fact) -> bool:
    """Whether a fact is what a treatment of a superficial vein leaves."""
    told = fact.property in _CLOSED or (fact.property, fact.value) in _RESULTS
    named = fact.vein in SHALLOW and fact.vein not in (*PERFORATORS, "SUPERFICIAL")
    return told and named and not fact.prior

"""Statements about "the above veins": of the systems of which a vein of that leg was named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ultrasound.extract.facts.fact import Fact, Outcome
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.vein_rows import NamedPlace


def leave_unnamed(
    outcomes: Sequence[Outcome], marks: Marks, systems: Mapping[str, str]
) -> list[Outcome]:
    """The outcomes without what "the above veins" says of a system that nothing above is of."""
    facts = [o for o in outcomes if isinstance(o, Fact)]
    kept: list[Outcome] = []
    for outcome in outcomes:
        if isinstance(outcome, Fact) and _means_above(outcome, marks):
            named = {systems[f.vein] for f in facts if _stands_above(f, outcome)}
            if named and systems[outcome.vein] not in named:
                continue
        kept.append(outcome)
    return kept


def _means_above(fact: Fact, marks: Marks) -> bool:
    """Whether the words for its vein only point to those that were named."""
    for first, _ in fact.named:
        mention = marks.mention_at(first)
        row: NamedPlace | None = mention.row("place") if mention is not None else None
        if row is not None and row.above:
            return True
    return False


def _stands_above(fact: Fact, said: Fact) -> bool:
    return fact.leg is said.leg and fact.cue[0] < said.cue[0]

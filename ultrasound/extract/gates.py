"""Clauses that name veins and numbers without finding anything: thresholds, plans, questions."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.chunks import Chunk
from ultrasound.extract.facts import Pass
from ultrasound.extract.lexicon import Mention
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.tokens import Token


def gate_sentence(chunks: Sequence[Chunk], section: str | None) -> list[Pass]:
    """Mark the clauses that hold no finding, each by a rule of the contract, with its cue."""
    onward: tuple[str, tuple[int, int], int] | None = None
    limits = chunks[0].cues("threshold", "limit") if chunks else []
    if limits and limits[0].first == chunks[0].first and not chunks[0].groups:
        for chunk in chunks:
            chunk.dismissed, chunk.dismissed_by = "threshold", (limits[0].first, limits[0].last)
        return [Pass("threshold", (limits[0].first, limits[0].last))]
    if _only_bounds(chunks):
        cue = next(c for chunk in chunks for c in chunk.cues("threshold", "limit"))
        for chunk in chunks:
            chunk.dismissed, chunk.dismissed_by = "threshold", (cue.first, cue.last)
        return [Pass("threshold", (cue.first, cue.last))]
    for chunk in chunks:
        if onward is not None and (chunk.clause != onward[2] or _starts_anew(chunk, onward[0])):
            onward = None
        found = _rule_of(chunk)
        if found is not None:
            chunk.dismissed, chunk.dismissed_by = found
            if found[0] in ("plan", "question", "other_structure"):
                onward = (*found, chunk.clause)
        elif onward is not None:
            chunk.dismissed, chunk.dismissed_by = onward[0], onward[1]
    _dismiss_plans(chunks)
    return [
        Pass(chunk.dismissed, chunk.dismissed_by)
        for chunk in chunks
        if chunk.dismissed is not None
        and chunk.dismissed_by is not None
        and (chunk.predicates or chunk.groups)
    ]


def _only_bounds(chunks: Sequence[Chunk]) -> bool:
    """A sentence with a word of limits in which every number is a bound and nothing is found."""
    numbers = [n for chunk in chunks for p in chunk.predicates for n in p.numbers]
    findings = [
        p for chunk in chunks for p in chunk.predicates if p.finding and p.finding.kind == "word"
    ]
    limits = any(chunk.cues("threshold", "limit") for chunk in chunks)
    return (
        limits
        and bool(numbers)
        and not findings
        and all(n.comparator not in ("=", "~") for n in numbers)
    )


def _starts_anew(chunk: Chunk, rule: str) -> bool:
    return rule == "other_structure" and any(g.has_vein for g in chunk.groups)


def _rule_of(chunk: Chunk) -> tuple[str, tuple[int, int]] | None:
    limits = chunk.cues("limit")
    if limits and not any(
        p.finding and p.finding.kind in ("word", "noun") for p in chunk.predicates
    ):
        return "threshold", (limits[0].first, limits[0].last)
    for kind, rule in (("threshold", "threshold"), ("plan", "plan"), ("question", "question")):
        for cue in chunk.cues(kind):
            return rule, (cue.first, cue.last)
    if any(isinstance(e, Token) and e.text == "=" for e in chunk.elements) and not any(
        p.numbers for p in chunk.predicates
    ):
        return "threshold", (chunk.first, chunk.last)  # a line of a legend
    if _explains_code(chunk):
        return "threshold", (chunk.first, chunk.last)
    for cue in chunk.cues("template"):
        return "template_blank", (cue.first, cue.last)
    for cue in chunk.cues("other_structure"):
        if not _vein_before(chunk, cue.first):
            return "other_structure", (cue.first, cue.last)
    for cue in chunk.cues("drug"):
        return "drug_or_pressure", (cue.first, cue.last)
    for before, element in zip(chunk.elements, chunk.elements[1:], strict=False):
        row = element.row("finding") if isinstance(element, Mention) else None
        if (
            row is not None
            and row.property == "treatment"
            and isinstance(before, Token)
            and before.norm == "for"
        ):
            return "plan", (element.first, element.last)
    for cue in chunk.cues("history"):
        if any(p.finding and p.finding.property != "treatment" for p in chunk.predicates):
            if not any(p.finding and p.finding.property == "treatment" for p in chunk.predicates):
                return "history", (cue.first, cue.last)
    return None


def _explains_code(chunk: Chunk) -> bool:
    """ "NT not tested": a code straight before its own meaning."""
    for one, other in zip(chunk.predicates, chunk.predicates[1:], strict=False):
        if one.finding is not None and other.finding is not None and one.last + 1 == other.first:
            same = (one.finding.property, one.finding.value) == (
                other.finding.property,
                other.finding.value,
            )
            if same and one.first == one.last:
                return True
    return False


def _vein_before(chunk: Chunk, first: int) -> bool:
    return any(isinstance(e, PlaceGroup) and e.has_vein and e.first < first for e in chunk.elements)


def _dismiss_plans(chunks: Sequence[Chunk]) -> None:
    """A treatment anywhere in a clause that plans one is planned."""
    for chunk in chunks:
        if chunk.dismissed != "plan":
            continue
        for other in chunks:
            treats = any(p.finding and p.finding.property == "treatment" for p in other.predicates)
            if other.clause == chunk.clause and other.dismissed is None and treats:
                other.dismissed, other.dismissed_by = "plan", chunk.dismissed_by

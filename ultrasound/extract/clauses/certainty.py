"""How far a finding is sure, told at all, or graded: "possible", "could not be told", "mild"."""

from __future__ import annotations

from ultrasound.extract.clauses.chunks import Chunk


def doubt(chunk: Chunk) -> None:
    """Note the words that make what a clause says uncertain."""
    for cue in chunk.cues("uncertain"):
        chunk.uncertain = (cue.first, cue.last)
    for predicate in chunk.predicates:
        if predicate.weak and predicate.negated is not None:
            chunk.uncertain = predicate.negated


def undetermine(chunk: Chunk) -> None:
    """A finding of which the clause says that it could not be told."""
    if "undetermined" not in chunk.kinds:
        return
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is None or finding.kind not in ("noun", "word", "looked_at"):
            continue
        if finding.property == "thrombus":
            predicate.age = predicate.age or "indeterminate"
        elif finding.property in ("reflux", "compressibility"):
            changed = {"value": "indeterminate", "denied": None, "kind": "word"}
            predicate.finding, predicate.negated = finding.model_copy(update=changed), None
            chunk.uncertain = None


def grade(chunk: Chunk) -> None:
    """Note which findings are graded, or called physiological."""
    physiological = chunk.cues("physiological")
    for predicate in chunk.predicates:
        predicate.physiological = bool(physiological)
    for cue in chunk.cues("grade"):
        for predicate in chunk.predicates:
            beside = cue.last < predicate.first or cue.first == predicate.last + 1
            if predicate.finding is not None and beside:
                predicate.graded = True

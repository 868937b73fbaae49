"""How far a finding is sure, told at all, or graded: "possible", "could not be told", "mild"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, start_of
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_BESIDE: Final = frozenset({*FILLERS, "any", "an", "previous", "old", "recent", "earlier"})
_BESIDE_VERDICT: Final = (",", "(", "-", "and")
_MEASURED: Final = ("=", "~")
_RELATING: Final = frozenset({"due", "secondary", "related", "caused", "attributed", "cause"})
_RELATED: Final = 3  # elements from "likely" to "cause" in "is likely the cause of"


def doubt(chunk: Chunk) -> None:
    """Note the words that make what a clause says uncertain."""
    for cue in chunk.cues("uncertain"):
        if _is_denied(chunk, cue):
            _drop_sign(chunk, cue)
        elif not _relates(chunk, cue):
            chunk.uncertain = (cue.first, cue.last)
    _leave_unconfirmed(chunk)
    for predicate in chunk.predicates:
        if predicate.weak and predicate.negated is not None:
            chunk.uncertain = predicate.negated


def _leave_unconfirmed(chunk: Chunk) -> None:
    """What was in doubt stays so: "possible reflux in the SSV could not be reproduced"."""
    spans = {(cue.first, cue.last) for cue in chunk.cues("unconfirmed")}
    if chunk.uncertain is None or not spans:
        return
    for predicate in chunk.predicates:
        if predicate.negated in spans and chunk.uncertain[0] < predicate.first:
            predicate.negated = None


def _relates(chunk: Chunk, cue: Mention) -> bool:
    """Whether only what comes of a finding is likely: "swelling likely due to SSV reflux"."""
    behind = [e for e in chunk.elements if start_of(e) > cue.last][:_RELATED]
    words = [
        e.norm for e in takewhile(lambda e: isinstance(e, Token), behind) if isinstance(e, Token)
    ]
    return not _RELATING.isdisjoint(words)


def _is_denied(chunk: Chunk, cue: Mention) -> bool:
    """Whether there is nothing that suggests what stands behind: "nothing suggestive of DVT"."""
    behind = [p for p in chunk.predicates if p.first > cue.last]
    denied = any(p.negated and p.negated[1] < cue.first and not p.weak for p in behind)
    return denied and cue.cue("suggesting")


def _drop_sign(chunk: Chunk, cue: Mention) -> None:
    """Leave out the sign that there is none of: "no expansile thrombus to suggest acute DVT"."""
    behind = {p.finding.property for p in chunk.predicates if p.finding and p.first > cue.last}
    chunk.predicates = [
        p
        for p in chunk.predicates
        if p.finding is None or p.first > cue.last or p.finding.property not in behind
    ]


def doubt_measured(chunks: Sequence[Chunk], chunk: Chunk, asked: Span) -> bool:
    """Whether a question has its measure beside it, and so is a doubt: "query reflux (0.6 s)".

    The clauses of both are marked as uncertain.
    """
    queried = [c for c in chunk.cues("queried") if c.first == asked[0]]
    signed = any(isinstance(e, Token) and e.index == asked[0] for e in chunk.elements)
    noun = any(p.finding is not None and p.finding.property == "reflux" for p in chunk.predicates)
    if not noun or not (queried or signed):
        return False
    told = [chunk]
    for later in chunks[chunks.index(chunk) + 1 :]:
        if later.clause != chunk.clause or later.groups or any(p.finding for p in later.predicates):
            break
        told.append(later)
    measured = [c for c in told if any(_is_measure(p) for p in c.predicates)]
    for part in (chunk, *measured) if measured else ():
        part.uncertain, part.queried = part.uncertain or asked, True
    return bool(measured)


def _is_measure(predicate: Predicate) -> bool:
    """Whether it is a time that was measured, and no bound."""
    return any(
        n.comparator in _MEASURED and n.unit is not None and n.unit.kind == "time"
        for n in predicate.numbers
    )


def suggests_finding(chunk: Chunk, cue: Mention) -> bool:
    """Whether what is suggested is no plan, but found: "nothing to suggest DVT in either leg"."""
    if not cue.cue("suggesting"):
        return False
    behind = [e for e in chunk.elements if start_of(e) > cue.last]
    noun = next((e for e in behind if not _is_beside(e)), None)
    row = noun.row("finding") if isinstance(noun, Mention) else None
    if row is None or row.property == "treatment":
        return False
    return row.kind in ("noun", "word")


def _is_beside(element: Element | PlaceGroup) -> bool:
    """Whether it may stand before the noun: "suggest a previous left DVT", "chronic thrombus"."""
    if isinstance(element, Token):
        return element.norm in _BESIDE
    if isinstance(element, Mention):
        return element.row("age") is not None or element.cue("prior", "grade")
    return isinstance(element, PlaceGroup)


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


def share_physiological(chunks: Sequence[Chunk]) -> None:
    """Let a verdict hold for the clause before it, and a noun's for its time in brackets.

    As in "CFV reflux of 0.8 s, considered physiological", "physiological reflux (0.9 s)".
    """
    for before, chunk in pairwise(chunks):
        found = any(p.finding is not None for p in chunk.predicates)
        if chunk.groups or found or chunk.separator not in _BESIDE_VERDICT:
            continue
        verdict = chunk.cues("physiological") and "negation" not in chunk.kinds
        if chunk.predicates and chunk.separator == "(":
            for predicate in chunk.predicates:
                predicate.physiological |= any(p.physiological for p in before.predicates)
        elif verdict and not chunk.predicates:
            for predicate in before.predicates:
                predicate.physiological = True

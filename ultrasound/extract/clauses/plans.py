"""Treatments that only go on with a plan: "Suggest RFA of the GSV; foam to the tributaries"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.exam_dates import YEAR
from ultrasound.extract.clauses.kin import treats
from ultrasound.extract.clauses.plan_items import opens_with_treatment
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Pass
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_CODE: Final = "cpt"  # the billing code of a procedure
_DESCRIBED: Final = ("reflux", "diameter", "depth", "compressibility", "patency", "anatomy")
_IF: Final = "if"
_PRE: Final = "pre"
_NEAR: Final = 2  # tokens from "pre" over its hyphen
_SIGNS: Final = (":", "-", "no")  # before a verdict
_JOINING: Final = frozenset({"of", "the", "to", "for", "bilateral", "."})
_PAST: Final = ("after", "post", "following", "since", "was", "were", "had", "done", "previously")
_LABELS: Final = frozenset(
    {"request", "requested", "th", "ther", "therapy", "therapie", "procedere", "tx"}
)


@dataclass(frozen=True, slots=True)
class PlanHeading:
    """A heading under which plans stand among what was found: "Assessment and plan"."""

    marks: Marks
    at: Span


def dismiss_plans(
    chunks: Sequence[Chunk], before: Sequence[Pass], heading: PlanHeading | None = None
) -> None:
    """A treatment anywhere in a clause that plans one is planned.

    So is one that only goes on with the plan: "Suggest RFA of the GSV; foam to tributaries".
    """
    for chunk in chunks:
        if chunk.dismissed != "plan":
            continue
        for other in chunks:
            same = other.clause == chunk.clause and treats(other)
            onward = chunk is chunks[0] and opens_with_treatment(other)
            if other.dismissed is None and (same or onward):
                other.dismissed, other.dismissed_by = "plan", chunk.dismissed_by
    _dismiss_conditioned(chunks)
    _dismiss_requested(chunks)
    _dismiss_labelled(chunks)
    _dismiss_judged(chunks)
    if _is_asked_for(chunks, before):
        for chunk in chunks:
            chunk.dismissed, chunk.dismissed_by = "plan", before[0].span
    planned = any(passed.rule == "plan" for passed in before)
    if planned and chunks and chunks[0].dismissed is None and opens_with_treatment(chunks[0]):
        first = chunks[0].predicates[0]
        chunks[0].dismissed, chunks[0].dismissed_by = "plan", (first.first, first.last)
    _dismiss_headed(chunks, heading)


def _dismiss_headed(chunks: Sequence[Chunk], heading: PlanHeading | None) -> None:
    """Dismiss treatments under a heading of findings and plans: "A/P: R GSV reflux. RFA R GSV".

    One with a year, or that something else is said of, was done: "SSV closed, s/p VenaSeal".
    """
    if heading is None or any(chunk.cues("history", "prior") for chunk in chunks):
        return
    for chunk in chunks:
        found = [p.finding for p in chunk.predicates if p.finding is not None]
        only = bool(found) and all(finding.property == "treatment" for finding in found)
        words = [t.norm for t in heading.marks.tokens[chunk.first : chunk.last + 1]]
        done = any(map(_is_year, chunk.elements)) or any(map(_tells_past, words))
        if only and not done and chunk.dismissed is None:
            chunk.dismissed, chunk.dismissed_by = "plan", heading.at


def _tells_past(word: str) -> bool:
    """Whether a word says that something was done: "ablated", "post RFA"."""
    return word in _PAST or word.endswith("ed")


def drop_coming(chunks: Sequence[Chunk]) -> list[Pass]:
    """Leave out a treatment that an exam comes before: "pre-sclerotherapy map", "pre RFA scan".

    Beside a number it may be past: "closed (pre-RFA diameter 6 mm)".
    """
    passed: list[Pass] = []
    for chunk in chunks:
        if _PRE not in chunk.norms or any(p.numbers for p in chunk.predicates):
            continue
        for predicate in [p for p in chunk.predicates if _comes_after(chunk, p)]:
            chunk.predicates.remove(predicate)
            passed.append(Pass("plan", (predicate.first, predicate.last)))
    return passed


def _comes_after(chunk: Chunk, predicate: Predicate) -> bool:
    """Whether a treatment stands straight behind "pre" or "pre-"."""
    words = [e for e in chunk.elements if isinstance(e, Token) and e.index < predicate.first]
    if words and words[-1].text == "-":
        words.pop()
    near = bool(words) and words[-1].norm == _PRE and predicate.first - words[-1].index <= _NEAR
    return near and predicate.finding is not None and predicate.finding.property == "treatment"


def _dismiss_conditioned(chunks: Sequence[Chunk]) -> None:
    """Dismiss a treatment on a condition: "foam at 6 weeks if it still troubles her"."""
    for chunk in chunks:
        if _IF not in chunk.norms:
            continue
        named = [p for p in chunk.predicates if p.finding]
        only = all(p.finding and p.finding.property == "treatment" for p in named)
        if chunk.dismissed is not None or not named or not only:
            continue
        last = named[-1].last
        asked = [e.index for e in chunk.elements if isinstance(e, Token) and e.norm == _IF]
        done = any(map(_is_year, chunk.elements)) or chunk.cues("history", "prior")
        if any(index > last for index in asked) and not done:
            chunk.dismissed, chunk.dismissed_by = "plan", (asked[-1], asked[-1])


def _is_asked_for(chunks: Sequence[Chunk], before: Sequence[Pass]) -> bool:
    """Whether a sentence behind the heading of a request names only treatments and their veins.

    "Request: RFA of the right GSV, foam to the tributaries"; a complaint or a year tells the past.
    """
    if not chunks or not before or before[0].rule != "plan":
        return False
    if before[0].span[1] != chunks[0].first - 1:
        return False
    named = any(treats(chunk) for chunk in chunks) and _names_only(chunks[0])
    done = any(_is_year(e) for c in chunks for e in c.elements)
    found = any(
        p.finding and p.finding.property != "treatment" for c in chunks for p in c.predicates
    )
    past = done or any(chunk.cues("history", "prior") for chunk in chunks)
    return named and not found and not past


def _names_only(chunk: Chunk) -> bool:
    """Whether a clause names treatments and veins, and says nothing of them."""
    treats = {(p.first, p.last) for p in chunk.predicates if p.finding}
    return all(
        isinstance(e, PlaceGroup)
        or (isinstance(e, Token) and e.norm in _JOINING)
        or (isinstance(e, Mention) and (e.first, e.last) in treats)
        for e in chunk.elements
    )


def tells_depth(chunks: Sequence[Chunk], index: int, rule: str) -> bool:
    """Whether a bracket behind a plan tells how deep the vein lies: "for EVLT (depth 12 mm)".

    Nothing where the sentence names several veins.
    """
    chunk = chunks[index]
    if len({p.vein for c in chunks for g in c.groups for p in g.parts if p.vein}) > 1:
        return False
    named = [p.finding for p in chunk.predicates if p.finding is not None]
    depth = bool(named) and all(finding.property == "depth" for finding in named)
    numbers = [n for p in chunk.predicates for n in p.numbers]
    exact = len(numbers) == 1 and numbers[0].comparator in ("=", "~")
    return rule == "plan" and chunk.depth > 0 and depth and exact


def tells_of_vein(chunks: Sequence[Chunk], index: int, rule: str) -> bool:
    """Whether behind a colon the vein is described that a plan is about.

    As in "For planning of the left GSV: it is straight and lies 14 mm below the skin", or its state
    is the reason: "not recommended, with reflux in the mid thigh".
    """
    behind = chunks[index:]
    if rule == "plan" and (_tells_reason(chunks[index]) or _tells_size(chunks, index)):
        return True
    if rule != "plan" or chunks[index].separator != ":" or any(map(treats, behind)):
        return False
    before = chunks[index - 1]
    named = [p.finding for c in behind for p in c.predicates if p.finding is not None]
    asked = any(c.kinds & {"plan", "question"} for c in behind)
    placed = any(group.has_vein for group in before.groups)
    return placed and not asked and any(f.property in _DESCRIBED for f in named)


def _tells_size(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether the vein is measured behind what it is fit for: "suitable for RFA, diameter 5 mm".

    Or named and measured behind a colon: "Suitable for EVLA: GSV from knee to SFJ, diameter 5 mm".
    Nothing where the sentence names several veins.
    """
    if len({p.vein for c in chunks for g in c.groups for p in g.parts if p.vein}) > 1:
        return False
    chunk, before, behind = chunks[index], chunks[index - 1], chunks[index:]
    numbers = [n for p in chunk.predicates for n in p.numbers]
    labelled = any(p.finding is not None and p.finding.kind == "label" for p in chunk.predicates)
    if chunk.separator == ",":
        named = any(group.has_vein for group in chunk.groups)
        return bool(numbers) and labelled and not named and all(map(_is_size, numbers))
    if chunk.separator != ":" or before.groups or not treats(before) or any(map(treats, behind)):
        return False
    sizes = [n for c in behind for p in c.predicates for n in p.numbers if _is_size(n)]
    return bool(sizes) and any(group.has_vein for group in chunk.groups)


def _is_size(number: Number) -> bool:
    """Whether it is a size in mm, and no limit."""
    unit = number.unit
    exact = number.comparator in ("=", "~") or number.attained
    return unit is not None and unit.kind == "length" and not unit.centi and exact


def _tells_reason(chunk: Chunk) -> bool:
    """Whether a clause finds reflux at a level, and treats nothing."""
    found = [p.finding for p in chunk.predicates if p.finding is not None]
    refluxes = bool(found) and all(finding.property == "reflux" for finding in found)
    placed = any(group.has_spot for group in chunk.groups)
    return chunk.separator == "with" and refluxes and placed and "plan" not in chunk.kinds


def _dismiss_requested(chunks: Sequence[Chunk]) -> None:
    """Dismiss treatments that are named by the code for which a letter asks: "CPT 36475, RFA"."""
    coded = [chunk for chunk in chunks if _CODE in chunk.norms]
    past = coded and any(chunk.cues("history", "prior") for chunk in chunks)
    if not coded or past or not any(treats(chunk) for chunk in chunks):
        return
    code = next(t for t in coded[0].elements if _is_code(t))
    for chunk in chunks:
        if chunk.dismissed is None:
            chunk.dismissed, chunk.dismissed_by = "plan", (code.index, code.index)


def _dismiss_labelled(chunks: Sequence[Chunk]) -> None:
    """Dismiss treatments behind a label for what is wanted: "Th: R EVLA", "Request: RFA".

    Those with a year were done.
    """
    behind = [i for i, c in enumerate(chunks) if i and c.separator == ":"]
    at = next((i for i in behind if _is_label(chunks[i - 1])), None)
    if at is None or not any(treats(c) for c in chunks[at:]):
        return
    done = any(_is_year(e) for c in chunks for e in c.elements)
    if done or any(chunk.cues("history", "prior") for chunk in chunks):
        return
    label = chunks[at - 1]
    for chunk in chunks[at:]:
        if chunk.dismissed is None and chunk.depth >= label.depth:
            chunk.dismissed, chunk.dismissed_by = "plan", (label.first, label.last)


def _is_label(chunk: Chunk) -> bool:
    """Whether a clause is only a label for what is wanted."""
    word = chunk.elements[0]
    return len(chunk.elements) == 1 and isinstance(word, Token) and word.norm in _LABELS


def _dismiss_judged(chunks: Sequence[Chunk]) -> None:
    """Dismiss treatments of which a verdict follows: "Left GSV ablation: met", "RFA not met"."""
    for index, chunk in enumerate(chunks):
        if chunk.dismissed is not None or not treats(chunk):
            continue
        last = chunk.predicates[-1].last
        cues = [cue for cue in chunk.cues("verdict") if cue.first > last]
        outside = (c for c in chunks[index + 1 :] if c.depth <= chunk.depth)  # of brackets
        follower = next(outside, None)
        if follower is not None and follower.separator in _SIGNS:
            cues += [c for c in follower.cues("verdict") if c.first == follower.first]
        done = any(map(_is_year, chunk.elements))
        if cues and not done:
            chunk.dismissed, chunk.dismissed_by = "plan", (cues[0].first, cues[0].last)


def _is_year(element: Element | PlaceGroup) -> bool:
    return isinstance(element, Number) and YEAR.fullmatch(element.low) is not None


def _is_code(element: Element | PlaceGroup) -> TypeGuard[Token]:
    return isinstance(element, Token) and element.norm == _CODE

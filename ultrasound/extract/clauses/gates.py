"""Clauses that name veins and numbers without finding anything: thresholds, plans, questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.asked import answers_question, find_asked
from ultrasound.extract.clauses.certainty import doubt_measured, suggests_finding
from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.complaints import dismiss_complaints, dismiss_dated, year_of
from ultrasound.extract.clauses.devices import names_drug, names_equipment
from ultrasound.extract.clauses.equations import explain, go_on_explaining
from ultrasound.extract.clauses.exam_again import heads_finding, heads_result, is_told
from ultrasound.extract.clauses.held_against import drop_held_against
from ultrasound.extract.clauses.kin import read_kin
from ultrasound.extract.clauses.limits import (
    find_limit,
    go_on_limiting,
    judges,
    names_limit,
)
from ultrasound.extract.clauses.plan_items import keep_plan
from ultrasound.extract.clauses.plans import (
    PlanHeading,
    dismiss_plans,
    drop_coming,
    tells_depth,
    tells_of_vein,
)
from ultrasound.extract.clauses.sources import drop_unseen_sources
from ultrasound.extract.clauses.structures import names_disease, names_structure
from ultrasound.extract.clauses.unmet import drop_unmet
from ultrasound.extract.facts.fact import COUNTED, Pass
from ultrasound.extract.links.remainder import dismiss_remainders
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_Ruled = tuple[str, Span]
_OF_THINGS: Final = ("other_structure", "equipment", "drug_or_pressure")  # to the clause's end
_BEING: Final = ("is", "are", "be")
_ADDED: Final = ("+", "and", "&", "/")
_LASTING: Final = ("plan", "question", *_OF_THINGS)


def gate_sentence(
    chunks: Sequence[Chunk], before: Sequence[Pass] = (), planned: PlanHeading | None = None
) -> list[Pass]:
    """Mark the clauses that hold no finding, each by a rule of the contract, with its cue.

    ``before`` are those of the sentence before, whose limits may go on; ``planned`` is the heading
    in force where plans stand among what was found.
    """
    if plan := keep_plan(chunks, before):
        return plan
    limit = find_limit(chunks) or go_on_limiting(chunks, before)
    asked = find_asked(chunks)
    if limit is None and asked is not None:
        for chunk in chunks:
            chunk.dismissed, chunk.dismissed_by = asked
        return [Pass(*asked)]
    if limit is not None:
        own = [Pass(*ruled) for chunk in chunks if (ruled := _rule_of(chunk))]
        for chunk in chunks:
            chunk.dismissed, chunk.dismissed_by = "threshold", limit
        return [Pass("threshold", limit), *own]
    labels = [
        *drop_held_against(chunks),
        *drop_unseen_sources(chunks),
        *drop_coming(chunks),
        *drop_unmet(chunks),
        *_dismiss_clauses(chunks),
    ]
    _go_on_limiting(chunks)
    _dismiss_unanswered(chunks)
    dismiss_plans(chunks, before, planned)
    dismiss_complaints(chunks)
    dismiss_dated(chunks)
    dismiss_remainders(chunks)
    go_on_explaining(chunks)
    return labels + [
        Pass(chunk.dismissed, chunk.dismissed_by)
        for chunk in chunks
        if chunk.dismissed and chunk.dismissed_by and (chunk.predicates or chunk.groups)
    ]


def _dismiss_clauses(chunks: Sequence[Chunk]) -> list[Pass]:
    """Mark each clause by its own rule, or by a lasting one of the clause before.

    Returned are the treatments that only label what is measured behind a colon.
    """
    labels: list[Pass] = []
    onward: _Ruled | None = None
    clause = 0
    subject = bool(chunks) and chunks[0].words == ["re"]  # "Re: appeal; laser of the GSV"
    for index, chunk in enumerate(chunks):
        leaves = chunk.clause != clause and not subject
        if onward is not None and (leaves or _starts_anew(chunks, index, onward[0])):
            onward = None
        found = _rule_of(chunk) or read_kin(chunks, index)
        if found and found[0] == "question" and _is_answered(chunks, chunk, found[1]):
            found = None
        if found is not None and _is_labelled(chunks, chunk, found[0]):
            # as for the tributaries of "Tributaries for foam: lateral thigh 5.1 mm"
            labels += [Pass("plan", (p.first, p.last)) for p in chunk.predicates]
            chunk.predicates, found = [], None
        if found is not None:
            chunk.dismissed, chunk.dismissed_by = found
            if found[0] in _LASTING and not heads_result(chunks[index : index + 2]):
                onward, clause = found, chunk.clause
        elif onward is not None and not tells_depth(chunks, index, onward[0]):
            chunk.dismissed, chunk.dismissed_by = onward
    return labels


def _is_answered(chunks: Sequence[Chunk], chunk: Chunk, asked: Span) -> bool:
    """Whether what is asked for is denied behind a colon: "Query reflux left SSV: none".

    Or was not looked for ("assessment of the left SSV was not undertaken"), or is "excludes".
    """
    behind = [p for p in chunk.predicates if p.first > asked[1]]
    told = any(p.negated == asked or p.value == "not_assessed" for p in behind)
    if told or doubt_measured(chunks, chunk, asked):
        return True
    later = chunks[chunks.index(chunk) + 1 :]
    if later and heads_finding(chunk, later[0]):
        return True
    denied = any(p.negated is not None and p.negated[0] > chunk.last for p in chunk.predicates)
    return denied and bool(later) and later[0].separator == ":"


def _dismiss_unanswered(chunks: Sequence[Chunk]) -> None:
    """Dismiss the nouns before a colon that only a blank follows: "DVT: {none / acute}".

    And branches that are only asked for: "Incompetent perforators: ___", "Varicose veins: ___".
    """
    for chunk, after in pairwise(chunks):
        parts = [part for group in chunk.groups for part in group.parts]
        branches = bool(parts) and all(part.vein in COUNTED for part in parts)
        if after.separator != ":" or after.predicates or not (chunk.predicates or branches):
            continue
        nouns = branches or all(p.finding and p.finding.kind == "noun" for p in chunk.predicates)
        for cue in after.cues("template_blank") if nouns else ():
            chunk.dismissed, chunk.dismissed_by = "template_blank", (cue.first, cue.last)


def _go_on_limiting(chunks: Sequence[Chunk]) -> None:
    """Dismiss the limits behind a limit: "abnormal > 0.5 s superficial and > 1 s deep".

    And the numbers alone: "the payer requires 4.5 mm and 500 ms".
    """
    for before, chunk in pairwise(chunks):
        if before.dismissed == "threshold" and chunk.dismissed is None and _bounds_on(chunk):
            chunk.dismissed, chunk.dismissed_by = before.dismissed, before.dismissed_by
        if chunk.dismissed == "threshold" and before.dismissed is None and _pairs(before, chunk):
            before.dismissed, before.dismissed_by = chunk.dismissed, chunk.dismissed_by


def _pairs(before: Chunk, chunk: Chunk) -> bool:
    """Whether two limits stand about a slash: "meets the 0.5 s / 5.5 mm carrier criteria"."""
    numbers = [n for p in before.predicates for n in p.numbers]
    bare = not before.groups and not any(p.finding for p in before.predicates)
    ends = bool(numbers) and numbers[-1].last == before.last
    leads = isinstance(chunk.elements[0], Number)
    return chunk.separator == "/" and bare and ends and leads


def _bounds_on(chunk: Chunk) -> bool:
    """Whether a clause holds limits and no finding, or nothing but numbers that are joined on."""
    numbers = [n for p in chunk.predicates for n in p.numbers]
    if chunk.separator in _ADDED and not (chunk.groups or chunk.cued or chunk.norms - {"."}):
        return bool(numbers) and not any(p.finding for p in chunk.predicates)
    found = any(p.finding and p.finding.kind == "word" for p in chunk.predicates)
    return bool(numbers) and not found and all(n.comparator not in ("=", "~") for n in numbers)


def _is_labelled(chunks: Sequence[Chunk], chunk: Chunk, rule: str) -> bool:
    """Whether a planned treatment only labels veins: those measured behind a colon, or there.

    As in "There are calf varices for avulsion".
    """
    later = chunks[chunks.index(chunk) + 1 :]
    measured = bool(later) and later[0].separator == ":"
    if rule != "plan" or not (measured or _says_there(chunk)) or not chunk.groups:
        return False
    treats = all(p.finding and p.finding.property == "treatment" for p in chunk.predicates)
    return treats and bool(chunk.predicates) and "plan" not in chunk.kinds


def _says_there(chunk: Chunk) -> bool:
    """Whether a clause says what there is: "There are …"."""
    there = any(cue.first == chunk.first for cue in chunk.cues("here"))
    return there and not chunk.norms.isdisjoint(_BEING)


def _starts_anew(chunks: Sequence[Chunk], index: int, rule: str) -> bool:
    """Whether a clause is outside of the rule of the clause before."""
    chunk = chunks[index]
    if tells_of_vein(chunks, index, rule) or answers_question(chunk, rule):
        return True
    if chunk.separator in ("which", "because") and chunk.predicates:
        return True
    last = chunks[index - 1].elements[-1]
    if chunk.separator == "no" and isinstance(last, Token) and last.text == ".":
        return True  # "For MDT re EVLA. no DVT either side."
    return rule in _OF_THINGS and (any(g.has_vein for g in chunk.groups) or names_disease(chunk))


def _rule_of(chunk: Chunk) -> _Ruled | None:
    """The first rule by which a clause holds no finding, with the words that say so."""
    for rule in _RULES if chunk.cued else _RULES_WITHOUT_CUES:
        found = rule(chunk)
        if found is not None:
            return found
    return None


def _says_purpose(chunk: Chunk) -> _Ruled | None:
    for kind in ("threshold", "plan", "question") if chunk.cued else ():
        for cue in chunk.cues(kind):
            finds = kind == "threshold" and judges(chunk, cue)
            finds = finds or is_told(chunk, cue)
            if not finds and not suggests_finding(chunk, cue):
                return kind, (cue.first, cue.last)
    if "?" not in chunk.norms:
        return None
    last = chunk.elements[-1]
    if isinstance(last, Token) and last.text == "?" and len(chunk.elements) > 1:
        return "question", (last.index, last.index)
    for mark, element in pairwise(chunk.elements):
        leads = mark is chunk.elements[0] or not isinstance(element, PlaceGroup)
        if isinstance(mark, Token) and mark.text == "?" and leads:
            return "question", (mark.index, mark.index)
    return None


def _is_template(chunk: Chunk) -> _Ruled | None:
    return next((("template_blank", (m.first, m.last)) for m in chunk.cues("template")), None)


def _plans_treatment(chunk: Chunk) -> _Ruled | None:
    """A treatment that something is done for, or the first: "mapping for ablation", "RFA first"."""
    if (turn := _names_turn(chunk)) is not None:
        return "plan", turn
    for before, element in pairwise(chunk.elements) if "for" in chunk.norms else ():
        led = isinstance(before, Token) and before.norm == "for"
        if not led or not isinstance(element, Mention):
            continue
        row = element.row("finding")
        if row is not None and row.property == "treatment":
            return "plan", (element.first, element.last)
    return None


def _names_turn(chunk: Chunk) -> Span | None:
    """When a treatment comes: "RFA first", "foam later"; that of "foam a week later" was done."""
    words = [e for e in chunk.elements if not (isinstance(e, Token) and e.text == ".")]
    last, before = words[-1] if words else None, words[-2] if len(words) > 1 else None
    treats = any(p.finding and p.finding.property == "treatment" for p in chunk.predicates)
    if not treats or not isinstance(last, Token) or last.norm not in _TURNS:
        return None
    since = isinstance(before, Token) and before.norm in _PERIODS
    return None if since and last.norm == "later" else (last.index, last.index)


def _is_history(chunk: Chunk) -> _Ruled | None:
    """A finding of the past; a treatment of the past is a fact of today, but for another's."""
    kin = chunk.cues("kin")
    cues = kin or chunk.cues("history")
    found = (p.finding for p in chunk.predicates if p.finding and p.finding.kind != "label")
    properties = {finding.property for finding in found} if chunk.predicates else set()
    if properties == {"thrombus"} and (year := year_of(chunk)) is not None:
        return "history", year  # "he had a popliteal DVT in 2011"
    if not cues or chunk.cues("current"):
        return None
    varicose = any(part.anatomy for group in chunk.groups for part in group.parts)
    if not (properties or varicose) or ("treatment" in properties and not kin):
        return None
    return "history", (cues[0].first, cues[0].last)


_TURNS: Final = ("first", "later")
_PERIODS: Final = ("day", "week", "month", "year")
_RULES: Final[tuple[Callable[[Chunk], _Ruled | None], ...]] = (
    names_limit,
    _says_purpose,
    explain,
    _is_template,
    names_structure,
    names_drug,
    names_equipment,
    _plans_treatment,
    _is_history,
)
_RULES_WITHOUT_CUES: Final = (_says_purpose, explain, _plans_treatment, _is_history)

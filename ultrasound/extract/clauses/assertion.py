"""Whether a clause affirms, denies, doubts, remembers or only mentions what it names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from ultrasound.extract.clauses import seeking
from ultrasound.extract.clauses.bounds import turn_bounds
from ultrasound.extract.clauses.carrying import find_carried
from ultrasound.extract.clauses.certainty import doubt, grade, share_physiological, undetermine
from ultrasound.extract.clauses.chunks import Chunk, start_of
from ultrasound.extract.clauses.compressing import share_compression
from ultrasound.extract.clauses.contrasts import drop_contrasted, is_inset
from ultrasound.extract.clauses.denied_items import deny_named_before, note_denied
from ultrasound.extract.clauses.grades import deny_nought
from ultrasound.extract.clauses.listing import find_listing, judge_listed
from ultrasound.extract.clauses.old_clots import note_old
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import (
    Denial,
    denies_next,
    free_last,
    is_absence,
    is_thing,
    reaching,
)
from ultrasound.extract.clauses.remembering import remember
from ultrasound.extract.clauses.replies import age_after, answer, deny_before, is_answer
from ultrasound.extract.clauses.statements import VERBS
from ultrasound.extract.clauses.taking_up import deny_at_levels, lose, take_up
from ultrasound.extract.clauses.verbs import read_verb
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_INTO: Final = ("in", "at", "within", "along")
_SCOPE_ENDS: Final = ("after", "following", "post", "despite", "because", "due", "since")
_SHAPES: Final = ("dilated", "enlarged", "distended", "ectatic", "thickened", "prominent")
_JOINS: Final = ("of", "lasting")


def judge_sentence(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Mark every clause and predicate of a sentence; the order of the steps matters."""
    listing = find_listing(chunks, marks)
    for index, chunk in enumerate(chunks):
        if index:
            take_up(chunks[index - 1], chunk)
        carried = find_carried(chunks, index, marks)
        note_denied(chunk, carried, marks)
        if chunk.predicates:
            _deny(chunk, carried, marks)
            _note_free(chunk)
            _leave_measured(chunk)
            seeking.note_sought(chunk, marks)
            seeking.note_technique(chunks[:index], chunk)
            seeking.note_declared(chunk, marks)
            share_compression(chunk, marks)
            deny_nought(chunk, marks)
            turn_bounds(chunk)
            drop_contrasted(chunks, index)
        if index:
            if is_answer(chunk):
                answer(chunks, index)
                seeking.share_asked(chunks[index - 1], chunk)
            age_after(chunks[index - 1], chunk)
            deny_before(chunks[index - 1], chunk)
            if index > 1 and is_inset(chunks[index - 1]):
                deny_before(chunks[index - 2], chunk)
        doubt(chunk)
        if chunk.cued:
            undetermine(chunk)
            grade(chunk)
        read_verb(chunk, marks, chunks[index - 1] if index else None)
    deny_named_before(chunks, marks)
    deny_at_levels(chunks)
    share_physiological(chunks)
    judge_listed(listing, marks)
    remember(chunks, marks)
    note_old(chunks, marks)


def _deny(chunk: Chunk, carried: Denial | None, marks: Marks) -> None:
    """Give each finding of a clause the denial that reaches it."""
    active = carried
    waiting: list[Predicate] = []
    for element, follower in zip_longest(chunk.elements, chunk.elements[1:]):
        if not isinstance(element, Mention):
            active = _past(element, active, waiting)
            continue  # words and numbers are not denied
        if element.meaning.cues:
            _deny_place(element, follower, waiting)
            _deny_entry(chunk, element, waiting)
        predicate = _finding_at(chunk, element.first)
        told = bool(waiting) and waiting[-1].last + 1 == element.first  # "thrombus absent …"
        if predicate is not None and not told and is_absence(chunk, predicate, follower, marks):
            chunk.predicates.remove(predicate)
            active = (predicate.first, predicate.last), False
            continue
        if predicate is not None:
            if not _closes(element, waiting, marks):
                active = reaching(chunk, predicate, active, waiting, marks)
                _apply(predicate, active)
                waiting.append(predicate)
                continue
            chunk.predicates.remove(predicate)
        if element.meaning.cues:
            active = _step(element, active, waiting, marks)
    _deny_by_none(chunk)


def _leave_measured(chunk: Chunk) -> None:
    """A noun joined to its number is not affirmed apart from it: "reflux of 0.4 s was recorded"."""
    for noun in chunk.predicates if not chunk.norms.isdisjoint(_JOINS) else ():
        behind = [e for e in chunk.elements if start_of(e) > noun.last][:2]
        led = bool(behind) and isinstance(behind[0], Token) and behind[0].norm in _JOINS
        if led and isinstance(behind[-1], Number) and behind[-1].unit is not None:
            noun.affirmed = False


def _note_free(chunk: Chunk) -> None:
    """Keep the adjective that a finding is denied by, which an echo takes up."""
    for cue in chunk.cues("free"):
        for predicate in chunk.predicates:
            if predicate.first > cue.last:
                predicate.free = cue.first, cue.last


def _past(
    element: Element | PlaceGroup, active: Denial | None, waiting: Sequence[Predicate]
) -> Denial | None:
    """The denial in force behind a place or a word."""
    if isinstance(element, PlaceGroup):
        denial = _leg_denial(element)
        if denial is None:
            return active
        for predicate in waiting:  # "refluxes on neither side"
            predicate.negated = predicate.negated or denial[0]
        return denial
    return None if active is not None and _ends_scope(element, waiting) else active


def _ends_scope(element: Element, waiting: Sequence[Predicate]) -> bool:
    """Whether what follows is when or why, or a new verb: "not compressible following RFA"."""
    if isinstance(element, Token) and element.norm in _SHAPES:
        return True  # "not dilated competent": what is denied
    word = isinstance(element, Token) and element.norm in (*_SCOPE_ENDS, *VERBS)
    # "in no segment of the FV is there clot" denies the clot
    return word and any(p.negated and p.finding and p.finding.kind != "label" for p in waiting)


def _deny_place(
    element: Mention, follower: Element | PlaceGroup | None, waiting: Sequence[Predicate]
) -> None:
    """Deny the findings before the "not" of "reflux is seen not in the GSV"."""
    if not (isinstance(follower, Token) and follower.norm in _INTO and element.cue("negation")):
        return
    for predicate in waiting:
        if predicate.negated is None:
            predicate.negated = (element.first, element.last)


def _deny_entry(chunk: Chunk, element: Mention, waiting: Sequence[Predicate]) -> None:
    """Deny what has no place of its own and enters none: "it does not extend into the CFV"."""
    if element.cue("not_into") and not any(g.first < element.first for g in chunk.groups):
        for predicate in waiting:
            predicate.negated = predicate.negated or (element.first, element.last)


def _finding_at(chunk: Chunk, first: int) -> Predicate | None:
    for predicate in chunk.predicates:
        if predicate.first == first:
            return predicate if predicate.finding is not None else None
    return None


def _leg_denial(group: PlaceGroup) -> Denial | None:
    """The denial in a leg's own words: "neither leg"."""
    for part in group.parts:
        if part.negated and part.leg_at is not None:
            return (part.leg_at.first, part.leg_at.last), False
    return None


def _deny_by_none(chunk: Chunk) -> None:
    """A "none" or "negative" of its own denies itself and what its clause names."""
    for predicate in chunk.predicates:
        if not predicate.none_word:
            continue
        span = (predicate.first, predicate.last)
        predicate.negated = span
        for other in chunk.predicates:
            if (
                other.finding is not None
                and other.finding.kind != "label"
                and other.finding.value != "absent"  # "reflux negative, thrombus negative"
                and other.negated is None
            ):
                other.negated = span


def _closes(element: Mention, waiting: Sequence[Predicate], marks: Marks) -> bool:
    """Whether the word denies the noun before it: "reflux is absent", "thrombus not seen"."""
    row = element.row("finding")
    unseen = (
        row is not None and row.value == "not_visualized"
    )  # "the clot of May is not visualized"
    if not (unseen or element.cue("denial_after")):
        return False
    nouns = [p for p in waiting if is_thing(p, marks)]
    if unseen and not any(p.negated is None for p in nouns[-1:]):
        return False
    for predicate in nouns[-1:]:
        if predicate.negated is None:
            predicate.negated = (element.first, element.last)
        elif predicate.last + 1 != element.first:
            return False
    return bool(nouns) or lose(waiting)


def _step(
    element: Mention, active: Denial | None, waiting: Sequence[Predicate], marks: Marks
) -> Denial | None:
    """The denial in force after a mention."""
    span = (element.first, element.last)
    if element.cue("weak_negation"):
        things = [p for p in waiting if is_thing(p, marks) and p.negated is None]
        if element.first == element.last and things:  # "DVT is unlikely"
            things[-1].negated, things[-1].weak = span, True
            return active
        return span, True
    if element.cue("denial_after") and _closes(element, waiting, marks):
        return active
    if element.cue("negation", "contrast") or denies_next(element, marks):
        told = any(p.negated is not None for p in waiting)
        twice = element.cue("free") and active is not None and not told  # "nor free of"
        return None if twice else (span, False)
    if element.cue("affirmation_after"):
        free_last(waiting, active)
        for predicate in waiting:
            predicate.affirmed = True
            if active is not None and predicate.negated is None and active[0][0] > predicate.last:
                predicate.negated = active[0]
    return active


def _apply(predicate: Predicate, active: Denial | None) -> None:
    finding = predicate.finding
    if active is None or finding is None or finding.value == "not_assessed":
        return
    predicate.negated, predicate.weak = active

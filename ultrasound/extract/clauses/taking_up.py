"""Statements about a noun that was named before: "… and absent in the SSV", "Flow was absent"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

_JOINTS: Final = ("and", "but", ",", ";")
_INTO: Final = ("in", "at", "on", "of", "within")
_NOUNS: Final = ("thrombus", "reflux")
_ANSWERS: Final = ("present", "absent")
_BARE: Final = "anatomy"  # "absent" with no noun
_ABSENT: Final = ("absent", "not_visualized")
_LOST: Final = {"compressibility": "none", "flow": "absent"}


def take_up(before: Chunk, chunk: Chunk) -> None:
    """Say of a place that the noun of the clause before is there, or is not.

    As in "thrombus was present in the POPV and absent in the FV": the vein itself is not absent.
    """
    first, *rest = chunk.elements
    led = bool(rest) and isinstance(rest[0], Token) and rest[0].norm in _INTO
    led = led or _is_like(before, chunk)
    if chunk.separator not in _JOINTS or not (led and chunk.groups and isinstance(first, Mention)):
        return
    nouns = [noun for p in before.predicates for noun in _nouns_of(p)]
    own = [p for p in chunk.predicates if p.first == first.first]
    if any(
        p.finding and p.finding.property not in (_BARE, *(noun.property for noun in nouns))
        for p in own
    ):
        return  # it names a noun of its own: "no DVT and no reflux in the right GSV"
    denies = any(p.finding and p.finding.value in _ABSENT for p in own)
    denies |= not own and first.cue("denial_after")
    neither = any(part.negated for group in chunk.groups for part in group.parts)
    denies |= neither  # "looked for in the GSV, and was found in neither leg"
    if not nouns or not (denies or (first.cue("affirmation_after") and not own)):
        return
    noun = Predicate(first.first, first.last, nouns[-1], age=before.predicates[-1].age)
    noun.affirmed = not denies
    noun.negated = (first.first, first.last) if denies else None
    if neither:
        before.predicates = [p for p in before.predicates if not _nouns_of(p)]
    chunk.predicates = [noun, *(p for p in chunk.predicates if p not in own)]


def deny_at_levels(chunks: Sequence[Chunk]) -> None:
    """Deny a reflux that a sentence is about at its levels: "GSV reflux: SFJ 1.8 s, knee absent".

    A level is not absent itself; a vein is, but in a list behind the noun alone ("Reflux: SFJ
    present, SPJ absent").
    """
    noun: Finding | None = None
    label = False
    for chunk in chunks:
        nouns = [noun for p in chunk.predicates for noun in _nouns_of(p)]
        absent = [p for p in chunk.predicates if p.finding and _is_bare_absence(p.finding)]
        if nouns:
            noun = nouns[-1] if nouns[-1].property == "reflux" else None
            label = not chunk.groups
            continue
        levels = bool(chunk.groups) and (label or all(map(is_only_level, chunk.groups)))
        if noun is None or not levels or len(absent) != 1 or len(chunk.predicates) != 1:
            continue
        denied = Predicate(absent[0].first, absent[0].last, noun)
        denied.affirmed, denied.negated = False, (denied.first, denied.last)
        chunk.predicates = [denied]


def _is_bare_absence(finding: Finding) -> bool:
    return (finding.property, finding.value) == (_BARE, "absent")


def _is_like(before: Chunk, chunk: Chunk) -> bool:
    """Whether it answers as the clause before: "reflux absent right SSV, present left SSV".

    One that names a leg only needs no more than that answer: "present in the POPV, absent left".
    """
    rest = [e for e in chunk.elements[1:] if not (isinstance(e, Token) and e.text == ".")]
    if len(rest) != 1 or not isinstance(rest[0], PlaceGroup) or not before.groups:
        return False
    absent = any(p.value == "absent" for p in before.predicates)
    denied = any(p.negated for p in before.predicates) or (
        absent and bool(before.cues("affirmation_after"))
    )
    if chunk.separator == ";" and denied and rest[0].has_vein:
        return False  # "no reflux was elicited in the SSV; absent AASV"
    last = before.groups[0].first - 1
    told = before.cues("affirmation_after", "denial_after")
    near = any(cue.last == last for cue in told)
    near = near or any(p.last == last and _is_answer(p) for p in before.predicates)
    return near or (bool(told) and is_only_leg(rest[0]))


def _is_answer(predicate: Predicate) -> bool:
    """Whether it is what is asked for and the answer in one: "reflux absent", "reflux: present"."""
    finding = predicate.finding
    if predicate.first == predicate.last:
        return False  # "competent"
    known = finding is not None and finding.kind == "word" and finding.property in _NOUNS
    return known and finding is not None and finding.value in _ANSWERS


def _nouns_of(predicate: Predicate) -> list[Finding]:
    """The noun that a statement is about, where one may be there or not."""
    finding = predicate.finding
    if finding is None or finding.property not in _NOUNS:
        return []
    if _is_answer(predicate):
        changed = {"value": _ANSWERS[0], "denied": _ANSWERS[1], "kind": "noun"}
        return [finding.model_copy(update=changed)]
    return [finding] if finding.kind == "noun" else []


def lose(waiting: Sequence[Predicate]) -> bool:
    """Whether a state was named just before a word that takes it away: "flow was absent"."""
    state = waiting[-1] if waiting else None
    finding = state.finding if state is not None else None
    if state is None or finding is None or finding.property not in _LOST:
        return False
    changed = {"value": _LOST[finding.property], "denied": None, "kind": "word"}
    state.finding = finding.model_copy(update=changed)
    return True

"""Statements about a noun that was named before: "… and absent in the SSV", "Flow was absent"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.tokens import Token

_JOINTS: Final = ("and", "but", ",", ";")
_INTO: Final = ("in", "at", "on", "of", "within")
_NOUNS: Final = ("thrombus", "reflux")
_ABSENT: Final = ("absent", "not_visualized")
_LOST: Final = {"compressibility": "none", "flow": "absent"}


def take_up(before: Chunk, chunk: Chunk) -> None:
    """Say of a place that the noun of the clause before is there, or is not.

    As in "thrombus was present in the POPV and absent in the FV": the vein itself is not absent.
    """
    first, *rest = chunk.elements
    led = bool(rest) and isinstance(rest[0], Token) and rest[0].norm in _INTO
    if chunk.separator not in _JOINTS or not (led and chunk.groups and isinstance(first, Mention)):
        return
    nouns = [p for p in before.predicates if _is_noun(p)]
    own = [p for p in chunk.predicates if p.first == first.first]
    denies = [p.finding for p in own if p.finding and p.finding.value in _ABSENT]
    if not nouns or not (denies or (first.cue("affirmation_after") and not own)):
        return
    noun = Predicate(first.first, first.last, nouns[-1].finding, age=nouns[-1].age)
    noun.affirmed = not denies
    noun.negated = (first.first, first.last) if denies else None
    chunk.predicates = [noun, *(p for p in chunk.predicates if p not in own)]


def _is_noun(predicate: Predicate) -> bool:
    finding = predicate.finding
    return finding is not None and finding.kind == "noun" and finding.property in _NOUNS


def lose(waiting: Sequence[Predicate]) -> bool:
    """Whether a state was named just before a word that takes it away: "flow was absent"."""
    state = waiting[-1] if waiting else None
    finding = state.finding if state is not None else None
    if state is None or finding is None or finding.property not in _LOST:
        return False
    changed = {"value": _LOST[finding.property], "denied": None, "kind": "word"}
    state.finding = finding.model_copy(update=changed)
    return True

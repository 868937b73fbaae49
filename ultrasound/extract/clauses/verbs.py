"""The verb "reflux" of several veins, which is written as the noun, and a verb of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import TIMES, Predicate
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

CONFINED: Final = frozenset({"confined", "limited", "restricted", "localised", "localized"})
_IS: Final = ("is", "was", "are", "has", "measure", "show", "remain")
_PLURALS: Final = frozenset(
    {"veins", "vv", "perforators", "tributaries", "trunks", "they", "these", "which", "both"}
)
_BOTH: Final = "both"
_BEHIND: Final = ("for", "on", "during", "as", "too", "also")  # a verb: "they reflux as well"
_PLURAL_VERBS: Final = ("are", "were", "measure", "have", "these", "they", "both")


def read_verb(chunk: Chunk, marks: Marks, earlier: Chunk | None) -> None:
    """Take the "reflux" of "the peroneal veins reflux for 3 s" for a verb.

    One that is said to be confined to a place is told by that, apart from its number.
    """
    confined = confines(chunk) and not any(p.numbers for p in chunk.predicates)
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is None or finding.property != "reflux":
            continue
        predicate.affirmed |= confined
        if predicate.first == 0:
            continue
        before = marks.tokens[predicate.first - 1]
        after = marks.tokens[predicate.last + 1 : predicate.last + 2]
        vein = marks.mention_over(before.index)
        subject = vein is not None and vein.row("vein", "place") is not None
        spoken = subject and marks.tokens[chunk.first].norm == "the"  # "The PTV reflux for 2 s"
        joined = before.norm == "and" and earlier is not None and _is_plural(earlier, marks)
        plural = spoken or joined or before.text in _PLURALS or _has_plural(chunk, predicate, marks)
        if plural and after and after[0].norm in _BEHIND:
            predicate.affirmed = True
        predicate.affirmed |= _has_both(chunk, predicate, marks)


def confines(chunk: Chunk) -> bool:
    """Whether places are all that a finding keeps to: "is confined to the popliteal vein"."""
    return not CONFINED.isdisjoint(chunk.norms)


def _has_both(chunk: Chunk, predicate: Predicate, marks: Marks) -> bool:
    """Whether its subject are two: "Both the GSV and the SSV reflux", "Both GSVs reflux (…)"."""
    if marks.tokens[predicate.first - 1].norm == _BOTH:
        return bool(chunk.groups)  # "The CFV and the popliteal vein both reflux (1.2 s, 2.4 s)"
    subject = next((g for g in chunk.groups if g.last == predicate.first - 1), None)
    if subject is not None and _leads_bracket(subject, predicate, marks):
        return True
    if subject is None or marks.tokens[chunk.first].norm != _BOTH:
        return False
    text = marks.tokens[subject.last].text
    return len({part.vein for part in subject.parts}) > 1 or text.endswith("s")


def _leads_bracket(subject: PlaceGroup, predicate: Predicate, marks: Marks) -> bool:
    """Whether the times of each stand behind several: "FV and popliteal veins reflux (FV 2 s"."""
    behind = marks.tokens[predicate.last + 1 : predicate.last + 3]
    opens = [t.text for t in behind[:1]] == ["("] and behind[-1].norm not in TIMES
    several = len({part.vein for part in subject.parts}) > 1
    return opens and several and marks.tokens[subject.last].text in _PLURALS


def _has_plural(chunk: Chunk, predicate: Predicate, marks: Marks) -> bool:
    """Whether only a size stands between its plural subject and it: "veins of 5 mm reflux on"."""
    named = [g for g in chunk.groups if g.has_vein and g.last < predicate.first]
    sized = any(p.numbers and p.last == predicate.first - 1 for p in chunk.predicates)
    if not named or not sized:
        return False
    text = marks.tokens[named[-1].last].text
    return text.endswith("s") and text.islower()


def _is_plural(chunk: Chunk, marks: Marks) -> bool:
    """Whether a clause has a verb of several: "these measure 4 mm", "which are wide"."""
    words = {token.norm for token in marks.tokens[chunk.first : chunk.last + 1]}
    return not words.isdisjoint(_PLURAL_VERBS)


def _goes_on_saying(chunk: Chunk) -> bool:
    """Whether a clause has no subject of its own, and tells what the one before it is: "and is"."""
    first = chunk.elements[0]
    verb = isinstance(first, Token) and first.norm in _IS
    return chunk.separator == "and" and verb and not chunk.groups


def goes_on_as(chunks: Sequence[Chunk], group: PlaceGroup) -> bool:
    """Whether the sentence speaks of a vein as which another goes on: "as Giacomini, 2.2 mm"."""
    last = group.last
    veins = [g.first for c in chunks for g in c.groups if g.has_vein and g.first > last]
    said = [p.first for c in chunks for p in c.predicates if p.first > last]
    later = next((c for c in chunks[1:] if c.predicates), None)
    if later is not None and _goes_on_saying(later):
        return False  # "the SSV continues as a Giacomini vein and is competent"
    return bool(said) and (not veins or min(said) < min(veins))

"""A clause that answers or completes the one before: "DVT: negative", "clot sought, not found"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, start_of
from ultrasound.extract.clauses.gone import say_gone
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import FILLERS, PlaceGroup, is_only_leg
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_ONE: Final = "one"
_INTO: Final = ("in", "of", "at", "within")
_IN_EITHER: Final = ("in", "of", "either", "any", "them", "both", "these", "was", "it")
_DENYING: Final = ("negative", "denial_after")
_HELD: Final = ("compressibility", "patency")  # what a vein does: there is no "none" of it
_SPREAD: Final = ("extension", "propagation", "protrusion")  # of a clot, into the place behind
_JOINTS: Final = ("and", ",", "but", "-")  # before a clause that denies the noun of another


def _find_asking(chunks: Sequence[Chunk], index: int) -> Chunk:
    """The clause before, past a bracket that only says where: "DVT (either leg): no"."""
    before = chunks[index - 1]
    bare = bool(before.groups) and not before.predicates
    legs = before.separator == "," and all(is_only_leg(group) for group in before.groups)
    aside = bare and (before.separator == "(" or legs)  # "DVT, left: none"
    return chunks[index - 2] if index > 1 and aside else before


def is_answer(chunk: Chunk) -> bool:
    """Whether a clause answers the one before: behind a colon, or "none" behind a dash."""
    return chunk.separator == ":" or (chunk.separator == "-" and _opens_with_none(chunk))


def is_next_cell(asked: Chunk, noun: Predicate, chunk: Chunk) -> bool:
    """Whether dashes part the cells of a row, and "none" is one: "POP – compressible – none"."""
    finding = noun.finding
    if finding is None or finding.property not in _HELD or finding.kind != "word":
        return False
    dashed = asked.separator == chunk.separator == "-"
    return dashed and bool(chunk.cues("none", "negative"))


def answer(chunks: Sequence[Chunk], index: int) -> None:
    """Take a word alone in a clause after a colon for the answer to a noun: "DVT: negative"."""
    asked, chunk = _find_asking(chunks, index), chunks[index]
    if not asked.predicates:
        return
    noun = asked.predicates[-1]
    if is_next_cell(asked, noun, chunk):
        return
    if _says_again(noun, chunk):
        noun.repeated = True  # "DVT: no acute DVT"
        return
    adjective = noun.finding is not None and noun.finding.kind == "word" and not noun.heads
    _say_none(asked if adjective else None, chunk)
    none = _opens_with_none(chunk) or (adjective and _denies_leg(chunk))
    if (chunk.groups or adjective) and noun.finding is not None and none:
        asked.predicates.remove(noun)  # "incompetent perforators: none in the thigh"
        _say_further(chunks[index + 1 :], noun)
        noun.negated, noun.heads = (chunk.first, chunk.first), False
        chunk.predicates = [p for p in chunk.predicates if not p.none_word]
        chunk.predicates.insert(0, noun)
        return
    rest = [e for e in asked.elements if start_of(e) > noun.last]
    asks = all(isinstance(e, PlaceGroup) or _is_filler(e) for e in rest)
    thing = noun.finding is not None and (noun.finding.kind == "noun" or _is_into(rest[:1]))
    if noun.finding is None or not (noun.heads or (asks and thing)):
        return
    answers = {cue.first for cue in chunk.cues("denial_after")}  # "absent" is a finding too
    if any(p.finding and p.first not in answers for p in chunk.predicates):
        return
    if chunk.groups:
        _answer_for_places(asked, chunks[index:], noun)
    else:
        _answer_plainly(chunk, noun, answers)


def _say_none(asked: Chunk | None, chunk: Chunk) -> None:
    """Take what is absent for none where branches are ``asked`` for: "… perforators: R absent"."""
    parts = [part for group in asked.groups for part in group.parts] if asked else []
    for p in chunk.predicates if parts and all(part.vein in COUNTED for part in parts) else ():
        unseen = p.finding is not None and p.finding.property == "anatomy"
        if unseen and p.finding and p.finding.value in ("absent", "not_visualized"):
            p.finding, p.none_word = None, "none"


def _is_filler(element: Element) -> bool:
    if isinstance(element, Mention):
        return bool(element.cue("now", "enters"))  # "DVT today: no", "clot extending into …: no"
    if not isinstance(element, Token):
        return False
    return element.text == "." or element.norm in FILLERS or element.norm in _SPREAD


def _is_into(rest: Sequence[Element | PlaceGroup]) -> bool:
    """Whether a thing is asked for in its place: "Incompetence of the SSV: absent"."""
    return bool(rest) and isinstance(rest[0], Token) and rest[0].norm in _INTO


def _answer_plainly(chunk: Chunk, noun: Predicate, answers: Container[int]) -> None:
    """Deny or affirm a noun by an answer that names no place: "DVT: negative"."""
    for cue in chunk.cues("none", "negative", "denial_after", "negation"):
        noun.negated, noun.heads, noun.last = (cue.first, cue.last), False, cue.last
        chunk.predicates = [
            p for p in chunk.predicates if not p.none_word and p.first not in answers
        ]
        return
    if "affirmation_after" in chunk.kinds:
        noun.affirmed, noun.heads = True, False


def _answer_for_places(asked: Chunk, chunks: Sequence[Chunk], noun: Predicate) -> None:
    """Deny or affirm a noun in the places of its answer, and of the next ones.

    As in "DVT: excluded in both legs", "clot: not found in the FV, present in the PTV".
    """
    placed = [chunk for chunk in chunks if chunk.groups]
    if not _opening(chunks[0], *_DENYING, "affirmation_after") or not _is_placed(chunks[0]):
        return
    asked.predicates.remove(noun)
    for chunk in placed:
        denial, yes = _opening(chunk, *_DENYING), _opening(chunk, "affirmation_after")
        first = denial or yes
        own = [p for p in chunk.predicates if first is None or p.first != first.first]
        if any(p.finding for p in own) or first is None:
            return
        span = (first.first, first.last) if denial is not None else None
        chunk.predicates = [replace(noun, negated=span, heads=False, affirmed=denial is None)]


def _is_placed(chunk: Chunk) -> bool:
    """Whether an answer holds places and no other word: "absent R SSV", "excluded in both legs"."""
    rest = [e for e in chunk.elements[1:] if not isinstance(e, Token) or e.kind == "word"]
    placed = all(isinstance(e, PlaceGroup) or getattr(e, "norm", "") in FILLERS for e in rest)
    return placed or all(is_only_leg(group) for group in chunk.groups)


def _opening(chunk: Chunk, *kinds: str) -> Mention | None:
    """The cue of some kinds that a clause opens with."""
    return next((cue for cue in chunk.cues(*kinds) if cue.first == chunk.first), None)


def _say_further(later: Sequence[Chunk], noun: Predicate) -> None:
    """Say what one leg has none of where more is placed: "none on the right; one on the left"."""
    for chunk in later:
        if any(p.finding is not None or p.none_word for p in chunk.predicates):
            return
        if any(part.legs or part.has_spot for group in chunk.groups for part in group.parts):
            chunk.predicates.insert(0, replace(noun))


def say_counted(chunks: Sequence[Chunk]) -> None:
    """Say of branches that are counted what others are not: "none incompetent right; one left"."""
    for before, chunk in pairwise(chunks):
        denied = [p for p in before.predicates if p.negated and p.finding]
        named = {part.vein for group in before.groups for part in group.parts} - {None}
        placed = any(part.legs for group in chunk.groups for part in group.parts)
        if len(denied) != 1 or not named or not named <= set(COUNTED) or not placed:
            continue
        bare = not any(p.finding is not None or p.none_word for p in chunk.predicates)
        first = chunk.elements[0]
        one = isinstance(first, Token) and first.norm == _ONE
        counted = isinstance(first, Mention) and first.cue("count")
        if bare and (one or counted):
            chunk.predicates.insert(0, replace(denied[0], negated=None))


def _says_again(noun: Predicate, chunk: Chunk) -> bool:
    """Whether an answer names what is asked for itself: then the question states nothing."""
    if noun.finding is None or not noun.heads or noun.finding.kind != "noun":
        return False
    name = noun.finding.property
    return any(p.finding is not None and p.finding.property == name for p in chunk.predicates)


def _opens_with_none(chunk: Chunk) -> bool:
    """Whether an answer is "none" and where: then the question before it finds nothing."""
    return any(p.none_word and p.first == chunk.first for p in chunk.predicates)


def _denies_leg(chunk: Chunk) -> bool:
    """Whether an answer is a leg and "none": "incompetent perforators: R nil"."""
    first = chunk.elements[0]
    if not isinstance(first, PlaceGroup) or not is_only_leg(first):
        return False
    return any(p.none_word and p.first == first.last + 1 for p in chunk.predicates)


def deny_before(before: Chunk, chunk: Chunk) -> None:
    """Deny the noun of the clause before: "looked for in the SSV, and not found"."""
    if not say_gone(before, chunk):
        _deny_noun(before, chunk)


def _deny_noun(before: Chunk, chunk: Chunk) -> None:
    if not chunk.cued or chunk.separator not in _JOINTS or chunk.cues("remainder"):
        return  # "reflux 1.5 s in the thigh, all other levels negative"
    kinds = _kinds_of_denial(before, chunk)
    denials = {cue.first for cue in chunk.cues(*kinds)}  # "not found" is a finding too
    says = chunk.groups or any(p.first not in denials for p in chunk.predicates)
    if says:
        return
    words = any(_is_own_word(e) for e in chunk.elements)
    if words or "course" in chunk.kinds:
        return  # "reflux, time not recorded", "reflux, source not identified"
    if before.uncertain is not None and "unconfirmed" in chunk.kinds:
        chunk.predicates = []  # "possible reflux, could not be reproduced"
        return
    for cue in chunk.cues(*kinds):
        for predicate in before.predicates:
            noun = predicate.finding is not None and predicate.finding.kind == "noun"
            if noun and predicate.negated is None and not predicate.affirmed:
                predicate.negated = (cue.first, cue.last)
                chunk.predicates = []


def _kinds_of_denial(before: Chunk, chunk: Chunk) -> tuple[str, ...]:
    """The cues that deny the noun of the clause before: "and found in neither"."""
    sought = ("denial_after", "none", "negative") if _is_sought(before) else ("denial_after",)
    return (*sought, "negation") if "affirmation_after" in chunk.kinds else sought


def _is_own_word(element: Element | PlaceGroup) -> bool:
    """Whether a word says more than where: "reflux, time not recorded"."""
    if not isinstance(element, Token) or element.kind != "word":
        return False
    return element.norm not in _IN_EITHER


def _is_sought(chunk: Chunk) -> bool:
    return any(predicate.sought for predicate in chunk.predicates)


def age_after(before: Chunk, chunk: Chunk) -> None:
    """Take an age that opens a clause for the thrombus before it: "thrombus, age indeterminate"."""
    first = chunk.elements[0]
    age = first.row("age") if isinstance(first, Mention) else None
    if age is None:
        return
    last = before.predicates[-1] if before.predicates else None
    named = any(p.finding and p.finding.property == "thrombus" for p in chunk.predicates)
    if named or last is None or last.finding is None:
        return
    if last.finding.property == "thrombus" and last.age is None and chunk.separator in (",", "("):
        last.age = age.value

"""Answers for several places behind one question: "GSV reflux: R yes, L no", "DVT? N (right)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.questions import ANSWERS, REPLIES, is_answered
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

Answered = tuple[Chunk, Element, str]  # a clause, its answer, and the answer's text
_SIGNS: Final = (":", "-", "–")
_STOPS: Final = (".", ";")  # behind an answer that is complete
_FEWEST: Final = 2  # answers of a run of plain words
_OF_PLACE: Final = ("in", "of", "at", "for", "throughout")
_LINKS: Final = frozenset({*FILLERS, "in", "of", "at", "on", "-", "="})


def asks_of_place(chunk: Chunk, noun: Predicate, marks: Marks) -> bool:
    """Whether a finding and its place ask for an answer: "Reflux in the SFJ: no"."""
    sign = chunk.last + 1
    if sign >= len(marks.tokens):
        return False
    if marks.tokens[sign].text not in _SIGNS and not is_answered(marks.tokens, sign):
        return False
    dash = marks.tokens[sign].text in _SIGNS[1:]
    set_off = dash and noun.last == chunk.last
    if set_off and noun.finding is not None and noun.finding.kind == "word":
        return False  # "reflux - no" is answered
    rest = [e for e in chunk.elements if start_of(e) > noun.last]
    return all(isinstance(e, PlaceGroup) or _is_link(e) or _is_seen(e) for e in rest)


def find_answers(asked: Chunk, later: Sequence[Chunk], marks: Marks) -> list[Answered]:
    """The answers that begin a run of clauses, each alone or beside the place that it is for.

    A time may stand among them: "SSV reflux: R 2.1 s, L no".
    """
    found: list[Answered] = _answer_alone(asked, later, marks)
    if found:
        return found
    times = 0
    sided = any(group.has_leg for group in asked.groups)
    for chunk in later:
        sided = sided or any(group.has_leg for group in chunk.groups)
        said = [e for e in chunk.elements if not isinstance(e, PlaceGroup) and not _is_link(e)]
        if len(said) > 1:
            return _as_far(found, whole=0)
        for element in said:
            if isinstance(element, Number) and element.unit and element.unit.kind == "time":
                times += 1
                continue
            text = marks.words(start_of(element), end_of(element)).lower()
            if text not in (REPLIES if sided else ANSWERS):
                return _as_far(found, whole=0)
            found.append((chunk, element, text))
    return _as_far(found, whole=len(found) + times)


def _answer_alone(asked: Chunk, later: Sequence[Chunk], marks: Marks) -> list[Answered]:
    """A word, all that stands behind a finding and its place: "Thrombus in the SSV: none"."""
    noun, group = asked.predicates[-1], asked.groups[-1] if asked.groups else None
    alone = bool(later) and len(later[0].elements) == 1
    alone &= all(chunk.separator in _STOPS for chunk in later[1:2])
    if not alone or group is None or group.first <= noun.last + 1 or group.last != asked.last:
        return []
    element = later[0].elements[0]
    if isinstance(element, PlaceGroup) or marks.tokens[noun.last + 1].norm not in _OF_PLACE:
        return []
    text = marks.words(start_of(element), end_of(element)).lower()
    return [(later[0], element, text)] if text in REPLIES else []


def graded_places(later: Sequence[Chunk], marks: Marks) -> Iterator[tuple[Chunk, str]]:
    """The clauses that begin with a grade and say where it holds: "full in the CFV, partial in …".

    Each with its grade.
    """
    for chunk in later:
        first = chunk.elements[0]
        placed = len(chunk.elements) > 1 and bool(chunk.groups)
        behind = chunk.elements[1] if placed else None
        if start_of(first) != end_of(first) or not isinstance(behind, Token | Mention):
            return
        if marks.tokens[start_of(behind)].norm not in _OF_PLACE:
            return
        yield chunk, marks.tokens[start_of(first)].text.lower()


def _as_far(found: list[Answered], *, whole: int) -> list[Answered]:
    """A run up to where it ends; with plain words in it, only one that is all that follows.

    ``whole`` counts what it says, its times too, where it is.
    """
    plain = any(text not in ANSWERS for _, _, text in found)
    return [] if plain and whole < _FEWEST else found


def _is_seen(element: Element | PlaceGroup) -> bool:
    """Whether it asks for what is there, as in "reflux seen in the GSV? no"."""
    return isinstance(element, Mention) and element.cue("affirmation_after")


def _is_link(element: Element | PlaceGroup) -> bool:
    return isinstance(element, Token) and element.norm in _LINKS


def say_answer(
    noun: Predicate, finding: Finding, element: Element, answer: tuple[str, str]
) -> Predicate:
    """What an answer says; a "none" denies an adjective, which may be asked of others too.

    As in "Incompetent perforators: none in the thigh and none in the right calf. Two in the left".
    """
    at = start_of(element), end_of(element)
    denies = finding.kind == "word" and finding.value != "absent" == answer[1]
    none = isinstance(element, Mention) and element.cue("none")
    if denies and none and finding.property == answer[0]:
        return replace(noun, heads=False, negated=at)
    changed = {"property": answer[0], "value": answer[1], "kind": "word"}
    return Predicate(*at, finding.model_copy(update=changed))


def is_letter(chunk: Chunk, token: Token) -> bool:
    """Whether a capital stands alone at the end of a clause."""
    last = [e for e in chunk.elements if not (isinstance(e, Token) and e.text == ".")][-1]
    return token is last and token.text.isupper() and len(token.text) == 1

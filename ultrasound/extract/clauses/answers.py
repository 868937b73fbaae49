"""Answers of a form: "CFV compress: P", "GSV RT: neg", read by the codes of the tables.

A colon behind a word asks for it, so that the word alone says nothing: "compress: P" is no full
compression. What the answer says is in columns.toml, as for the cell of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.answer_runs import (
    asks_of_place,
    find_answers,
    graded_places,
    is_letter,
    say_answer,
)
from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.questions import ANSWERS, REPLIES
from ultrasound.extract.clauses.replies import is_next_cell
from ultrasound.extract.facts.fact import Doubt, Pass
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.legend import Legend
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import CellCode, ColumnTable, Finding

_ASKED: Final = ("reflux", "reflux_time", "compressibility", "thrombus", "patency")
_ABSENT: Final = "absent"
_SETTING_OFF: Final = ("no", "(", "-")  # before an answer alone
_ANSWERED: Final = ("none", "negative", "denial_after", "negation", "affirmation_after")
_NO_TIME: Final = ("none", "nil", "absent", "negative")  # "RT none"
_MINUS: Final = ("-", "–", "−")
_BESIDE_LEGS: Final = ("in", "on", "for", ".")
_ENDS: Final = (";", ",", ".", "|", "(")
_SHORTEST_WORD: Final = 3  # letters from which an answer is a word, not a code


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an answer stands in."""

    chunks: Sequence[Chunk]
    marks: Marks
    legend: Legend


def _without_legs(chunk: Chunk) -> list[Element | PlaceGroup]:
    """What a clause holds beside the legs at its end: "none in either leg"."""
    elements = list(chunk.elements)
    while len(elements) > 1 and _is_of_legs(elements[-1]):
        elements.pop()
    return elements


def _is_of_legs(element: Element | PlaceGroup) -> bool:
    if isinstance(element, PlaceGroup):
        return is_only_leg(element)
    return isinstance(element, Token) and element.norm in _BESIDE_LEGS


def _deny(finding: Finding, text: str) -> tuple[str, str] | None:
    """What "absent" says of a finding; as the code of a cell it can be the vein's."""
    denied = finding.denied if text == _ABSENT and finding.kind == "noun" else None
    return (finding.property, denied) if denied else None


class AnswerReader:
    """Reads the answers of a sentence into its predicates."""

    def __init__(self, columns: ColumnTable) -> None:
        self._codes: tuple[CellCode, ...] = columns.code
        self._blanks = {term.lower() for words in columns.blank for term in words.terms}

    def read(self, chunks: Sequence[Chunk], marks: Marks, legend: Legend) -> Iterator[Doubt | Pass]:
        """Put each answer into the word that asks for it; what is not understood is a doubt."""
        for before, chunk in pairwise(chunks):
            self._read_set_off(before, chunk, marks)
        for index, chunk in enumerate(chunks):
            yield from self._read_plain(chunk, marks, legend)
            asking = self._read_run(chunk, chunks[index + 1 :], marks, legend)
            if asking is not None:
                yield Pass("question", asking)
                continue
            if self._read_graded(chunk, chunks[index + 1 :], marks):
                continue
            noun = chunk.predicates[-1] if chunk.predicates else None
            finding = noun.finding if noun is not None and noun.heads else None
            if noun is not None and finding is not None and finding.property in _ASKED:
                yield from self._read_answer(chunk, noun, finding, _Asked(chunks, marks, legend))

    def _read_run(
        self, asked: Chunk, later: Sequence[Chunk], marks: Marks, legend: Legend
    ) -> Span | None:
        """Read answers of several places, or one behind the place that is asked about.

        Returned is the word that only asks.
        """
        noun = asked.predicates[-1] if asked.predicates else None
        finding = noun.finding if noun is not None else None
        if noun is None or finding is None or finding.property not in _ASKED:
            return None
        answers = find_answers(asked, later, marks) if asks_of_place(asked, noun, marks) else []
        placed = any(chunk.groups for chunk in later[: 2 * len(answers)])
        if not answers or (noun.heads and not placed) or noun.age is not None:
            return None
        column = (_column_of(finding),)
        said = [
            decode_cell(text, column, legend, self._codes) or _deny(finding, text)
            for _, _, text in answers
        ]
        asked.predicates.remove(noun)
        for (chunk, element, _), answer in zip(answers, said, strict=True):
            chunk.predicates.clear()
            if answer is None:
                continue
            chunk.predicates.append(say_answer(noun, finding, element, answer))
        return noun.first, noun.last

    def _read_graded(self, asked: Chunk, later: Sequence[Chunk], marks: Marks) -> bool:
        """Read how far what stands behind a colon compresses: "Compression: full in all veins"."""
        noun = asked.predicates[-1] if asked.predicates else None
        finding = noun.finding if noun is not None and noun.heads else None
        if noun is None or finding is None or finding.property != "compressibility":
            return False
        told = False
        for chunk, text in graded_places(later, marks):
            said = decode_cell(text, (finding.property,), {}, self._codes)
            if said is None or said[1] == "not_assessed":
                break
            changed = {"property": said[0], "value": said[1], "kind": "word"}
            word = start_of(chunk.elements[0])
            chunk.predicates = [Predicate(word, word, finding.model_copy(update=changed))]
            told = True
        if told:
            asked.predicates.remove(noun)
        return told

    def _read_set_off(self, asked: Chunk, chunk: Chunk, marks: Marks) -> None:
        """An answer alone, in brackets or behind a dash: "reflux (-)", "reflux - no"."""
        noun = asked.predicates[-1] if asked.predicates else None
        finding = noun.finding if noun is not None else None
        if noun is None or finding is None or chunk.separator not in _SETTING_OFF:
            return
        if is_next_cell(asked, noun, chunk):
            return
        said_of = _without_legs(chunk)
        alone = chunk.separator == "no" and len(said_of) == 1  # "compressible  no"
        last = asked.elements[-1]
        seen = alone and isinstance(last, Mention) and last.cue("affirmation_after")
        if noun.last != asked.last and not seen:
            return
        answer = len(said_of) == 1  # "DVT - none in either leg"
        set_off = chunk.separator in ("(", "-") and (answer or finding.kind == "noun")
        if not (alone or set_off) or finding.property not in _ASKED:
            return
        until = end_of(said_of[-1]) if alone or answer else chunk.last
        text = marks.words(chunk.first, until).lower().rstrip(".) ")
        said = decode_cell(text, (_column_of(finding),), {}, self._codes)
        if text in _MINUS:
            said = (finding.property, finding.denied or "")
        code = set_off and len(text) < _SHORTEST_WORD  # "compressible - P", no leg
        code &= answer and not isinstance(said_of[0], PlaceGroup)
        if said is not None and said[1] and (code or text in (*REPLIES, *_MINUS)):
            _put(noun, finding, said)
            chunk.predicates.clear()

    def _read_plain(self, chunk: Chunk, marks: Marks, legend: Legend) -> Iterator[Doubt | Pass]:
        """The answers that stand straight behind a word: "comp Y", "reflux ___", "reflux no"."""
        for noun, finding, after in _answered(chunk):
            if isinstance(after, Mention) and after.cue("template_blank"):
                chunk.predicates.remove(noun)
                yield Pass("template_blank", (noun.first, after.last))
                continue
            text = marks.words(start_of(after), end_of(after)).lower()
            if text not in ANSWERS and isinstance(after, Token) and is_letter(chunk, after):
                yield from self._read_letter(chunk, noun, after, legend)
                continue
            ends = after is chunk.elements[-1] or isinstance(_next(chunk, after), Number)
            nought = finding.property == "reflux_time" and text in _NO_TIME
            if not (text in ANSWERS or nought) or not ends:
                continue
            said = decode_cell(text, (_column_of(finding),), {}, self._codes)
            if said is not None and noun.age is not None and said[1] == finding.denied:
                noun.negated = (start_of(after), end_of(after))  # "acute DVT: no" denies that age
            elif said is not None:
                _put(noun, finding, said)

    def _read_letter(
        self, chunk: Chunk, noun: Predicate, letter: Token, legend: Legend
    ) -> Iterator[Doubt]:
        """Put the code of a letter into the word before it: "reflux C"; else it is a doubt."""
        finding = noun.finding
        if finding is None or noun.negated is not None:
            return
        said = decode_cell(letter.norm, (_column_of(finding),), legend, self._codes)
        if said is not None:
            _put(noun, finding, said)
        else:
            chunk.predicates.remove(noun)
            yield Doubt("unread", (noun.first, letter.index))

    def _read_answer(
        self, chunk: Chunk, noun: Predicate, finding: Finding, asked: _Asked
    ) -> Iterator[Doubt | Pass]:
        """Put the answer to a word into it."""
        last = _end_of_answer(asked, noun.last + 2)
        inside = [c for c in asked.chunks if noun.last < c.first and c.last <= last + 1]
        text = (
            asked.marks.words(noun.last + 2, last).strip().lower() if last > noun.last + 1 else ""
        )
        kept = [element for answer in inside for element in answer.elements]
        if len(kept) == 1:  # without its box: "reflux? [x] yes [ ] no"
            text = asked.marks.words(start_of(kept[0]), end_of(kept[0])).lower()
        if _is_read_elsewhere(finding, inside, text):
            return
        said = decode_cell(text, (_column_of(finding),), asked.legend, self._codes)
        if said is not None:
            _put(noun, finding, said)
            noun.heads, noun.last = False, last
            for answer in inside:
                answer.predicates.clear()
        elif not text.strip("_-. ") or text in self._blanks:
            chunk.predicates.remove(noun)
            if text:
                yield Pass("template_blank", (chunk.first, last))
        elif _is_code(inside, text):
            chunk.predicates.remove(noun)
            yield Doubt("unread", (noun.first, last))


def _answered(chunk: Chunk) -> Iterator[tuple[Predicate, Finding, Element | PlaceGroup]]:
    """The words of a clause that may ask for something, each with what stands behind it."""
    predicates = {p.first: p for p in reversed(chunk.predicates) if not p.heads}
    for before, after in pairwise(chunk.elements) if predicates else ():
        noun = predicates.get(start_of(before))
        finding = noun.finding if noun is not None else None
        if noun is not None and finding is not None and finding.property in _ASKED:
            yield noun, finding, after


def _put(noun: Predicate, finding: Finding, said: tuple[str, str]) -> None:
    """Make an answer the value of what asked for it."""
    changed = {"property": said[0], "value": said[1], "kind": "word"}
    noun.finding, noun.answered = finding.model_copy(update=changed), True


def _next(chunk: Chunk, element: Element | PlaceGroup) -> Element | PlaceGroup | None:
    """The element behind another one of its clause."""
    return next(iter(chunk.elements[chunk.elements.index(element) + 1 :]), None)


def _is_read_elsewhere(finding: Finding, inside: Sequence[Chunk], text: str) -> bool:
    """Whether what stands behind the colon is no answer, or one that the denials read.

    "GSV incompetent:" leads to what stands below it; "DVT: none" is denied.
    """
    leads_on = not text and finding.kind == "word" and finding.property == "reflux"
    denies = finding.kind != "label" and any(chunk.cues(*_ANSWERED) for chunk in inside)
    return leads_on or denies or any(chunk.groups for chunk in inside)


def _column_of(finding: Finding) -> str:
    """The column of a table that would ask the same."""
    if finding.property != "reflux":
        return finding.property
    return "competence" if finding.value == "absent" else "incompetence"


def _end_of_answer(asked: _Asked, first: int) -> int:
    """The last token of what stands behind a colon, to the end of its line or list item.

    A plain answer is complete by itself: "reflux: yes no clot".
    """
    reply = next((c for c in asked.chunks if c.first == first), None)
    alone = reply is not None and len(reply.elements) == 1
    if reply is not None and alone and asked.marks.words(first, reply.last).lower() in REPLIES:
        return reply.last
    last = first - 1
    for token in asked.marks.tokens[first:]:
        if "\n" in token.gap or token.text in _ENDS:
            break
        last = token.index
    return last


def _is_code(inside: Sequence[Chunk], text: str) -> bool:
    """Whether an answer that is not understood is a mere code: "Q", "?"."""
    known = any(isinstance(e, Mention) for chunk in inside for e in chunk.elements)
    return not known and len(text) < _SHORTEST_WORD and not text.isdigit()

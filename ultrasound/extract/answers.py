"""Answers of a form: "CFV compress: P", "GSV RT: neg", read by the codes of the tables.

A colon behind a word asks for it, so that the word alone says nothing: "compress: P" is no full
compression. What the answer says is in columns.toml, as for the cell of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.chunks import Chunk, Predicate
from ultrasound.extract.fact import Doubt
from ultrasound.extract.lexicon import Mention
from ultrasound.extract.marks import Marks
from ultrasound.knowledge.schema_text import CellCode, ColumnTable

_ASKED: Final = ("reflux", "reflux_time", "compressibility", "thrombus", "patency")
_ANSWERED: Final = ("none", "negative", "denial_after", "negation", "affirmation_after")
_ENDS: Final = (";", ",", ".", "|")
_SHORTEST_WORD: Final = 3  # letters from which an answer is a word, not a code


class AnswerReader:
    """Reads the answers of a sentence into its predicates."""

    def __init__(self, columns: ColumnTable) -> None:
        self._codes: tuple[CellCode, ...] = columns.code
        self._blanks = {term.lower() for words in columns.blank for term in words.terms}

    def read(self, chunks: Sequence[Chunk], marks: Marks) -> Iterator[Doubt]:
        """Put each answer into the word that asks for it; what is not understood is a doubt."""
        for chunk in chunks:
            noun = chunk.predicates[-1] if chunk.predicates else None
            if noun is None or noun.finding is None or not noun.heads:
                continue
            last = _end_of_answer(marks, noun.last + 2)
            inside = [c for c in chunks if noun.last < c.first and c.last <= last]
            if noun.finding.property not in _ASKED or any(c.groups for c in inside):
                continue
            text = marks.words(noun.last + 2, last).strip().lower() if last > noun.last + 1 else ""
            if not text and noun.finding.kind == "word" and noun.finding.property == "reflux":
                continue  # "GSV incompetent:" leads to what stands below
            if not text.strip("_-. ") or text in self._blanks:
                chunk.predicates.remove(noun)
            elif not self._answer(noun, inside, text, last) and _is_code(inside, text):
                chunk.predicates.remove(noun)
                yield Doubt("unread", (noun.first, last))

    def _answer(self, noun: Predicate, inside: Sequence[Chunk], text: str, last: int) -> bool:
        """Whether the answer is understood; "none", "no" and "yes" are left to the denials."""
        finding = noun.finding
        denies = any(chunk.cues(*_ANSWERED) for chunk in inside)
        if finding is None or (finding.kind != "label" and denies):
            return True
        column = _column_of(noun)
        code = next(
            (c for c in self._codes if text in c.terms and (not c.columns or column in c.columns)),
            None,
        )
        if code is None:
            return False
        changed = {"property": code.property, "value": code.value, "kind": "word"}
        noun.finding, noun.heads = finding.model_copy(update=changed), False
        noun.last = last
        for chunk in inside:
            chunk.predicates.clear()
        return True


def _column_of(noun: Predicate) -> str | None:
    """The column of a table that would ask the same."""
    if noun.finding is None:
        return None
    if noun.finding.property != "reflux":
        return noun.finding.property
    return "competence" if noun.finding.value == "absent" else "incompetence"


def _end_of_answer(marks: Marks, first: int) -> int:
    """The last token of what stands behind a colon, to the end of its line or list item."""
    last = first - 1
    for token in marks.tokens[first:]:
        if "\n" in token.gap or token.text in _ENDS:
            break
        last = token.index
    return last


def _is_code(inside: Sequence[Chunk], text: str) -> bool:
    """Whether an answer that is not understood is a mere code: "Q", "?"."""
    known = any(isinstance(e, Mention) for chunk in inside for e in chunk.elements)
    return not known and len(text) < _SHORTEST_WORD and not text.isdigit()

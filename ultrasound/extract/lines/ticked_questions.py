"""Several questions with boxes on one line: "Compression: [x] full [ ] none  DVT: [ ] yes [x] no".

Each question keeps the answer that is ticked, and one without a tick is a blank, so that the line
is read as a list of labels and answers. A box stands before its answer or behind it. A line with
one question that has a tick, or with two ticks in one, is left as it is: it is read elsewhere, or a
list of what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.ticked_options import (
    IS_BOX,
    NO_BOX_SIGN,
    TickedOption,
    read_ahead,
    read_behind,
)

_LINE: Final = re.compile(r"[^\r\n]+")
_WORD: Final = rf"[^{NO_BOX_SIGN}|;:?,]+"
_WORDS: Final = rf"{_WORD}(?:[ ]{_WORD}){{0,3}}?"
_AHEAD: Final = re.compile(rf"[ ]?(?P<option>{_WORDS})(?=[ \t]*$|[ ]{{2}}|[ ]?[\t|;,./(])")
_BEHIND: Final = re.compile(rf"(?:^|(?<=[ ]{{2}})|(?<=[\t|;:?,]))[ ]*(?P<option>{_WORDS})[ ]?$")
_ASKS: Final = re.compile(r"[^\W\d_]\)?[ \t]*[:?=][ \t]*$")
_SIDE: Final = re.compile(r"^\W*(?:which[ ])?(?:leg|limb|side|laterality)s?\b", re.IGNORECASE)
_ASIDE: Final = " \t,/"  # what may part the answers of one question
_FEWEST: Final = 2  # questions, and answers of each
_BLANK: Final = "___"


class TickedQuestionReader:
    """Finds such lines, and lines of one question that has a name beside its place."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The answers that are not ticked, with all boxes of such lines."""
        edits: list[Edit] = []
        for line in _LINE.finditer(text):
            boxes = list(IS_BOX.finditer(text, *line.span()))
            if len(boxes) >= _FEWEST:
                edits += self._read_line(text, line, boxes)
        return edits

    def _read_line(
        self, text: str, line: re.Match[str], boxes: Sequence[re.Match[str]]
    ) -> list[Edit]:
        behind = not text[boxes[-1].end() : line.end()][:2].strip(" \t|;,.(")
        if behind:
            answers = list(read_behind(_BEHIND, text, line.start(), boxes))
        else:
            answers = list(read_ahead(_AHEAD, text, line.end(), boxes))
        questions = _part(text, answers) if len(answers) == len(boxes) else []
        name = text[line.start() : answers[0].start] if questions else ""
        if len(questions) == 1 and self._is_question(name, answers, bare=behind):
            return list(_answer(answers))
        if not _are_questions(text, line, questions):
            return []
        edits = [edit for question in questions for edit in _answer(question)]
        for before, after in pairwise(questions):
            gap = text[before[-1].end : after[0].start]
            if gap[:1].isspace() and gap.lstrip()[:1].isalpha():
                end = before[-1].end + len(gap) - len(gap.lstrip())
                edits.append(Edit(before[-1].end, end, "; "))
        return edits

    def _is_question(self, name: str, question: Sequence[TickedOption], *, bare: bool) -> bool:
        """Whether one question of a line has its name, some answers and one tick at most.

        Of a place alone "SFJ: comp [x]  reflux [ ]" says several things.
        """
        apart = all(b.start - a.end > 1 for a, b in pairwise(question))
        if bare and apart and not name.strip():  # "compressible [x]  not compressible [ ]"
            return sum(a.ticked for a in question) == 1
        if _ASKS.search(name) is None or _SIDE.match(name) or self._words.is_place(name):
            return False
        return len(question) >= _FEWEST > sum(a.ticked for a in question)


def _are_questions(
    text: str, line: re.Match[str], questions: Sequence[Sequence[TickedOption]]
) -> bool:
    """Whether each question has its name, some answers, and one tick at most."""
    if len(questions) < _FEWEST or not any(a.ticked for q in questions for a in q):
        return False
    begins = [line.start(), *(question[-1].end for question in questions)]
    named = [_ASKS.search(text[b : q[0].start]) for b, q in zip(begins, questions, strict=False)]
    several = all(len(question) >= _FEWEST for question in questions)
    return several and all(named[1:]) and all(sum(a.ticked for a in q) < _FEWEST for q in questions)


def _part(text: str, answers: Sequence[TickedOption]) -> list[list[TickedOption]]:
    """The answers by their questions: words or a sign of a list stand between two of them."""
    questions: list[list[TickedOption]] = [[answers[0]]]
    for before, after in pairwise(answers):
        if text[before.end : after.start].strip(_ASIDE):
            questions.append([])
        questions[-1].append(after)
    return questions


def _answer(question: Sequence[TickedOption]) -> Iterator[Edit]:
    """The ticked answer alone, or a blank."""
    start, end = question[0].start, question[-1].end
    ticked = next((answer for answer in question if answer.ticked), None)
    if ticked is None:
        yield Edit(start, end, _BLANK)
    else:
        yield Edit(start, ticked.first)
        yield Edit(ticked.last, end)

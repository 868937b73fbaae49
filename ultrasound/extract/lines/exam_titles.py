"""Lines that name an exam: "Venous duplex, both legs"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.questions import REPLIES
from ultrasound.extract.lines.found_words import (
    ends_as_title,
    finds,
    names_only_leg,
    only_complains,
    states_vein,
)
from ultrasound.extract.lines.head_words import has_measure
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.short_rows import Words

OPEN_WORDS: Final = ("and", "or", "of", "in", "the", "with", "at", "is", "are", "to", "from")
_TELLING: Final = frozenset({"show", "showed", "reveal", "revealed", "exclude", "confirm"})
_VERBS: Final = frozenset({"there", "is", "are", "was", "were"})
_TITLE_WORDS: Final = 18  # words; a longer line is a sentence
_SAYING: Final = ("affirmation_after", "denial_after", "negation", "uncertain")
_DENYING: Final = ("no", "nil", "not")
_REACH: Final = 4  # tokens from a denial to what it denies: "No definite DVT"


class ExamTitles:
    """Reads titles by the tables of words that name an exam."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._title = _fold(knowledge.sections.title)
        self._beside = _fold(knowledge.sections.title_beside)
        self._with = _fold(knowledge.sections.title_with)
        self.asides = _fold(knowledge.sections.title_aside)

    def is_title(self, marks: Marks, line: Line) -> bool:
        """Whether an early line names the exam: title words, short, and no finding of a vein."""
        words = [t.norm for t in marks.tokens[line.first : line.last] if t.kind == "word"]
        if not 0 < len(words) <= _TITLE_WORDS or has_measure(marks, line):
            return False
        if words[-1] in OPEN_WORDS:
            return False  # "Duplex today: the GSV is the source of the problem: it is"
        if words[-1] in REPLIES and marks.has_sign(":", line.last - 3, line.last):
            return False  # "Deep reflux: yes"
        named, mentions = set(words), marks.mentions_in(line.first, line.last)
        says = finds(mentions) or any(m.cue(*_SAYING) for m in mentions) or named & _TELLING
        stops = marks.tokens[line.last - 1].text == "."
        opening = {t.norm for t in takewhile(lambda t: t.text != ".", _tokens(marks, line))}
        if stops and (says or opening & _VERBS):  # "Foam to the right GSV."
            return False
        told = stops and any(m.row("vein", "place") for m in mentions)  # "Deep venous reflux."
        beside = named & self._beside and not (told or finds(mentions))
        exam = named & self._title or beside
        if not exam and not names_only_leg(marks, line):
            return False
        return not _denies(marks, line) and not any(
            m.cue("negation") or states_vein(m) for m in mentions
        )

    def opens(self, marks: Marks, group: PlaceGroup, first: int, last: int) -> bool:
        """Whether a leg and the name of an exam entitle what follows: "LEGS - DVT STUDY (ward)"."""
        return is_only_leg(group) and ends_as_title(marks, first, last, self._title | self._beside)

    def gives_reason(self, marks: Marks, line: Line, rest: int) -> bool:
        """Whether a line is an exam, its leg and only its reason: "Duplex, left leg: varices".

        The reason begins at the token ``rest``.
        """
        words = {token.norm for token in marks.tokens[line.first : rest]}
        return bool(words & self._title) and only_complains(marks, rest, line.last)

    def entitles(self, marks: Marks, line: Line, head: PlaceGroup) -> bool:
        """Whether a line that heads a leg is the name of its exam: "Right leg venous duplex"."""
        words = {token.norm for token in marks.tokens[line.first : line.last]}
        return is_only_leg(head) and not words.isdisjoint(self._title)

    def names_study(self, marks: Marks, line: Line) -> bool:
        """Whether a line is an exam and its one leg, and no more: "Study 2: left leg"."""
        named = [m for m in marks.mentions_in(line.first, line.last) if m.row("leg") is not None]
        sides = {at for m in named for at in range(m.first, m.last + 1)}
        words = {
            token.norm
            for token in marks.tokens[line.first : line.last]
            if token.kind == "word" and token.index not in sides
        }
        exam = words & self._title
        return len(named) == 1 and bool(exam) and words <= self._title | self._beside | self._with


def _denies(marks: Marks, line: Line) -> bool:
    """Whether a finding is denied: "Limited study. No DVT"; "0 = no reflux" explains a sign."""
    return any(
        token.norm in _DENYING
        and (token.index == line.first or marks.tokens[token.index - 1].text != "=")
        and any(m.row("finding") for m in marks.mentions_in(token.index, token.index + _REACH))
        for token in _tokens(marks, line)
    )


def _tokens(marks: Marks, line: Line) -> Sequence[Token]:
    return marks.tokens[line.first : line.last]


def _fold(rows: Sequence[Words]) -> set[str]:
    return {fold_term(term)[0] for words in rows for term in words.terms}

"""Restless legs in a report: what it says of their criteria, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ultrasound.extract.study.denials import is_denied, is_denied_from_afar
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import ContextWords, TextKnowledge

NAME: Final = "restless_legs"  # the indication that names them
_TOLD_OF_OTHERS: Final = ("indication", "contributor")
_STOPS: Final = (".", ";")
_BORDERS: Final = (",", ";", ".", "/", "+", "&", "|", "(", ")", "?")
_JOINTS: Final = ("and", "or", "plus")
_ASSIGNS: Final = (":", "=", "-", "–", "?")
_EMPTY_BOXES: Final = ("☐", "□", "[]", "()")
_HEADING: Final = 2  # tokens from "family" to the colon of "family history:"
_BEHIND: Final = 4  # tokens in which "(her mother)" or "in the family" follows
At = tuple[int, int, int, int]  # a phrase's first token and its end, its section's first and end


class RestlessReader:
    """Finds words of the criteria where they are said of the patient's restless legs."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        table = knowledge.restless
        self._lead = _fold_all(table.lead)
        self._family = _fold_all(table.family)
        self._doubt = _fold_all(table.doubt)
        self._between = _fold_all(table.between)
        self._denials = PhraseTable({fold_term(term): term for term in table.denial})
        self._criteria = PhraseTable(
            {fold_term(term): row.code for row in table.criterion for term in row.terms}
        )
        subjects: dict[tuple[str, ...], str] = {}
        for row in knowledge.context.fact:
            if row.fact in _TOLD_OF_OTHERS:
                for term in row.terms:
                    subjects[fold_term(term)] = row.value if row.fact == "indication" else row.fact
        self._subjects = PhraseTable(subjects)
        self._named = frozenset(words[0] for words, value in subjects.items() if value == NAME)

    def find(self, marks: Marks, first: int, last: int) -> Iterator[tuple[str, int, int]]:
        """The words of criteria in a section: the criterion, their first token and their end.

        A clause counts that names the restless legs, or that follows one and names nothing else:
        the evening of "evening swelling, restless legs" is not theirs.
        """
        if self._named.isdisjoint([token.norm for token in marks.tokens[first:last]]):
            return  # most sections do not name them
        theirs = False
        for low, high in self._split_clauses(marks.tokens, first, last):
            found = list(_find_all(self._subjects, marks.tokens, low, high))
            names = [at for value, *at in found if value == NAME]
            here = any(self._is_stated(marks, (i, end, first, last)) for i, end in names)
            others = {value for value, *_ in found} - {NAME, "contributor"}
            theirs = here or (theirs and not names and not others)
            if not theirs or (found and not names):
                continue
            for code, index, after in _find_all(self._criteria, marks.tokens, low, high):
                led = here or all(t.norm in self._lead for t in marks.tokens[low:index])
                if led and not is_denied(marks, index, low):
                    yield code, index, after

    def is_of_others(self, marks: Marks, row: ContextWords, at: At) -> bool:
        """Whether a symptom or illness is a relative's, is not ticked, or is denied."""
        if row.fact not in _TOLD_OF_OTHERS:
            return False
        if self._is_relative(marks, at) or _is_unticked(marks, at):
            return True
        return (row.value == NAME or row.fact == "contributor") and self._is_denied(marks, at)

    def is_doubted(self, marks: Marks, at: At) -> bool:
        """Whether the name is asked for: "?RLS", "possible RLS", "RLS?"."""
        index, after, first, last = at
        tokens = marks.tokens
        if after < last and tokens[after].text == "?" and not tokens[after].gap:
            return True
        if index == first or tokens[index - 1].norm not in self._doubt:
            return False
        before = tokens[index - 1]
        # the sign behind the question before belongs to that one: "venous cause? RLS"
        return before.text != "?" or not tokens[index].gap or bool(before.gap)

    def _split_clauses(
        self, tokens: list[Token], first: int, last: int
    ) -> Iterator[tuple[int, int]]:
        """The clauses of a section; words of a criterion stay whole: "has to get up and walk"."""
        low = index = first
        while index < last:
            if phrase := self._criteria.find(tokens, index, last):
                index = phrase[1]
                continue
            if tokens[index].text in _BORDERS or tokens[index].norm in _JOINTS:
                yield low, index
                low = index + 1
            index += 1
        yield low, last

    def _is_stated(self, marks: Marks, at: At) -> bool:
        return not (
            is_denied(marks, at[0], at[2])
            or self._is_relative(marks, at)
            or _is_unticked(marks, at)
            or self._is_denied(marks, at)
        )

    def _is_denied(self, marks: Marks, at: At) -> bool:
        index, after, first, last = at
        if is_denied_from_afar(marks, index, first, self._between):
            return True
        tokens = marks.tokens
        start = after + (after < last and tokens[after].text in _ASSIGNS)
        denial = self._denials.find(tokens, start, last)
        if denial is None or any("\n" in token.gap for token in tokens[after : start + 1]):
            return False
        end = denial[1]
        return end >= last or tokens[end].text in _BORDERS or "\n" in tokens[end].gap

    def _is_relative(self, marks: Marks, at: At) -> bool:
        index, after, first, last = at
        for token in marks.tokens[after : min(last, after + _BEHIND)]:
            if token.text in (",", *_STOPS):
                break
            if token.norm in self._family:
                return True
        colon: int | None = None
        comma = False
        for position in range(index - 1, first - 1, -1):
            token = marks.tokens[position]
            if token.text in _STOPS or token.norm in ("but", "patient", "pt"):
                return False
            if token.norm in self._family:
                # the heading of a list holds to its end, a word of prose to the comma
                return not comma if colon is None else colon - position <= _HEADING
            colon = position if token.text == ":" and colon is None else colon
            comma = comma or token.text == ","
        return False


def _is_unticked(marks: Marks, at: At) -> bool:
    """Whether an empty box stands before the words: "[ ] restless legs"."""
    before = [token.text for token in marks.tokens[max(at[2], at[0] - 2) : at[0]]]
    return "".join(before) in _EMPTY_BOXES or (bool(before) and before[-1] in _EMPTY_BOXES)


def _fold_all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_term(word)[0] for word in words)


def _find_all(
    table: PhraseTable[str], tokens: list[Token], low: int, high: int
) -> Iterator[tuple[str, int, int]]:
    index = low
    while index < high:
        found = table.find(tokens, index, high)
        if found is None:
            index += 1
            continue
        yield found[0], index, found[1]
        index = found[1]

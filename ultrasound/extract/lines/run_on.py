"""Dictation without full stops: a new subject after a finished statement begins a sentence.

"… is competent the popliteal vein has no reflux at the knee it is 5 mm": English lets no noun with
an article follow a statement without a preposition or a joint, so that it must be a new subject.
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.lines.layout import Sentence
from ultrasound.extract.places.places import FILLERS, is_place
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks

_VERBS: Final = (
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "shows",
    "show",
    "showed",
    "measures",
    "measure",
    "demonstrates",
    "appears",
    "remains",
    "does",
    "do",
)
_PLACED: Final = ("at", "in", "on", "below", "above")
_PRONOUNS: Final = ("it", "they", "this")
_SIGNS: Final = (",", ";", ":", "(")
_LONG: Final = 20  # tokens of a sentence from which it may be several
_REACH: Final = 8  # tokens from an article to the verb of its noun


def split_run_on(marks: Marks, sentence: Sentence) -> list[Sentence]:
    """The sentences that a run-on holds, the sentence itself where it is none."""
    if not _is_run_on(marks, sentence):
        return [sentence]
    starts = [sentence.first]
    stated = False
    for index in range(sentence.first, sentence.last):
        if stated and _is_finished(marks, index) and _opens(marks, index, sentence.last):
            starts.append(index)
            stated = False
        stated = stated or _states(marks, index)
    ends = [*starts[1:], sentence.last]
    return [Sentence(first, last) for first, last in zip(starts, ends, strict=True)]


def _is_run_on(marks: Marks, sentence: Sentence) -> bool:
    """Whether a sentence is long, and no sign divides it."""
    tokens = marks.tokens[sentence.first : sentence.last]
    return len(tokens) >= _LONG and not any(token.text in _SIGNS for token in tokens)


def _states(marks: Marks, index: int) -> bool:
    mention = marks.mention_over(index)
    row = mention.row("finding") if mention is not None else None
    if row is not None and row.kind in ("word", "noun"):
        return True
    return any(n.unit is not None for n in marks.numbers_in(index, index + 1))


def _is_finished(marks: Marks, index: int) -> bool:
    """Whether the word before can end a statement: a number, a finding or a place, no joint."""
    before = index - 1
    if marks.tokens[before].kind not in ("word", "number"):
        return False
    if any(n.first <= before <= n.last for n in marks.numbers_in(max(0, before - 3), index)):
        return True
    mention = marks.mention_over(before)
    if mention is not None and mention.last > before:
        return False  # within "on the right"
    if mention is None:
        return marks.tokens[before].norm in ("vein", "leg", "side", "present")
    return is_place(mention) or _ends_statement(mention)


def _ends_statement(mention: Mention) -> bool:
    row = mention.row("finding")
    if row is not None:
        return bool(row.kind in ("word", "noun"))
    return bool(mention.cue("physiological", "denial_after", "manoeuvre", "distance", "normal"))


def _opens(marks: Marks, index: int, last: int) -> bool:
    """Whether a subject with its verb starts at a token."""
    token = marks.tokens[index]
    follows = marks.tokens[index + 1].norm if index + 1 < last else ""
    if token.norm == "it":
        return True
    if token.norm == "there" or token.norm in _PRONOUNS:
        return follows in _VERBS
    if token.norm == "the":
        return _finds_verb(marks, index + 1, last, after_place=True)
    return token.norm in _PLACED and _finds_pronoun(marks, index + 1, last)


def _finds_verb(marks: Marks, first: int, last: int, *, after_place: bool) -> bool:
    """Whether a place and then a verb follow, with nothing but places between."""
    placed = not after_place
    for index in range(first, min(last, first + _REACH)):
        token = marks.tokens[index]
        mention = marks.mention_over(index)
        if token.norm in _VERBS:
            return placed
        if mention is not None and is_place(mention):
            placed = True
        elif mention is not None and _verbal(mention):
            return placed
        elif token.norm not in FILLERS and token.norm not in ("and", ","):
            return False
    return False


def _verbal(mention: Mention) -> bool:
    row = mention.row("finding")
    return row is not None and row.kind == "word" and mention.first == mention.last


def _finds_pronoun(marks: Marks, first: int, last: int) -> bool:
    """Whether a place and then "it is" follow: "at the knee it is 5 mm"."""
    for index in range(first, min(last - 1, first + _REACH)):
        token = marks.tokens[index]
        if token.norm in _PRONOUNS:
            return marks.tokens[index + 1].norm in _VERBS
        mention = marks.mention_over(index)
        if (mention is None or not is_place(mention)) and token.norm not in FILLERS:
            return False
    return False

"""A nought that denies the finding beside it: "0 reflux", "GSV: reflux 0"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.knowledge.schema_text import Cue, Finding

_NOUGHTS: Final = ("0", "Ø", "ø", "∅")
_ANSWERED: Final = (":", "=", "?", "/")
_BEFORE: Final = Meaning([Concept("cue", Cue(kind="negation", terms=()))])
_BEHIND: Final = Meaning([Concept("cue", Cue(kind="denial_after", terms=()))])


def read_noughts(marks: Marks) -> Marks:
    """The same marks with each nought that stands for "no" as a denial and no number."""
    denials = list(_find_denials(marks))
    if not denials:
        return marks
    taken = {denial.first for denial in denials}
    return replace(
        marks,
        mentions=sorted([*marks.mentions, *denials], key=lambda m: m.first),
        numbers=[number for number in marks.numbers if number.first not in taken],
    )


def _find_denials(marks: Marks) -> Iterator[Mention]:
    noughts = [t.index for t in marks.tokens if t.text in _NOUGHTS]
    numbers = {number.first: number for number in marks.numbers} if noughts else {}
    for index in noughts:
        number = numbers.get(index)
        if number is not None and (number.unit is not None or number.last != index):
            continue
        if marks.mention_over(index) is not None:
            continue
        equal = index > 0 and marks.tokens[index - 1].text == "="
        before = _finding_over(marks, index - 2 if equal else index - 1)
        if before is not None and before.kind == "noun" and marks.tokens[index].gap in ("", " "):
            yield Mention(index, index, _BEHIND)
        elif before is None and _names_denied(marks, index):
            yield Mention(index, index, _BEFORE)


def _finding_over(marks: Marks, index: int) -> Finding | None:
    """The finding that a token belongs to."""
    mention = marks.mention_over(index) if index >= 0 else None
    found: Finding | None = mention.row("finding") if mention is not None else None
    return found


def _names_denied(marks: Marks, index: int) -> bool:
    """Whether the name of a finding follows that has no answer of its own.

    In "reflux: 0 thrombus: 0" the noughts are the answers of what stands before them.
    """
    noun = marks.mention_at(index + 1)
    row = noun.row("finding") if noun is not None else None
    if noun is None or row is None or row.denied is None or marks.tokens[index + 1].gap != " ":
        return False
    behind = marks.tokens[noun.last + 1 : noun.last + 2]
    if behind and (behind[0].text in _ANSWERED or behind[0].kind == "number"):
        return False
    answers = (
        marks.tokens[index - 1].text in _ANSWERED and _finding_over(marks, index - 2) is not None
    )
    return not answers

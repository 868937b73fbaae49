"""Everyday words that say of a vein that its valves close: "SFJ tight", "the SSV holds", "spared".

They are findings only in a report that speaks of reflux, straight behind their vein or its
valves, and with nothing behind them that they could hold, close or be part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention, as_finding
from ultrasound.knowledge.short_rows import HoldingWords

_REFLUX, _THROMBOSIS = "insufficiency", "dvt"  # of EXAM_KINDS
_VALVES: Final = ("reflux", "reflux_time")
_NAMING: Final = ("label", "looked_at")
_CLOTTING: Final = ("thrombus", "compressibility")
_VERBS: Final = (
    *("is", "are", "was", "were", "be", "remain", "stay", "appear", "look", "seem", "does", "do"),
    *("valve", "junction", "trunk", "vein", "not", "both", "all", "each", "also", "still", "again"),
    *("and", "but", "then", "itself", "too", "proper", "here", "there", "well", "quite", "very"),
    *("perfectly", "completely", "entirely", "otherwise", "however", "though", "that", "which"),
)
_SIGNS: Final = (":", ",", "-", "–", "(", ")", "&", "+")
_ENDS: Final = (".", ",", ";", ")", "(", "|", "/", "-", "–")
_GOES_ON: Final = (
    *("throughout", "and", "with", "without", "but", "below", "above", "in", "at", "from", "to"),
    *("on", "under", "during", "down", "both", "as", "while", "whereas", "when", "well", "nicely"),
    *("promptly", "properly", "completely", "normally", "firmly", "everywhere", "there", "here"),
    *("too", "also", "again", "either", "only", "up", "distally", "proximally", "for", "or", "nor"),
)
_NEARBY: Final = ("close", "to")
_TIMED: Final = ("in", "at", "within", "after", "for")


def read_holding(marks: Marks, rows: Iterable[HoldingWords], exam: str | None) -> Marks:
    """The same marks with the words that say here that valves close as findings."""
    if exam != _REFLUX and (
        exam == _THROMBOSIS or not any(_is_of(m, _VALVES) for m in marks.mentions)
    ):
        return marks
    texts = [token.text.lower() for token in marks.tokens]
    for row in rows:
        found = [m for words in _phrases_of(row) for m in _find(marks, texts, words, row)]
        if found:
            taken = {i for m in found for i in range(m.first, m.last + 1)}
            kept = [m for m in marks.mentions if taken.isdisjoint(range(m.first, m.last + 1))]
            marks = replace(marks, mentions=sorted([*kept, *found], key=lambda m: m.first))
    return marks


def _phrases_of(row: HoldingWords) -> list[list[str]]:
    """The words of each term, the longest first."""
    return sorted((term.split() for term in row.terms), key=len, reverse=True)


def _find(
    marks: Marks, texts: Sequence[str], words: Sequence[str], row: HoldingWords
) -> Iterator[Mention]:
    """Where these words are said of a vein, as they are written: "closes", and not "close"."""
    first = -1
    while words[0] in texts[first + 1 :]:
        first = texts.index(words[0], first + 1)
        last = first + len(words) - 1
        if texts[first : last + 1] == list(words) and _is_said(marks, first, last, row):
            yield Mention(first, last, as_finding(row.property, row.value, row.denied))


def _is_said(marks: Marks, first: int, last: int, row: HoldingWords) -> bool:
    """Whether a vein stands before the words in their sentence, and nothing goes against them."""
    inner = marks.mentions_in(first, last + 1)
    if any((f := m.row("finding")) and f.kind not in _NAMING for m in inner):
        return False
    start = _start_of(marks, first)
    before = marks.mentions_in(start, first)
    commas = (i for i in range(first, start, -1) if marks.tokens[i - 1].text == ",")
    said = {t.norm for t in marks.tokens[next(commas, start) : first]}
    if not said.isdisjoint(row.unless) or not any(m.row("vein", "place") for m in before):
        return False
    if row.of_last and (any(_is_of(m, (*_VALVES, *_CLOTTING)) for m in before)):
        return False  # it says again what the sentence has found
    if row.of_last and not _spoke_of_valves(marks, first):
        return False
    return _follows_vein(marks, first) and _ends(marks, last + 1)


def _spoke_of_valves(marks: Marks, index: int) -> bool:
    """Whether the last thing that was looked for before a token are valves, and not a clot."""
    found = [m for m in marks.mentions if m.first < index and _is_of(m, (*_VALVES, *_CLOTTING))]
    return not found or _is_of(found[-1], _VALVES)


def _follows_vein(marks: Marks, index: int) -> bool:
    """Whether only light words stand between a token and a place, number or sign before it."""
    if index == 0 or "\n" in marks.tokens[index].gap:
        return False
    before = marks.tokens[index - 1]
    mention, number = marks.mention_over(before.index), marks.number_before(index)
    measured = number is not None and number.last == before.index
    placed = mention is not None and mention.meaning.is_place
    denied = mention is not None and mention.cue("negation")
    return measured or placed or denied or before.norm in _VERBS or before.text in _SIGNS


def _ends(marks: Marks, index: int) -> bool:
    """Whether the words end their statement before a token, with a time or without."""
    after = marks.tokens[index : index + 2]
    if not after or "\n" in after[0].gap:
        return True
    if (marks.tokens[index - 1].norm, after[0].norm) == _NEARBY:
        return False
    if after[0].norm in _TIMED and len(after) > 1 and after[1].kind == "number":
        return False  # "valves close in 0.3 s" is a time
    mention = marks.mention_at(index)
    manoeuvre = mention is not None and mention.cue("manoeuvre", "leg")
    sided = mention is not None and mention.row("leg") is not None
    return manoeuvre or sided or after[0].text in _ENDS or after[0].norm in _GOES_ON


def _start_of(marks: Marks, index: int) -> int:
    """The first token of the sentence or line that a token stands in."""
    while index:
        token, before = marks.tokens[index], marks.tokens[index - 1]
        if "\n" in token.gap or (before.text in (".", ";") and token.gap != ""):
            return index
        index -= 1
    return index


def _is_of(mention: Mention, properties: Sequence[str]) -> bool:
    """Whether a word finds or names something of these properties."""
    finding = mention.row("finding")
    return finding is not None and finding.property in properties

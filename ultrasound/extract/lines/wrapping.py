"""Soft line breaks: which lines only go on with the sentence of the line before.

An editor breaks a line where the next word does not fit any more. A block of lines in which every
break that is no end of a sentence is of that kind is wrapped prose, and there that rule decides.
Elsewhere the words at the break decide: most blocks of reports are lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.questions import ends_answer
from ultrasound.extract.lines.asked_lines import PLACES, find_answering
from ultrasound.extract.lines.broken_phrases import breaks_phrase
from ultrasound.extract.lines.declares_line import begins_line
from ultrasound.extract.lines.layout import LONG_LINE, STOPS, Line, Sentence
from ultrasound.extract.lines.line_ends import (
    OPEN_WORDS,
    awaits_number,
    ends_with_blank,
    is_dictated,
    is_open,
)
from ultrasound.extract.lines.list_items import follows_statement
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

_CONTINUES: Final = frozenset({"(", "<", ">", "&", "/", "+"})
_WIDE_GAP: Final = 3  # blanks that part cells, not words
_FULL_AFTER_STOP: Final = 0.7  # of the widest line: broken although it ends with a full stop
_FULL: Final = 0.8  # of the widest line: broken, whatever it ends with
_FEWEST_BREAKS: Final = 2  # inside sentences, from which a block is known to be wrapped
_OPENING: Final = ("no", "there", "none", "the", "this", "these")  # capitals begin a sentence
_VERBS: Final = frozenset(
    {"is", "are", "has", "have", "show", "was", "were"} | {"does", "do", "measure"}
)
_PARTED: Final = re.compile(r"\S(?: {3,}|\t|\.{4,})")  # cells of a row, or a leader
_LEADER: Final = re.compile(r" ?\.{3,}")
_PLACES: Final = ("vein", "place", "leg", "inferred", "level", "zone")
_FEWEST_LEGS: Final = 5  # lines that begin with a leg, of a block that lists them
_MOST: Final = 0.8  # of the breaks inside sentences: a broken word may make one line stand out
_HEADING: Final = 0.6  # of its block's width: shorter lines over it are headings
_NARROWEST: Final = 40  # characters of a wrapped block
_KEY_REACH: Final = 6  # tokens of a field's name and its colon
_LABEL_REACH: Final = 14  # tokens of a label before its colon


class Break(Enum):
    """What a line's end is: the end of a paragraph, or soft by the words there or by its length."""

    HARD = auto()
    BY_WORDS = auto()
    BY_LENGTH = auto()


def find_breaks(marks: Marks, lines: Sequence[Line]) -> list[Break]:
    """For each line whether the next one goes on with its sentence, and how that is known."""
    widest = max((line.length for line in lines), default=0)
    breaks = [Break.HARD] * len(lines)
    blocks = [_Block(marks, lines, start, last) for start, last in _cut_blocks(lines)]
    known = max((block.width for block in blocks if block.is_prose), default=0)
    for block in blocks:
        # a block of two lines is wrapped where a longer one shows how wide the text is
        width = max(block.width, known)
        prose = block.is_prose or (known > 0 and block.is_wrapped(width, 1))
        for index in range(block.start, block.last - 1):
            line, follower = lines[index], lines[index + 1]
            if _breaks_inside(marks, line, follower):
                breaks[index] = Break.BY_LENGTH
            elif prose and index >= block.first and _breaks_full(marks, line, follower, width):
                if not _begins_anew(marks, line, follower):
                    breaks[index] = Break.BY_LENGTH
            elif (block.may_go_on(line, follower) or is_open(marks, line)) and _goes_on(
                marks, line, follower, widest
            ):
                breaks[index] = Break.BY_WORDS
    for index in find_answering(marks, lines):
        breaks[index - 1] = Break.BY_WORDS
    return breaks


class _Block:
    """Lines ``start`` up to ``last`` with no empty line between; headings end at ``first``."""

    def __init__(self, marks: Marks, lines: Sequence[Line], start: int, last: int) -> None:
        self.start, self.first, self.last = start, start, last
        # a word broken at the end of a line may stand out by its hyphen
        whole = [x for x in lines[start:last] if not marks.text.endswith("-", x.start, x.end)]
        self.width = max(line.length for line in whole or lines[start:last])
        while lines[self.first].length < _HEADING * self.width:
            self.first += 1
        self._marks = marks
        self._lines = lines[self.first : last]
        self._parted = any(_PARTED.search(marks.text, x.start, x.end) for x in self._lines)
        self.is_prose = self.is_wrapped(self.width, _FEWEST_BREAKS)
        # notes of one line each, with the leg in front: "L GSV competent"
        sided = sum(_begins_with_leg(marks, line) for line in self._lines)
        self.lists_legs = sided >= _FEWEST_LEGS and 2 * sided >= len(self._lines)

    def may_go_on(self, line: Line, follower: Line) -> bool:
        """Whether a line may go on: not in notes of a line each, but where bullets part them."""
        if not self.lists_legs or not any(x.bullet for x in self._lines):
            return not self.lists_legs
        lower = self._marks.tokens[follower.first].text[0].islower()
        return not follower.bullet and lower and line.length >= LONG_LINE

    def is_wrapped(self, width: int, fewest: int) -> bool:
        """Whether the breaks of a block show that an editor made them at this width."""
        if width - min(x.depth for x in self._lines) < _NARROWEST or self._parted:
            return False
        inside = [
            _breaks_full(self._marks, line, follower, width)
            for line, follower in pairwise(self._lines)
            if self._marks.tokens[line.last - 1].text not in (*STOPS, ":")
            and not _begins_anew(self._marks, line, follower)
            and not _is_broken_word(self._marks, follower)
        ]
        return len(inside) >= fewest and sum(inside) >= _MOST * len(inside)


def _begins_with_leg(marks: Marks, line: Line) -> bool:
    mention = marks.mention_at(line.first)
    return mention is not None and mention.row("leg") is not None


def _cut_blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines with no empty line between them."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].blank_before:
            yield first, index
            first = index


def _breaks_inside(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a line ends within a word or a phrase, or with a label that the next one answers."""
    broken = _is_broken_word(marks, follower) or _ends_with_label(marks, line, follower)
    return broken or breaks_phrase(marks, line, follower)


def _is_broken_word(marks: Marks, line: Line) -> bool:
    """Whether a line begins with the rest of a word."""
    head = marks.tokens[line.first]
    if head.joined and head.start < line.start:
        return True
    before = marks.tokens[head.index - 1]
    return head.index > 0 and before.joined and before.end > line.start


def _breaks_full(marks: Marks, line: Line, follower: Line, width: int) -> bool:
    """Whether the first word of the next line had no room on a line."""
    text = marks.text[marks.tokens[follower.first].start : follower.end]
    return line.length + 1 + len(text.split(maxsplit=1)[0]) > width


def _begins_anew(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a line is an item of a list, stands further out, or begins with a label."""
    if ends_answer(marks.tokens, line.last - 1):
        return True
    if follower.bullet or (line.bullet and follower.depth < line.depth):
        return True
    named = _has_label(marks, follower) or _has_colon(marks, follower)
    capital = marks.tokens[follower.first].text[0].isupper()  # "Medial calf tributary: 5 mm"
    named = named or (capital and _is_key(marks, follower))
    return named or _is_place(marks, follower) or begins_line(marks, follower)


def _is_place(marks: Marks, line: Line) -> bool:
    """Whether a line only names a vein, as a heading does."""
    if (mention := marks.mention_at(line.first)) is None or not mention.row("vein", "place"):
        return False
    return all(t.norm == "vein" for t in marks.tokens[mention.last + 1 : line.last])


def _has_colon(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a place and a colon: "Rt GSV (mid thigh): 4 mm"."""
    if (mention := marks.mention_at(line.first)) is None or mention.row(*_PLACES) is None:
        return False
    head = marks.tokens[line.first : min(line.last, line.first + _LABEL_REACH)]
    signs = [token for token in head if token.text == ":" and not _is_of_time(marks, token.index)]
    return bool(signs) or _has_stop(marks, line)


def _is_of_time(marks: Marks, colon: int) -> bool:
    """Whether a colon stands inside of a time of day: "06:40"."""
    around = [marks.tokens[colon - 1], *marks.tokens[colon + 1 : colon + 2]]
    tight = not any(token.gap for token in marks.tokens[colon : colon + 2])
    return tight and all(token.kind == "number" for token in around)


def _has_stop(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a leg, its vein and a full stop: "LEFT GSV. SFJ 4 mm"."""
    index, legs, veins = line.first, 0, 0
    while (mention := marks.mention_at(index)) is not None and mention.row(*_PLACES) is not None:
        legs += mention.row("leg") is not None
        veins += mention.row("vein", "place") is not None
        index = mention.last + 1
    stop = marks.tokens[index : index + 1]
    capital = marks.tokens[line.first].text[0].isupper()  # a sentence may end so in small letters
    return bool(capital and legs and veins) and index + 1 < line.last and stop[0].text == "."


def _goes_on(marks: Marks, line: Line, follower: Line, widest: int) -> bool:
    """Whether a line outside of wrapped prose goes on, by the words at the break."""
    capital = marks.tokens[follower.first].text[0].isupper()
    out = line.bullet and follower.depth < line.depth
    item = follower.bullet or (out and (capital or _is_place(marks, follower)))
    early = line.length < max(_FULL * widest, _NARROWEST)  # broken before the line was full
    item = item or follows_statement(marks, line, follower, early)
    if item or ends_answer(marks.tokens, line.last - 1):
        return False
    last, head = marks.tokens[line.last - 1], marks.tokens[follower.first]
    labelled = _has_label(marks, follower) or _has_colon(marks, follower)
    opens = head.text.istitle() and head.norm in _OPENING
    if labelled or begins_line(marks, follower) or opens:
        return False
    long = line.length >= LONG_LINE and not _PARTED.search(marks.text, line.start, line.end)
    if last.text in (*STOPS, ";", ":"):
        return long and last.text != ":" and line.length >= _FULL_AFTER_STOP * widest
    if head.text[0].islower() or head.text in _CONTINUES:
        if line.length < _FULL * widest and is_dictated(marks, line):
            return False  # broken before the line was full
        open_word = last.kind == "word" and last.text in OPEN_WORDS
        return long or open_word or not (_is_row(marks, follower) or _is_key(marks, follower))
    if head.kind == "number" and awaits_number(marks, line):
        return True
    blank = ends_with_blank(marks, line)
    full = long and line.length >= _FULL * widest and not _is_told(marks, line, follower)
    return (last.text in OPEN_WORDS and not blank) or full


def _is_told(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a line ends with a place, and the next one begins with a vein: rows of a list."""
    last, first = marks.mention_over(line.last - 1), marks.mention_at(follower.first)
    ended = last is not None and last.row("level", "zone") is not None
    return ended and first is not None and first.row("vein", "place") is not None


def _ends_with_label(marks: Marks, line: Line, follower: Line) -> bool:
    """Whether a sentence of its own, a place and a colon, ends a line: "… 0.6 s. Popliteal vein:".

    On a line of its own such a label is a heading.
    """
    index = line.last - 1
    if marks.tokens[index].text != ":" or follower.bullet or _has_colon(marks, follower):
        return False
    named = False
    while index > line.first and marks.tokens[index].text not in (*STOPS, ";"):
        named |= (m := marks.mention_at(index)) is not None and m.row(*PLACES) is not None
        index -= 1
    return named and any(t.kind == "word" for t in marks.tokens[line.first : index])


def _is_key(marks: Marks, line: Line) -> bool:
    """Whether a line begins with the name of a field: "acute_dvt: none", "diam: 3.6"."""
    head = [t.text for t in marks.tokens[line.first : min(line.last, line.first + _KEY_REACH)]]
    if ":" not in head or marks.tokens[line.first].norm == "vein":
        return False  # "Popliteal" and on the next line "vein: no reflux"
    return all(text.isalnum() or text == "_" for text in head[: head.index(":")])


def _has_label(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a place and a wide gap, a border or a leader: a row's label."""
    if (mention := marks.mention_at(line.first)) is None:
        return False
    after = mention.last + 1
    if after < line.last and _LEADER.match(marks.text, marks.tokens[mention.last].end):
        return mention.row(*_PLACES) is not None
    if mention.row("vein", "place", "leg", "inferred") is None:
        return False
    return after < line.last and _is_apart(marks.tokens[after])


def _is_row(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a place and holds a number: then it is a row of a list."""
    mention = marks.mention_at(line.first)
    if mention is not None and mention.cue("location"):  # "lateral thigh"
        mention = marks.mention_at(mention.last + 1)
    if mention is None:
        return False
    spoken = any(t.norm in _VERBS for t in marks.tokens[line.first : line.last])
    answer = marks.mention_over(line.last - 1)  # "posterior thigh none"
    answered = answer is not None and answer.last < line.last and answer.cue("none")
    parted = any(map(_is_apart, marks.tokens[mention.last + 1 : line.last]))  # "ankle     open"
    told = answered or parted or bool(marks.numbers_in(line.first, line.last))
    return mention.row(*_PLACES) is not None and not spoken and told


def _is_apart(token: Token) -> bool:
    return token.text == "|" or token.gap.count(" ") >= _WIDE_GAP


def is_cell(marks: Marks, sentence: Sentence) -> bool:
    """Whether a sentence begins behind a gap, not behind a full stop or on a new line."""
    token = marks.tokens[sentence.first]
    return marks.tokens[sentence.first - 1].text not in (*STOPS, ";") and "\n" not in token.gap

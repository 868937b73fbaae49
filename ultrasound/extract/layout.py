"""Lines, bullets, paragraphs and sentences of a report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.extract.marks import Marks
from ultrasound.extract.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

BULLET: Final = re.compile(
    r"[ \t]*(?:(?:[•·▪◦●○■□►▶→⇒*–—-]|-{1,2}>|=>|o(?=\s))[ \t]+|\(?\d{1,2}[.)](?=\s)[ \t]*|\(?[a-hA-H][.)](?=\s)[ \t]*)"
)
RULE: Final = re.compile(r"[\s\-=_*~+|:.]{4,}")
_VALUE_WORDS: Final = (
    "s",
    "sec",
    "second",
    "ms",
    "msec",
    "mm",
    "cm",
    "neg",
    "nil",
    "none",
    "competent",
    "incompetent",
    "reflux",
)
WIDE_GAP: Final = 3
_SHORT_WORD: Final = 4
LONG_LINE: Final = 58
_TAB: Final = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: tokens ``first`` up to ``last`` (half-open) after its bullet.

    ``depth`` is its indentation in columns, a bullet counting two more; ``blank_before`` tells
    that an empty line stands above.
    """

    start: int
    end: int
    first: int
    last: int
    depth: int
    bullet: bool
    blank_before: bool

    @property
    def length(self) -> int:
        """Length in characters."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` up to ``last`` (half-open) that are read together."""

    first: int
    last: int


def split_lines(marks: Marks) -> list[Line]:
    """The lines that hold words, from top to bottom; rules of dashes are left out."""
    starts = [token.start for token in marks.tokens]
    lines: list[Line] = []
    blank = False
    position = 0
    for raw in marks.text.splitlines(keepends=True):
        start, end = position, position + len(raw.rstrip())
        position += len(raw)
        if not raw.strip() or RULE.fullmatch(raw):
            blank = True
            continue
        bullet = BULLET.match(raw)
        body = start + (bullet.end() if bullet else 0)
        first, last = bisect_left(starts, body), bisect_left(starts, end)
        if first >= last:
            continue
        indent = len(raw.expandtabs(_TAB)) - len(raw.expandtabs(_TAB).lstrip())
        depth = indent + (2 if bullet else 0)
        lines.append(Line(start, end, first, last, depth, bullet is not None, blank))
        blank = False
    return lines


class SentenceSplitter:
    """Splits paragraphs into sentences at full stops that end one."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._abbreviations = {
            fold_term(term)[-1] for words in knowledge.sections.abbreviation for term in words.terms
        }

    def split_sentences(self, tokens: Sequence[Token], first: int, last: int) -> list[Sentence]:
        """The sentences of the tokens ``first`` up to ``last``."""
        sentences: list[Sentence] = []
        start = first
        for index in range(first, last):
            if self._ends(tokens, index, last):
                sentences.append(Sentence(start, index + 1))
                start = index + 1
        if start < last:
            sentences.append(Sentence(start, last))
        return sentences

    def _ends(self, tokens: Sequence[Token], index: int, last: int) -> bool:
        token = tokens[index]
        follows = tokens[index + 1] if index + 1 < last else None
        if follows is None:
            return False
        if token.text not in (".", "!", "?"):
            wide = follows.gap.count(" ") >= WIDE_GAP or "\t" in follows.gap
            return wide and "\n" not in follows.gap
        if not follows.gap or (index > 0 and tokens[index - 1].text == "." and not token.gap):
            return False  # inside a word, or the end of a dotted leader
        if token.text != "." or index == 0:
            return token.text != "?" or follows.text[0].isupper()
        before = tokens[index - 1]
        if (
            before.gap == ""
            and index > 1
            and tokens[index - 2].text == "."
            and before.kind == "word"
        ):
            return False
        wide = len(follows.gap) > 1
        after_number = index > 1 and tokens[index - 2].kind == "number"
        if (
            before.kind == "word"
            and not after_number
            and (before.norm in self._abbreviations or len(before.text) == 1)
        ):
            ends_value = before.text in ("R", "L") and tokens[index - 2].norm in _VALUE_WORDS
            return (wide or ends_value) and follows.text[0].isupper()
        short = before.kind == "word" and len(before.text) <= _SHORT_WORD and not after_number
        return follows.text[0].isupper() or follows.kind != "word" or wide or not short


def wraps(marks: Marks, line: Line, follower: Line, *, widest: int) -> bool:
    """Whether ``follower`` only continues the sentence of ``line`` (a soft line break)."""
    if follower.blank_before or follower.bullet:
        return False
    last, head = marks.tokens[line.last - 1], marks.tokens[follower.first]
    if head.index > 0 and marks.tokens[follower.first - 1].joined:
        return True
    if _has_label(marks, follower):
        return False
    open_end = last.text not in (".", ";", ":", "!", "?")
    if head.joined and head.start < follower.start:
        return True
    if not open_end:
        return line.length >= LONG_LINE and last.text != ":" and line.length >= 0.7 * widest
    if head.text[0].islower() or head.text in ("(", "<", ">", "&", "/", "+"):
        return not _is_row(marks, follower) or line.length >= LONG_LINE
    if last.text in (",", "-", "/", "(", "&", "and", "of", "the", "in", "with", "at", "or"):
        return True
    return line.length >= LONG_LINE and line.length >= 0.8 * widest


def _has_label(marks: Marks, line: Line) -> bool:
    """A line that begins with a place and a wide gap is a row with its label."""
    for mention in marks.mentions:
        if (
            mention.first == line.first
            and mention.row("vein", "place", "leg", "inferred") is not None
        ):
            after = mention.last + 1
            return after < line.last and marks.tokens[after].gap.count(" ") >= WIDE_GAP
    return False


def _is_row(marks: Marks, line: Line) -> bool:
    """A line that begins with a place and holds a number reads as a row of a list."""
    starts_with_place = any(
        m.first == line.first and m.row("vein", "place", "level", "zone", "leg", "inferred")
        for m in marks.mentions
    )
    has_number = any(line.first <= n.first < line.last for n in marks.numbers)
    return starts_with_place and has_number

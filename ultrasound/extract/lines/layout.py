"""Lines, bullets, paragraphs and sentences of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.questions import (
    ANSWERS,
    REPLIES,
    answers_for_legs,
    begins_other_side,
    ends_answer,
    is_answered,
    is_side,
    parts_sides,
)
from ultrasound.extract.lines.box_signs import starts_box
from ultrasound.extract.lines.item_numbers import find_item_labels, find_item_numbers
from ultrasound.extract.lines.page_breaks import find_page_heads
from ultrasound.extract.lines.short_names import ShortNames
from ultrasound.extract.words.abbreviations import list_abbreviations, list_numbering
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.value import value_type

BULLET: Final = re.compile(
    r"[ \t]*(?:(?:[.•·▪◦●○■□►▶→⇒*–—-]|-{1,2}>|=>|o(?=\s))[ \t]+"
    r"|\d{1,2}[ \t]+[–-](?=[ \t]+[^\W\d])[ \t]*"
    r"|#\d{1,2}[.):]?(?=[ \t]+\S)[ \t]*"
    r"|\(?\d{1,2}[.)](?=\s)[ \t]*|\(?[a-hA-H][.)](?=\s)[ \t]*)"
)
_RANGE_END: Final = re.compile(r"[ \t]*[–—-][ \t]+\d+(?:[.,]\d+)?[ \t]*[a-z]")
RULE: Final = re.compile(r"\s*(?:[\-=_*~+|:.]\s*){3,}")
_VALUE_WORDS: Final = frozenset(
    {
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
    }
)
_COMPARING: Final = (">", "<", "=", "≥")
_LEGS: Final = ("R", "L", "RT", "LT", "Rt", "Lt", "Right", "Left", "RLE", "LLE")
_LETTERS: Final = ("R", "L", "B", "+", "&", "/", "and", "or")  # of legs
_WIDE_GAP: Final = 3  # blanks that part cells, not words
_NO: Final = "No"
_NOUNS: Final = ("perf", "trib")
_DENIALS: Final = ("no", "nil", "without")
_VEINS: Final = ("vein", "v", "vv")
_OPENERS: Final = ("the", "there", "it", "this", "these", "both")
_LISTING: Final = (",", ":", "-", "–")
_WHOLE: Final = ("vein", "knee", "calf", "clot", "leg", "side", "seen", "flow", "foot", "here")
_SHORT_WORD: Final = 4  # longer words before a full stop are no abbreviations
LONG_LINE: Final = 58  # characters from which an editor may have broken a line
_DOTTED: Final = 2  # letters between the full stops of an abbreviation
_TAB: Final = 8
_BULLET_DEPTH: Final = 2
_RATIO: Final = 2  # tokens from the end of "cm/s" to its beginning
_BEFORE_ASKED: Final = (":", ";", ",", "(", "-", "–", "/", "•", "*")
STOPS: Final = (".", "!", "?")
_PLACING: Final = frozenset({"at", "in", "above", "below", "on", "from", "and", "over"})
_QUOTED: Final = ('"', "”")  # close what was said, behind its full stop
_CLOSE: Final = ("", " ")  # no gap, or that between two words


@value_type
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


@value_type
class Sentence:
    """Tokens ``first`` up to ``last`` (half-open) that are read together."""

    first: int
    last: int


def _awaits(before: str) -> bool:
    """Whether a number goes on what stands before it: a range, or the last label of a long line."""
    line = before[before.rfind("\n") + 1 :]
    listed = len(line) >= LONG_LINE and any(sign in line for sign in ";:") and line[-1:].isalpha()
    return line[-1:].isdigit() or listed


def split_lines(marks: Marks) -> list[Line]:
    """The lines that hold words, from top to bottom; rules of dashes are left out."""
    lines: list[Line] = []
    blank = False
    position = 0
    items, labels = find_item_numbers(marks.text), find_item_labels(marks.text)
    heads = find_page_heads(marks.text)
    for raw in marks.text.splitlines(keepends=True):
        start, end = position, position + len(raw.rstrip())
        position += len(raw)
        if start in heads:
            continue
        if not raw.strip() or RULE.fullmatch(raw):
            blank = True
            continue
        bullet = BULLET.match(raw.rstrip())  # a dash alone is a cell
        if bullet and _RANGE_END.match(raw) and _awaits(marks.text[:start].rstrip()):
            bullet = None  # "2.8" and on the next line "- 4 mm"
        listed = bullet is not None or start in labels
        body = labels.get(start, items.get(start, start + (bullet.end() if bullet else 0)))
        first, last = marks.tokens_between(body, end)
        if first >= last:
            continue
        wide = raw.expandtabs(_TAB)
        depth = len(wide) - len(wide.lstrip()) + (_BULLET_DEPTH if listed else 0)
        lines.append(Line(start, end, first, last, depth, listed, blank))
        blank = False
    return lines


def _is_asked(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether a token goes on with the answers of a question: "SFJ reflux: R no   L yes"."""
    before = tokens[first : index + 1]
    if begins_other_side(tokens, index) and any(t.text == ":" for t in before):
        return True
    if tokens[index].norm in REPLIES and not is_side(tokens[index + 1]):
        return False  # "DVT?  no     CFV 11 mm"
    return any(is_answered(tokens, t.index) for t in before if t.text == "?")


def _ends_quote(tokens: Sequence[Token], index: int) -> bool:
    """Whether a quotation ends with its sentence: "… negative for DVT." Stockings worn"."""
    token, follows = tokens[index], tokens[index + 1]
    stopped = index > 0 and tokens[index - 1].text == "." and not token.gap
    return token.text in _QUOTED and stopped and bool(follows.gap) and follows.text[0].isupper()


def _closes_value(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word is the unit of a number, or a meaning: "4 mm", "38 cm/s", "N = no"."""
    if index > _RATIO and tokens[index - 1].text == "/":
        index -= _RATIO
    return index > 0 and (tokens[index - 1].kind == "number" or tokens[index - 1].text == "=")


def _goes_on(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether a place follows the full stop of a unit: "2.3 sec. at the SFJ, 1.9 sec. in …"."""
    return tokens[index + 1].text in _PLACING and tokens[first].text[0].isupper()


def _ends_both(tokens: Sequence[Token], index: int) -> bool:
    """Whether a letter ends the abbreviation of both legs: "No DVT b/l. ATV not seen"."""
    word = "".join(token.text for token in tokens[max(0, index - _RATIO) : index + 1])
    return word.lower() == "b/l"


def _ends_denial(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether a full stop ends a denial with its noun: "no incompetent perfs. PTV competent"."""
    said = {token.norm for token in tokens[first : index - 1]}
    noun = tokens[index - 1].norm in _NOUNS and not said.isdisjoint(_DENIALS)
    return noun and tokens[index + 1].norm not in _VEINS


def _before_legs(tokens: Sequence[Token], index: int) -> int:
    """The token before the letters of legs that end at another: of "neg" in "neg R + L"."""
    while index > 0 and tokens[index].text in _LETTERS:
        index -= 1
    return index


class SentenceSplitter:
    """Splits paragraphs into sentences at full stops that end one."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._abbreviations = list_abbreviations(knowledge)
        self._numbering = list_numbering(knowledge)
        self._short = frozenset(row.term for row in knowledge.findings.short)
        self._names = ShortNames(knowledge)
        said = {fold_term(t)[-1] for row in knowledge.findings.finding for t in row.terms}
        self._said = said | _VALUE_WORDS

    def split_sentences(self, tokens: Sequence[Token], first: int, last: int) -> list[Sentence]:
        """The sentences of the tokens ``first`` up to ``last``."""
        sentences: list[Sentence] = []
        start = first
        for index in range(first, last - 1):
            text = tokens[index].text
            if text not in STOPS and text not in _QUOTED and tokens[index + 1].gap in _CLOSE:
                continue  # most words
            if _ends_quote(tokens, index) or self._ends(tokens, index, start):
                sentences.append(Sentence(start, index + 1))
                start = index + 1
        if start < last:
            sentences.append(Sentence(start, last))
        return sentences

    def _ends(self, tokens: Sequence[Token], index: int, first: int) -> bool:
        """Whether a sentence that begins with the token ``first`` ends after another."""
        token, follows = tokens[index], tokens[index + 1]
        if token.text not in STOPS:
            gap = follows.gap
            wide = (gap.count(" ") >= _WIDE_GAP or "\t" in gap) and "\n" not in gap
            behind = follows.norm in ANSWERS and starts_box(tokens, index + 2)
            told = answers_for_legs(tokens, index + 1)
            named = token.text == ":"  # "Varicosities:      R calf"
            if not wide or behind or told or named or starts_box(tokens, index + 1):
                return False  # options stay with their question
            return not _is_asked(tokens, index, first)
        leads = index > 0 and tokens[index - 1].text == "." and not token.gap  # of a dotted leader
        if leads or parts_sides(tokens, index, first):
            return False
        if not follows.gap:  # inside a word, or a forgotten blank: "2.4mm.Anterior"
            word = (
                follows.kind == "word" and follows.text[0].isupper() and not follows.text.isupper()
            )
            return word and index > 1 and tokens[index - 2].kind == "number"
        if token.text != "." or index == 0:
            asks = index == first or tokens[index - 1].text in _BEFORE_ASKED  # "? DVT left leg"
            kept = asks or is_answered(tokens, index)
            return token.text != "?" or (follows.text[0].isupper() and not kept)
        return self._ends_at_stop(tokens, index, first)

    def _ends_at_stop(self, tokens: Sequence[Token], index: int, first: int) -> bool:
        """Whether a full stop after a word ends the sentence, not only the word."""
        follows = tokens[index + 1]
        before = tokens[index - 1]
        capital, wide = follows.text[0].isupper(), len(follows.gap) > 1 or "\n" in follows.gap
        if before.kind != "word":
            return True
        dotted = before.gap == "" and index > 1 and tokens[index - 2].text == "."
        if dotted and len(before.text) <= _DOTTED:
            return False  # "i.e.", not "prox.thigh. The SSV"
        answers = ends_answer(tokens, index - 1) or before.norm in self._numbering
        if follows.kind == "word" and answers:
            return True  # "thrombus: no. SSV competent"
        if _closes_value(tokens, index - 1) or (capital and _ends_both(tokens, index - 1)):
            return wide or not _goes_on(tokens, index, first)
        if self._names.end_at(before, follows):
            return True
        if before.norm in self._short and capital:
            return True  # "SSV 3 mm, comp. Giacomini not seen"
        if before.norm in self._abbreviations or len(before.text) == 1:
            said = tokens[_before_legs(tokens, index - 1)].norm in self._said
            ends_value = said and len(before.text) == 1  # "insuff L. SSV", not "Dr. L. Rossi"
            other = len(before.text) > 1 and follows.text in _LEGS  # "no perfs. RT varicosities"
            behind = index - 1 > first and tokens[index - 2].kind != "sign"
            ends_value |= behind and tokens[index - 2].norm == "the"  # "no DVT on the L. Suggest"
            ends_value |= tokens[index - 2].text in _COMPARING and before.text in _LEGS  # "L>R. No"
            name = follows.text.isupper() and len(follows.text) > 1  # "SPJ comp. SSV inc"
            name &= bool(said)
            after = tokens[index + 2 : index + 3]
            other |= follows.text in _LEGS and [t.text for t in after] == [":"]  # "5 mm K. L: SFJ"
            name |= follows.text == _NO and any(t.kind == "word" for t in after)  # "perf. No clot"
            ends_value |= _ends_denial(tokens, index, first)
            listed = index - 1 > first and tokens[index - 2].text in _LISTING  # "6 mm, incomp. SSV"
            return (wide or ends_value or other or ((behind or listed) and name)) and capital
        small = tokens[first].text[0].islower()  # as its whole text, where it begins so
        short = len(before.text) <= _SHORT_WORD and not small and before.norm not in _WHOLE
        short = short and follows.norm not in _OPENERS
        return capital or follows.kind != "word" or wide or not short

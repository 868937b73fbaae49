"""Headings of a report: sections, legs and veins that stand over what follows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.lines.capitals import find_capitals
from ultrasound.extract.lines.exam_titles import OPEN_WORDS, ExamTitles
from ultrasound.extract.lines.head_places import places_vein, read_head_place
from ultrasound.extract.lines.head_words import finds_in, only_denies, tells_of_leg, tells_result
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.marks import Marks, read_once
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import fold_term, fold_word
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.value import value_type

_LEADER_DOTS: Final = 3  # from here on a run of full stops is a leader
_LONGEST_HEAD: Final = 14  # tokens; a longer line is a sentence
_SIDE_WORDS: Final = ("leg", "side", "s")
_LONGEST_STATED: Final = 6  # tokens of a heading that states a finding
_NOTED: Final = frozenset({"noted", "seen", "found", "identified", "detected", "as", "follow"})
_BRACKETS: Final = {")": "(", "]": "["}
_WIDE: Final = "   "
_CLOSE: Final = ("", " ")  # no gap, or that between two words
# "Reporting physician's conclusion": who summed up, by the word for a summary
_SUMMARY: Final = "impression"
_SUMMARIES: Final = ("impression", "conclusion", "interpretation")
_LONGEST_SUMMARY: Final = 4  # words of its name
_NO_SUMMARY: Final = frozenset({"of", "date", "by", "time", "pending", "no", "previous", "prior"})


@value_type
class Head:
    """What a line begins with.

    ``rest`` is the first token after it; ``alone`` tells that the line holds nothing else.
    One that ``states`` a finding is a sentence too, so that nothing of it was read; ``asks`` is
    the property that the lines under it answer.
    """

    section: str | None
    group: PlaceGroup | None
    legs: tuple[Leg, ...]
    leg_at: tuple[int, int] | None
    rest: int
    alone: bool
    states: bool = False
    asks: str | None = None


class HeadReader:
    """Reads the heads of lines by the tables of headings."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._routes = tuple(route.veins for route in knowledge.veins.route)
        self._sections: dict[tuple[str, ...], str] = {}
        for section in knowledge.sections.section:
            for term in section.terms:
                words = tuple(w for w in fold_term(term) if w.isalnum())
                self._sections.setdefault(words, section.section)
        self._section_heads = {words[0] for words in self._sections}
        self._writers = {fold_word(t) for row in knowledge.sections.writer for t in row.terms}
        self.titles = ExamTitles(knowledge)

    @read_once
    def read_head(self, marks: Marks, line: Line) -> Head | None:
        """The heading at the start of a line, None where it has none."""
        end, rest, whole = self._find_end(marks, line)
        if whole and marks.tokens[line.last - 1].norm in OPEN_WORDS:
            return None  # "The popliteal vein, the deep femoral vein and"
        if end <= line.first or end - line.first > _LONGEST_HEAD:
            return self._read_capitals(marks, line)
        legs, leg_at = marks.legs_in(line.first, end)
        section = self._section(marks, line.first, end)
        if section is not None and not (section == "side" and tells_of_leg(marks, rest, line.last)):
            again = tells_result(marks, line.first, rest, line.last)
            section = "findings" if section == "recommendation" and again else section
            head = Head(section, None, legs, leg_at, rest, rest >= line.last)
            return None if section == "findings" and only_denies(marks, rest, line.last) else head
        bracket = self._bracket(marks, line.first, end) if whole or rest >= line.last else None
        if bracket is not None and (whole or not finds_in(marks, bracket, end)):
            named = self.read_place(marks, line.first, end)  # "Perforators (calf)"
            named = named or self.read_place(marks, line.first, bracket)
            if named is not None:  # of "Perforators (distance from sole):" nothing is read
                return Head(None, named, legs, leg_at, bracket if whole else rest, True)
        if not whole or self._stands_alone(marks, line):
            group = self.read_place(marks, line.first, end)
            if group is not None:
                titled = self.titles.opens(marks, group, rest, line.last)
                rest = line.last if titled else rest
                head = Head(None, group, legs, leg_at, rest, rest >= line.last)
                return None if titled and len(legs) > 1 else head  # of both legs: heads none
        return self._read_stated(marks, line, end, rest) or self._read_capitals(marks, line)

    def _find_end(self, marks: Marks, line: Line) -> tuple[int, int, bool]:
        """Where a heading would end, the token after it, and whether it is the whole line."""
        sign = self._find_sign(marks, line)
        last = line.last - (marks.tokens[line.last - 1].text == ":")
        if sign is None or self._goes_on(marks, line, sign, last):
            return (line.last if sign is None else last), line.last, True
        # a wide gap ends a heading after its word, a sign before itself
        end = sign + 1 if marks.tokens[sign].kind == "word" else sign
        rest = sign + 1
        while rest < line.last and marks.tokens[rest].text == marks.tokens[sign].text == ".":
            rest += 1
        return end, rest, False

    def _goes_on(self, marks: Marks, line: Line, sign: int, last: int) -> bool:
        """Whether a dash stands inside of a place that is all of a line: "GSV - RIGHT"."""
        if marks.tokens[sign].text not in DASHES:
            return False
        found = [m for m in marks.mentions_in(line.first, sign) if m.row("finding") is not None]
        group = self.read_place(marks, line.first, last, found)
        return group is not None and places_vein(group)

    def has_label(self, marks: Marks, line: Line) -> bool:
        """Whether a line begins with a name and a sign, known or not."""
        return self._find_sign(marks, line) is not None

    @read_once
    def _find_sign(self, marks: Marks, line: Line) -> int | None:
        """The sign, or the word before a wide gap, that parts a heading from what follows."""
        for index in _list_borders(marks, line):
            token = marks.tokens[index]
            if token.text == ":" or (token.text == "." and self._is_leader(marks, line, index)):
                return index
            wide = token.gap and ("\t" in token.gap or _WIDE in token.gap)
            if wide and index > line.first and self._section(marks, line.first, index):
                return index - 1
            if token.kind != "sign":
                continue
            if self._is_head_sign(marks, line, index):
                return index
            if token.text == ";" and not token.gap and self._section(marks, line.first, index):
                return index  # "Question;varicose veins" of an exported form
            if token.text in (".", ";") and index + 1 < line.last:
                return None
        return None

    @staticmethod
    def _is_leader(marks: Marks, line: Line, index: int) -> bool:
        """Whether a run of dots begins, as between a name and what follows in a form."""
        run = marks.tokens[index : min(index + _LEADER_DOTS, line.last)]
        return len(run) == _LEADER_DOTS and all(token.text == "." for token in run)

    def _is_head_sign(self, marks: Marks, line: Line, index: int) -> bool:
        """Whether a full stop ends a heading, or a dash between blanks does."""
        token = marks.tokens[index]
        if token.text == ".":
            return index > line.first and self._ends_head(marks, line, index)
        return (
            token.text in DASHES
            and bool(token.gap)
            and index + 1 < line.last
            and bool(marks.tokens[index + 1].gap)
        )

    @staticmethod
    def _bracket(marks: Marks, first: int, end: int) -> int | None:
        """The bracket of a heading such as "LEFT GSV (foam sclerotherapy 2021)", "SSV [V2]"."""
        opening = _BRACKETS.get(marks.tokens[end - 1].text)
        return next((i for i in range(first + 1, end) if marks.tokens[i].text == opening), None)

    def _ends_head(self, marks: Marks, line: Line, index: int) -> bool:
        """Whether a full stop ends a heading: "Right leg.", "Impression.", "Perforators."."""
        if index + 1 < line.last and marks.tokens[index + 1].text[0].islower():
            return False  # "Right acc. saph. vein"
        if self._section(marks, line.first, index) is not None:
            return True
        group = self.read_place(marks, line.first, index)
        return group is not None and not group.has_spot and group.has_leg != group.has_vein

    def _section(self, marks: Marks, first: int, end: int) -> str | None:
        if self._section_heads.isdisjoint([token.norm for token in marks.tokens[first:end]]):
            return None
        end = next((i for i in range(first + 1, end) if marks.tokens[i].text == "("), end)
        words = [marks.tokens[i].norm for i in range(first, end) if marks.tokens[i].norm.isalnum()]
        found = self._sections.get(tuple(words))
        if found is not None:
            return found
        bare = [
            token.norm
            for token in marks.tokens[first:end]
            if token.norm.isalpha()
            and token.norm not in _SIDE_WORDS
            and not _is_leg(marks.mention_over(token.index))
        ]
        known = self._sections.get(tuple(bare)) or self._of_writer(bare)
        return known or (_SUMMARY if bare and _is_summary(marks, first, end, bare) else None)

    def _of_writer(self, words: Sequence[str]) -> str | None:
        """The section behind the words for who writes it: "Reading physician's impression"."""
        own = tuple(dropwhile(lambda word: word in self._writers, words))
        section = self._sections.get(own) if own else None
        return None if section == "identity" else section

    def _read_capitals(self, marks: Marks, line: Line) -> Head | None:
        found = find_capitals(marks, line, self._sections)
        return Head(found[0], None, (), None, found[1], False) if found else None

    def read_place(
        self, marks: Marks, first: int, end: int, beside: Sequence[Mention] = ()
    ) -> PlaceGroup | None:
        """The place phrase that makes up all of the head, but for some mentions."""
        return read_head_place(marks, first, end, self._routes, beside)

    def _read_stated(self, marks: Marks, line: Line, end: int, rest: int) -> Head | None:
        """A heading that says of branches that they reflux: "Incompetent perforators:"."""
        while end > line.first + 1 and marks.tokens[end - 1].norm in _NOTED:
            end -= 1
        found = [m for m in marks.mentions_in(line.first, end) if m.row("finding") is not None]
        short = rest >= line.last and end - line.first <= _LONGEST_STATED
        if not short or len(found) != 1 or not self._stands_alone(marks, line):
            return None
        row = found[0].row("finding")
        group = self.read_place(marks, line.first, end, found)
        if group is None or group.has_spot or row.property != "reflux" or row.kind != "word":
            return None
        if not all(part.vein in COUNTED for part in group.parts):
            return None
        legs, leg_at = marks.legs_in(line.first, end)
        return Head(None, group, legs, leg_at, line.first, True, states=True)

    @staticmethod
    def _stands_alone(marks: Marks, line: Line) -> bool:
        """A heading without a colon is a short line that ends without a full stop."""
        return marks.tokens[line.last - 1].text not in (".", ",", ";")


def _list_borders(marks: Marks, line: Line) -> list[int]:
    """The signs and the words behind a wide gap among the first tokens of a line."""
    opening = marks.tokens[line.first : min(line.last, line.first + _LONGEST_HEAD)]
    return [token.index for token in opening if token.kind == "sign" or token.gap not in _CLOSE]


def _is_leg(mention: Mention | None) -> bool:
    return mention is not None and mention.row("leg") is not None


def _is_summary(marks: Marks, first: int, end: int, words: Sequence[str]) -> bool:
    """Whether words name who summed up: "Reporting physician's conclusion"."""
    if words[-1] not in _SUMMARIES or len(words) > _LONGEST_SUMMARY:
        return False
    named = any(m.meaning.is_place for m in marks.mentions_in(first, end))
    return _NO_SUMMARY.isdisjoint(words) and not named and not finds_in(marks, first, end)

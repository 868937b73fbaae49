"""Headings of a report: sections, legs and veins that stand over what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.groups import GroupFinder
from ultrasound.extract.layout import Line
from ultrasound.extract.lexicon import Mention
from ultrasound.extract.marks import Marks
from ultrasound.extract.places import FILLERS, PlaceGroup
from ultrasound.extract.quantities import DASHES
from ultrasound.extract.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_LONGEST_HEAD: Final = 14
_TITLE_WORDS: Final = 18
_HEAD_WORDS: Final = (
    *FILLERS,
    "(",
    ")",
    "&",
    "and",
    "+",
    "/",
    ",",
    "findings",
    "finding",
    "result",
    "venous",
    "limb",
    "extremity",
    "lower",
    "deep",
    "protocol",
    "study",
    "evaluation",
    "vessel",
    "vascular",
    "#",
    "cont",
    "continued",
    "duplex",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a line begins with. ``rest`` is the first token after it; ``alone`` tells that the
    line holds nothing else."""

    section: str | None
    group: PlaceGroup | None
    legs: tuple[Leg, ...]
    leg_at: tuple[int, int] | None
    rest: int
    alone: bool


class HeadReader:
    """Reads the heads of lines by the tables of headings."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._routes = [route.veins for route in knowledge.veins.route]
        self._sections: dict[tuple[str, ...], str] = {}
        for section in knowledge.sections.section:
            for term in section.terms:
                words = tuple(w for w in fold_term(term) if w.isalnum())
                self._sections.setdefault(words, section.section)
        self._beside = {
            fold_term(t)[0] for words in knowledge.sections.title_beside for t in words.terms
        }
        self._title = {fold_term(t)[0] for words in knowledge.sections.title for t in words.terms}

    def read_head(self, marks: Marks, line: Line) -> Head | None:
        """The heading at the start of a line, None where it has none."""
        colon = self._find_colon(marks, line)
        whole = colon is None
        end = line.last if colon is None else colon
        if colon is not None and marks.tokens[colon].kind == "word":
            end = colon + 1
        if end <= line.first or end - line.first > _LONGEST_HEAD:
            return self._read_capitals(marks, line)
        rest = line.last if whole else (colon or 0) + 1
        legs, leg_at = self._legs(marks, line.first, end)
        section = self._section(marks, line.first, end)
        if section is not None:
            return Head(section, None, legs, leg_at, rest, rest >= line.last)
        bracket = self._bracket(marks, line.first, end) if whole else None
        if bracket is not None:
            named = self._place(marks, line.first, bracket)
            if named is not None:
                return Head(None, named, legs, leg_at, bracket, True)
        group = self._place(marks, line.first, end)
        if group is not None and (not whole or self._stands_alone(marks, line)):
            return Head(None, group, legs, leg_at, rest, rest >= line.last)
        return self._read_capitals(marks, line)

    def is_title(self, marks: Marks, line: Line) -> bool:
        """Whether an early line names the exam: title words, short, and no finding of a vein."""
        tokens = marks.tokens[line.first : line.last]
        words = [t for t in tokens if t.kind == "word"]
        if not words or len(words) > _TITLE_WORDS:
            return False
        if any(
            line.first <= n.first < line.last and n.unit and n.unit.kind in ("time", "length")
            for n in marks.numbers
        ):
            return False
        named = {t.norm for t in words}
        inside = [m for m in marks.mentions if line.first <= m.first < line.last]
        if not named & self._title and (not named & self._beside or _finds(inside)):
            return False
        for mention in inside:
            finding = mention.row("finding")
            if (
                finding is not None
                and finding.kind == "word"
                and finding.property in ("compressibility", "patency", "anatomy")
            ):
                return False
            if mention.cue("negation"):
                return False
        return True

    def _find_colon(self, marks: Marks, line: Line) -> int | None:
        for index in range(line.first, min(line.last, line.first + _LONGEST_HEAD)):
            token = marks.tokens[index]
            if token.text == ":":
                return index
            if (
                index > line.first
                and ("\t" in token.gap or "   " in token.gap)
                and self._section(marks, line.first, index)
            ):
                return index - 1
            if (
                token.text in DASHES
                and token.gap
                and index + 1 < line.last
                and marks.tokens[index + 1].gap
            ):
                return index
            if token.text == "." and index > line.first and self._ends_head(marks, line, index):
                return index
            if token.text in (".", ";") and index + 1 < line.last:
                return None
        return None

    @staticmethod
    def _bracket(marks: Marks, first: int, end: int) -> int | None:
        """The bracket of a heading such as "LEFT GSV (foam sclerotherapy 2021)"."""
        if marks.tokens[end - 1].text != ")":
            return None
        return next((i for i in range(first + 1, end) if marks.tokens[i].text == "("), None)

    def _ends_head(self, marks: Marks, line: Line, index: int) -> bool:
        """ "Right leg." or "Impression." alone before a full stop is a heading."""
        if self._section(marks, line.first, index) is not None:
            return True
        group = self._place(marks, line.first, index)
        return group is not None and group.has_leg and not group.has_vein and not group.has_spot

    def _section(self, marks: Marks, first: int, end: int) -> str | None:
        end = next((i for i in range(first + 1, end) if marks.tokens[i].text == "("), end)
        words = [marks.tokens[i].norm for i in range(first, end) if marks.tokens[i].norm.isalnum()]
        found = self._sections.get(tuple(words))
        if found is not None:
            return found
        covered = {
            i
            for m in marks.mentions
            if m.row("leg") is not None
            for i in range(m.first, m.last + 1)
        }
        bare = [
            marks.tokens[i].norm
            for i in range(first, end)
            if marks.tokens[i].norm.isalpha()
            and i not in covered
            and marks.tokens[i].norm not in ("leg", "side", "s")
        ]
        return self._sections.get(tuple(bare)) if bare else None

    def _read_capitals(self, marks: Marks, line: Line) -> Head | None:
        """ "DUPLEX The formal …", "IMPRESSION No DVT": a heading in capitals without a colon."""
        index = line.first
        while (
            index < line.last
            and marks.tokens[index].text.isupper()
            and len(marks.tokens[index].text) > 1
        ):
            index += 1
        if index == line.first or index >= line.last or not marks.tokens[index].text[0].isupper():
            return None
        section = self._sections.get(tuple(marks.tokens[i].norm for i in range(line.first, index)))
        if section is None or section == "identity" or len(marks.tokens[line.first].text) <= 3:
            return None
        return Head(section, None, (), None, index, False)

    @staticmethod
    def _legs(marks: Marks, first: int, end: int) -> tuple[tuple[Leg, ...], tuple[int, int] | None]:
        for mention in marks.mentions:
            row = mention.row("leg")
            if row is not None and first <= mention.first < end and row.legs != ("other",):
                return tuple(Leg(name) for name in row.legs), (mention.first, mention.last)
        return (), None

    def _place(self, marks: Marks, first: int, end: int) -> PlaceGroup | None:
        """The place phrase that makes up all of the head."""
        elements = list(marks.elements(first, end))
        groups, insets = GroupFinder(elements, self._routes).find_groups()
        if insets:
            return None
        places = [g for g in groups if isinstance(g, PlaceGroup)]
        others = [g for g in groups if not isinstance(g, PlaceGroup)]
        if len(places) != 1:
            return None
        for element in others:
            if isinstance(element, Token) and element.norm in _HEAD_WORDS:
                continue
            if isinstance(element, Mention) and (
                element.cue("location") or element.row("age") is not None
            ):
                continue
            return None
        return places[0]

    @staticmethod
    def _stands_alone(marks: Marks, line: Line) -> bool:
        """A heading without a colon is a short line that ends without a full stop."""
        return marks.tokens[line.last - 1].text not in (".", ",", ";")


def _finds(mentions: Sequence[Mention]) -> bool:
    """Whether a line names a vein of its own and a finding: then it is no title."""
    veins = [row for m in mentions if (row := m.row("vein", "place", "inferred")) is not None]
    single = [row for row in veins if getattr(row, "code", None) not in ("DEEP", "SUPERFICIAL")]
    return bool(single) and any(m.row("finding") is not None for m in mentions)

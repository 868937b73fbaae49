"""Words that head a list of veins and judge them: "Incompetent:" over "- SFJ" and "- GSV thigh".

Each heading and its list are read as one line, "Incompetent: SFJ, GSV thigh.", so that the next
heading says nothing of the last vein above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.knowledge.schema_text import TextKnowledge

_MARK: Final = re.compile(r"[ \t]*(?P<bullet>(?:[-•*–◦▪·]|\d{1,2}[.)])[ \t]+)?")
_HEAD: Final = re.compile(
    r"(?:(?:right|left|rt|lt|r|l)\b(?:[ ](?:leg|limb|lower limb))?[ ]*[:–-][ ]*)?"
    r"(?:(?:veins?|segments?|sites?)[ ](?:with[ ](?!no\b))?)?"
    r"(?P<name>[a-z][a-z -]*?)(?:[ ](?:veins?|segments?|sites?|levels?))?"
    r"(?P<in>[ ](?:(?:seen|noted|present|found|detected)[ ])?(?:in|at))?[ ]?(?P<sign>:)?",
    re.IGNORECASE,
)
_LEG: Final = re.compile(r"(?P<leg>right|left|rt|lt|r|l)[ \t]*:[ \t]*", re.IGNORECASE)
_MEASURE: Final = re.compile(
    r"\d+(?:[.,]\d+)?[ ]?(?:mm|cm|ms(?:ec)?|s(?:ecs?|econds?)?)\b", re.IGNORECASE
)
_ITEM: Final = re.compile(r"[A-Za-z][A-Za-z \t,/()&'–-]*")
_ENDS: Final = " \t.,;"
_KINDS: Final = ("reflux", "compressibility", "thrombus", "patency")
_LEGS: Final = ("right", "left", "rt", "lt", "r", "l")
_DENIED: Final = ("no", "not", "without", "absent")
_HEADED: Final = 3  # words of a heading

Line = tuple[int, int]


class PolarityHeadReader:
    """Finds such headings by the words of the findings."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        rows = [row for row in knowledge.findings.finding if row.property in _KINDS]
        terms = {term.lower() for row in rows if row.kind in ("word", "noun") for term in row.terms}
        self._nouns = {t.lower() for row in rows if row.kind == "noun" for t in row.terms}
        self._terms = terms | {f"{no} {term}" for term in terms for no in _DENIED}
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """What joins the items of each list to their heading."""
        lines, edits = list(line_spans(text)), list[Edit]()
        heads = [self._head(text, line) for line in lines]
        names = {head["name"].lower() for head in heads if head is not None}
        for number, (line, head) in enumerate(zip(lines, heads, strict=True)):
            if head is not None:
                below = lines[number + 1 :]
                edits += self._join(text, head, line, below, several=len(names) > 1)
        return edits

    def _head(self, text: str, line: Line) -> re.Match[str] | None:
        mark = _MARK.match(text, *line)
        head = _HEAD.fullmatch(text, mark.end() if mark else line[0], line[1])
        if head is None or len(head["name"].split()) > _HEADED:
            return None
        return head if head["name"].lower() in self._terms else None

    def _join(
        self, text: str, head: re.Match[str], line: Line, lines: Sequence[Line], *, several: bool
    ) -> Iterator[Edit]:
        items = self._list(text, head, lines, several=several)
        measured = any(_MEASURE.search(text, *item) for item in items)
        if not items or (measured and head["name"].lower() in self._nouns):
            return  # "Reflux" over times names what these measure
        at = line[1]
        yield Edit(head.end("in") if head["in"] else head.end("name"), at, ":")
        for number, item in enumerate(items):
            leg = _LEG.match(text, *item)
            sign = "; " if measured and leg is None else ", "
            yield Edit(at, item[0], sign if number else " ")
            if leg:
                yield Edit(leg.end("leg"), leg.end(), " ")
            at = item[1]
        yield Edit(at, at + len(text[at:]) - len(text[at:].lstrip(_ENDS)), ".")

    def _list(
        self, text: str, head: re.Match[str], lines: Sequence[Line], *, several: bool
    ) -> list[Line]:
        """The items below a heading, without their bullets and the signs behind them.

        A heading without a sign has some only where the report has ``several`` that differ.
        """
        items, bullets, gap = list[Line](), None, False
        begins = text.rfind("\n", 0, head.start()) + 1
        outer = head.start() - begins if text[begins : head.start()].strip() else -1
        for line in lines:
            if line[0] == line[1]:
                if bullets is False:
                    break
                gap = True
                continue
            mark = _MARK.match(text, *line)
            bullet = mark is not None and mark["bullet"] is not None
            if self._head(text, line) or (bullets is True and not bullet):
                break
            start = mark.end() if mark else line[0]
            if start - line[0] <= outer:
                return []  # a heading with a bullet has its items set in
            end = start + len(text[start : line[1]].rstrip(_ENDS))
            if not self._is_item(text[start:end]) or bullets is not (bullet if items else None):
                return items if bullets and gap else []
            if not bullet and not (head["sign"] or ((head["in"] or several) and not gap)):
                return []
            bullets = bullet
            items.append((start, end))
        return items

    def _is_item(self, item: str) -> bool:
        """Whether an item only says where, and what was measured there."""
        bare = _MEASURE.sub("", _LEG.sub("", item, count=1) if _LEG.match(item) else item)
        named = self._words.is_place(bare.replace("-", " ")) and bare.lower() not in _LEGS
        return named and bool(_ITEM.fullmatch(bare))

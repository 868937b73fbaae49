"""Sentences that a list of veins completes: "The following veins are incompetent:" over "- SFJ".

So do "No reflux was seen in the following:", "Reflux was demonstrated in:" and "REFLUX PRESENT:".
The sentence and its list are read as one line, "…: SFJ, GSV thigh.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans

_MARK: Final = re.compile(r"[ \t]*(?P<bullet>(?:[-•*–◦▪·]|\d{1,2}[.)])[ \t]+)?")
_HEAD: Final = re.compile(
    r"[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?"
    r"(?P<says>(?=[A-Za-z])(?:[^\n:.;]*\bfollowing\b[^\n:.;]*"
    r"|[^\n:.;]*[ ](?:is|are|was|were|noted|seen|present|found|detected|demonstrated)[ ](?:in|at)"
    r"|(?:no[ ])?(?:venous[ ])?reflux[ ](?:is[ ])?(?:present|seen|noted|detected|demonstrated)))"
    r"[ ]?:[ \t]*",
    re.IGNORECASE,
)
_MEASURE: Final = re.compile(
    r"[ ,(–-]*\d+(?:[.,]\d+)?[ ]?(?:mm|cm|ms(?:ec)?|s(?:ecs?|econds?)?)\b\)?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d")
_LEG: Final = re.compile(r"(?:right|left|rt|lt|r|l)(?:[ ](?:leg|limb))?:?", re.IGNORECASE)
_ENDS: Final = " \t.,;"

Line = tuple[int, int]


class FollowingListReader:
    """Finds such sentences by the words of findings and places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """What joins the items of each list to their sentence."""
        lines, edits = list(line_spans(text)), list[Edit]()
        for number, line in enumerate(lines):
            head = _HEAD.fullmatch(text, *line)
            if head and self._words.tells(head["says"]) and not _NUMBER.search(head["says"]):
                edits += self._join(text, line[1], self._list(text, lines[number + 1 :]))
        return edits

    def _join(self, text: str, at: int, items: Sequence[Line]) -> Iterator[Edit]:
        sign = "; " if any(_MEASURE.search(text, *item) for item in items) else ", "
        for number, item in enumerate(items):
            yield Edit(at, item[0], sign if number else " ")
            at = item[1]
        if items:
            yield Edit(at, at + len(text[at:]) - len(text[at:].lstrip(_ENDS)), ".")

    def _list(self, text: str, lines: Sequence[Line]) -> list[Line]:
        """The places below, all with a bullet or none; those without end at an empty line."""
        items, bullets = list[Line](), False
        for line in lines[1:] if lines and lines[0][0] == lines[0][1] else lines:
            mark = _MARK.match(text, *line)
            start = mark.end() if mark else line[0]
            bullet = mark is not None and mark["bullet"] is not None
            end = start + len(text[start : line[1]].rstrip(_ENDS))
            bullets = bullet if not items else bullets
            if not self._is_item(text[start:end]) or bullet is not bullets:
                return items if bullets or line[0] == line[1] else []
            items.append((start, end))
        return items

    def _is_item(self, item: str) -> bool:
        """Whether an item only says where, and what was measured there."""
        bare = _MEASURE.sub("", item).replace("-", " ").replace(",", " ")
        return self._words.is_place(bare) and _LEG.fullmatch(item) is None

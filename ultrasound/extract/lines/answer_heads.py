"""What a heading asks of the places below it: "Reflux:" over "GSV - present", "SSV - absent".

Each answer is read behind its place with the name of what is asked for, "SSV: Reflux: absent", so
that no vein is absent by it; and so are those of sentences, "Reflux: present in GSV. Absent in
SSV." and of a field on a line of its own, "Reflux: absent".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AFFIRMED, DENIED, AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.extract.lines.level_words import says_where

_NAME: Final = (
    r"(?:(?:deep|superficial)[ ])?(?:venous[ ])?"
    r"(?:(?P<reflux>reflux|incompetence|insufficiency)"
    r"|(?P<thrombus>dvt|thrombus|thrombosis|clot)"
    r"|(?P<compressibility>compress(?:ibility|ion))|(?P<flow>flow)"
    r"|(?P<branches>(?:incompetent[ ])?perf(?:orator)?s(?:[ ]veins)?))"
)
_MARK: Final = r"[ \t]*(?:[-•*–][ \t]+)?"
_HEAD: Final = re.compile(
    rf"[ \t]*(?:[#*=-]+[ \t]*)?{_NAME}(?:[ ](?:assessment|findings|status|evaluation|results?))?"
    r"[ \t]*:?[ \t]*(?:[*#=-]+[ \t]*)?",
    re.IGNORECASE,
)
_ANSWER: Final = rf"{DENIED}|{AFFIRMED}|full|fully|complete|partial|incomplete|normal"
_ITEM: Final = re.compile(
    rf"{_MARK}(?P<place>[A-Za-z][^\n:=]*?)(?P<sign>[ \t]*[:=][ \t]*|[ \t]+[–-][ \t]+)"
    rf"(?P<answer>{_ANSWER})(?=[ \t]*(?:[,;.(–-]|$))",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(rf"{_MARK}(?P<place>[A-Za-z][^\n:=]*?)(?:[ \t]*[:=]|[ \t]+[–-][ \t])")
_FIELD: Final = re.compile(
    rf"^{_MARK}(?:reflux|(?:incompetent )?perf(?:orator)?s?)[ \t]*[:=][ \t]*"
    r"(?P<answer>absent)(?=[ \t.]*\r?$)",
    re.MULTILINE | re.IGNORECASE,
)
_TOLD: Final = re.compile(
    rf"^{_MARK}{_NAME}[ \t]*:[ \t]*(?:{_ANSWER})[ ](?:in|at|on)\b[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_NEXT: Final = re.compile(rf"(?<=[.;][ ])(?:{_ANSWER})(?=[ ](?:in|at|on)\b)", re.IGNORECASE)
_ASKED: Final = {
    "reflux": "Reflux",
    "thrombus": "Thrombus",
    "compressibility": "Compressibility",
    "flow": "no flow",
    "branches": "none",
}
_LEG: Final = re.compile(
    r"(?:right|left|both|rt|lt|r|l)(?:[ ](?:leg|limb|lower limb|lower extremity|legs))?",
    re.IGNORECASE,
)
_NOT_THERE: Final = {  # what alone is written in words
    "flow": re.compile(r"no|none|nil|absent", re.IGNORECASE),
    "branches": re.compile(r"absent", re.IGNORECASE),
}

Line = tuple[int, int]


class AnswerHeadReader:
    """Finds such headings, sentences and fields."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The names that are read before their answers."""
        lines, edits = list(line_spans(text)), list[Edit]()
        for number, line in enumerate(lines):
            head = _HEAD.fullmatch(text, *line)
            if head:
                edits += self._answer(text, _asked_by(head), lines[number + 1 :])
        edits += [Edit(*field.span("answer"), "none") for field in _FIELD.finditer(text)]
        for told in _TOLD.finditer(text):
            if (asked := _asked_by(told)) in _NOT_THERE:
                continue
            name = _ASKED[asked]
            nexts = _NEXT.finditer(text, told.start(), told.end())
            edits += [Edit(found.start(), found.start(), f"{name} ") for found in nexts]
        return edits

    def _answer(self, text: str, asked: str, lines: Sequence[Line]) -> Iterator[Edit]:
        """The edits of the list below a heading."""
        for number, line in enumerate(lines):
            if line[0] == line[1] and number == 0:
                continue
            item = _ITEM.match(text, *line)
            other = item or _OTHER.match(text, *line)
            if other is None or not self._is_vein(other["place"]):
                return
            if item is None:
                continue
            if asked not in _NOT_THERE:
                told = (item.start("sign"), item.end("answer"))
                yield Edit(*told, f": {_ASKED[asked]}: {item['answer']}")
            elif _NOT_THERE[asked].fullmatch(item["answer"]):
                yield Edit(*item.span("answer"), _ASKED[asked])

    def _is_vein(self, place: str) -> bool:
        """Whether a label names a vein or a level, and not only a leg."""
        named = place.replace("-", " ").replace(",", " ")
        return says_where(self._words, named) and _LEG.fullmatch(place.strip()) is None


def _asked_by(found: re.Match[str]) -> str:
    """What a heading asks for."""
    return next(name for name in _ASKED if found[name])

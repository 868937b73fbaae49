"""Answers in brackets about what they answer: "[N] reflux SPJ", "SFJ reflux [Y]  SPJ reflux [N]".

A line that begins with one, or ends in words, has them before what they answer; one that ends in
one has them behind. Both answers side by side are a choice of a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans

_BOX: Final = re.compile(r"\[[ ]?(?P<answer>Y|N|[Yy]es|[Nn]o|YES|NO)[ ]?\]")
_NOUN: Final = re.compile(r"(?:reflux|incompetence|thromb\w+|clot|dvt|svt)\b", re.IGNORECASE)
_BLANK: Final = " \t\r.,;:|/-•*"


class BracketedAnswerReader:
    """Finds such lines by labels that ask for something."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The answers of each line, in words before or behind their labels."""
        if "[" not in text:
            return []
        return [edit for line in line_spans(text) for edit in self._read(text, line)]

    def _read(self, text: str, line: tuple[int, int]) -> list[Edit]:
        boxes = list(_BOX.finditer(text, *line))
        if not boxes:
            return []
        before = text[line[0] : boxes[0].start()].strip(_BLANK)
        after = text[boxes[-1].end() : line[1]].strip(_BLANK)
        if before and not after:
            return list(self._read_behind(text, line[0], boxes))
        if after and (not before or self._words.is_place(before)):
            return list(self._read_ahead(text, line, boxes))
        return []

    def _read_behind(self, text: str, start: int, boxes: list[re.Match[str]]) -> list[Edit]:
        edits = list[Edit]()
        for box in boxes:
            label = text[start : box.start()].strip(_BLANK)
            if not self._words.ask(label):
                return []
            first = start + len(text[start : box.start()].rstrip(": \t"))
            more = ";" if box is not boxes[-1] else ""
            edits.append(Edit(first, box.end(), f": {_say(box)}{more}"))
            start = box.end()
        return edits

    def _read_ahead(
        self, text: str, line: tuple[int, int], boxes: list[re.Match[str]]
    ) -> Iterator[Edit]:
        ends = [*(box.start() for box in boxes[1:]), line[1]]
        labels = [text[box.end() : end].strip(_BLANK) for box, end in zip(boxes, ends, strict=True)]
        if not all(map(self._words.ask, labels)):
            return
        for box, label in zip(boxes, labels, strict=True):
            denial = "no " if _NOUN.search(label) else "not "
            start = text.index(label, box.end())
            yield Edit(box.start(), start, denial if _say(box) == "no" else "")
        for label, (box, follows) in zip(labels, pairwise(boxes), strict=False):
            at = text.index(label, box.end()) + len(label)
            yield Edit(at, follows.start(), ", ")
        if not text[: line[1]].endswith("."):  # the next line answers anew
            yield Edit(line[1], line[1], ".")


def _say(box: re.Match[str]) -> str:
    return "no" if box["answer"][0] in "nN" else "yes"

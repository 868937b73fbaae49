"""Answers that stand in the order of what they answer for.

For each leg behind a finding, as "SSV: reflux R no, L yes"; for each of several places, as
"CFV/FV/POPV reflux: N/N/Y".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import SIDE

_ANSWER: Final = r"(?:yes|no|y|n|nil|none|present|absent|positive|negative)\b"
_LEGS: Final = re.compile(
    r"(?P<label>^[ \t]*(?:[-•*][ \t]+)?[A-Za-z][^\n:;|]*)(?P<colon>:[ ]*)(?P<noun>[A-Za-z]+)"
    rf"(?P<gap>[ ]+)(?={SIDE}[ :]+{_ANSWER}[,;]?[ ]+{SIDE}[ :]+{_ANSWER})",
    re.MULTILINE,
)
_STATE: Final = (
    r"(?:yes|no|y|n|incompetent|competent|incomp|comp|reflux|normal|patent|absent|present)"
)
_NAME: Final = r"[A-Za-z][^\n:/,;|]*"
_TUPLE: Final = re.compile(
    rf"^[ \t]*(?:[-•*][ \t]+)?(?P<names>{_NAME}(?:[ ]?[/,][ ]?{_NAME})+):[ \t]*"
    rf"(?P<answers>{_STATE}(?:[ ]?[/,][ ]?{_STATE})+)(?P<end>[ \t.]*\r?)$",
    re.MULTILINE | re.IGNORECASE,
)
_CUT: Final = re.compile(r"[ ]?[/,][ ]?")


class AnsweredPairReader:
    """Finds such lines by the words for places and findings."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """Each answer with what it answers for."""
        return [*self._find_legs(text), *self._find_tuples(text)]

    def _find_legs(self, text: str) -> Iterator[Edit]:
        for line in _LEGS.finditer(text):
            if self._words.is_place(line["label"]) and self._words.tells(line["noun"]):
                yield Edit(*line.span("colon"), " ")
                yield Edit(*line.span("gap"), ": ")

    def _find_tuples(self, text: str) -> Iterator[Edit]:
        for line in _TUPLE.finditer(text):
            *names, last = _CUT.split(line["names"])
            answers = _CUT.split(line["answers"])
            words = last.split()
            noun = words.pop() if len(words) > 1 and self._words.tells(words[-1]) else ""
            places = [*names, " ".join(words)]
            if len(places) != len(answers) or not all(map(self._words.is_place, places)):
                continue
            told = (f"{p} {noun}".strip() + f": {a}" for p, a in zip(places, answers, strict=True))
            yield Edit(line.start("names"), line.end("end"), "; ".join(told) + ".")

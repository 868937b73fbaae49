"""Dotted lines with two values whose order a line declares: "SFJ ...... 7.7 ...... 2.6".

"Diameter in mm, reflux in sec" says what each of them is; the second may be a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_SIZE: Final = r"(?:diam\w*|size|width|calib\w+)"
_TIME: Final = r"(?:reflux(?:[ ]times?)?|times?|RT)"
_UNITS: Final = r"[ ]?(?:in[ ]|\(|,[ ])?[ ]?"
_SIZE_FIRST: Final = re.compile(
    rf"\b{_SIZE}{_UNITS}(?P<size>mm|cm)\b\)?[^\w\n]+(?:and[ ])?"
    rf"{_TIME}{_UNITS}(?P<time>secs?|ms|s)\b",
    re.IGNORECASE,
)
_LEADER: Final = r"[ \t]*\.{4,}[ \t]*"
_LINE: Final = re.compile(
    rf"^[ \t]*(?P<label>[A-Za-z][^\n]*?)(?P<lead>{_LEADER})(?P<first>[^\s.][^\n]*?)"
    rf"(?:(?P<next>{_LEADER})(?P<second>[^\s.][^\n]*?))?(?=[ \t]*\r?$)",
    re.MULTILINE,
)
_NUMBER: Final = re.compile(r"[<>]?[ ]?\d+(?:[.,]\d+)?")
_TIMED: Final = re.compile(r"\breflux[ ](?P<time>\d+(?:[.,]\d+)?)(?=$|[,;])", re.IGNORECASE)
_ANSWER: Final = re.compile(
    r"none|nil|no|absent|present|yes|not (?:tested|assessed|done|measured)", re.IGNORECASE
)
_FEWEST: Final = 3  # lines with two values


class LeaderPairReader:
    """Finds such lines below the line that declares them."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The names and units of the values."""
        declared = _SIZE_FIRST.search(text)
        if declared is None:
            return []
        found = [line for line in _LINE.finditer(text, declared.end()) if self._is_row(line)]
        if sum(line["next"] is not None for line in found) < _FEWEST:
            return []
        units = (declared["size"], declared["time"])
        return [edit for line in found for edit in _write(text, line, units)]

    def _is_row(self, line: re.Match[str]) -> bool:
        return self._words.is_place(line["label"].replace(".", " ").replace(",", " "))


def _write(text: str, line: re.Match[str], units: tuple[str, str]) -> Iterator[Edit]:
    yield Edit(*line.span("lead"), ": ")
    if line["next"]:
        yield Edit(*line.span("next"), ", ")
    for part, name, unit in (("first", "diameter", units[0]), ("second", "reflux", units[1])):
        if line[part] and _NUMBER.fullmatch(line[part]):
            yield Edit(line.start(part), line.start(part), f"{name} ")
            yield Edit(line.end(part), line.end(part), f" {unit}")
    if line["second"] and _ANSWER.fullmatch(line["second"]):
        yield Edit(line.start("second"), line.start("second"), "reflux: ")
    yield Edit(line.end(), line.end(), ".")
    for timed in _TIMED.finditer(text, *line.span("first")):
        yield Edit(timed.end("time"), timed.end("time"), f" {units[1]}")

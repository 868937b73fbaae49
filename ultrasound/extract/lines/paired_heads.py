"""Rows of two values about a slash, below a line that names both legs so: "R / L".

As in "Both legs (R/L)" or "Vein: Right / Left" over "SFJ reflux: yes / no" and "SFJ diameter (mm):
9.1 / 6.2". Each value is read behind the label and its leg. Rows that all say "yes / no" may be the
blanks of a form: they stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import SIDE

_HEAD: Final = re.compile(
    rf"^[^\n]*?(?:^|[(:]|[ ]{{2}})[ \t]*(?P<first>{SIDE})[ ]?/[ ]?(?P<second>{SIDE})[ \t]*\)?"
    r"[ \t:]*\r?\n(?:[ \t]*\r?\n)?",
    re.MULTILINE,
)
_ANSWER: Final = r"(?:yes|no|y|n|nil|none|present|absent|pos|neg|positive|negative)"
_VALUE: Final = r"(?:\d+(?:\.\d+)?[ ]?(?:mm|cm|ms|sec|s)?)"
_ROW: Final = re.compile(
    r"[ \t]*(?P<label>[A-Za-z][A-Za-z -]*(?:[ ]?\((?:mm|cm|ms|sec|s)\))?)"
    r"(?P<gap>[ ]*:[ \t]*|[ ]{2,})"
    rf"(?:(?P<a>{_ANSWER})[ ]?/[ ]?(?P<b>{_ANSWER})|(?P<c>{_VALUE})[ ]?/[ ]?(?P<d>{_VALUE}))"
    r"[ \t.]*(?P<end>\r?(?:\n|$))",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"[ ]?\([a-z]+\)$", re.IGNORECASE)
_MEASURE: Final = re.compile(r"[ ](?:reflux|reflux time|diameter|diam|size|depth)$", re.IGNORECASE)
_BLANKS: Final = (("yes", "no"), ("y", "n"), ("present", "absent"))


class PairedHeadReader:
    """Finds such rows by labels that ask for something or name a measure of a place."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """Each row as two values, one of each leg."""
        edits: list[Edit] = []
        for head in _HEAD.finditer(text):
            legs = head["first"], head["second"]
            if legs[0][0].lower() == legs[1][0].lower():
                continue
            rows = list(self._read_rows(text, head.end()))
            answers = [(row["a"].lower(), row["b"].lower()) for row in rows if row["a"]]
            if rows and not (answers and all(pair in _BLANKS for pair in answers)):
                edits += (
                    Edit(row.start("label"), row.start("end"), _write(row, legs)) for row in rows
                )
        return edits

    def _read_rows(self, text: str, at: int) -> Iterator[re.Match[str]]:
        """The rows straight below each other."""
        while (row := _ROW.match(text, at)) and row.end() > at:
            if self._asks(row):
                yield row
            at = row.end()

    def _asks(self, row: re.Match[str]) -> bool:
        label = _UNIT.sub("", row["label"])
        measured = bool(_MEASURE.search(label)) and self._words.is_place(_MEASURE.sub("", label))
        return measured if row["c"] else self._words.ask(label)


def _write(row: re.Match[str], legs: tuple[str, str]) -> str:
    """A row as what it says of each leg."""
    values = (row["a"], row["b"]) if row["a"] else (row["c"], row["d"])
    told = (f"{leg} {row['label']}: {value}" for leg, value in zip(legs, values, strict=True))
    return "; ".join(told)

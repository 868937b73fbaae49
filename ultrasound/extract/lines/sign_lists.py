"""Places with a sign each behind a finding: "Reflux: SFJ(+) GSV thigh(+) GSV calf(-)".

So are the legs of a place, "Reflux: SFJ R+ L-, SPJ R- L-", "SFJ reflux: R+ L-", and "SFJ: R+, L-"
in a report of reflux that names nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_LINE: Final = re.compile(
    r"^[ \t]*(?:[-•*][ \t]+)?(?P<label>[A-Za-z]+(?:[ ][A-Za-z]+){0,3})[ ]*:[ \t]*"
    r"(?P<list>[A-Za-z][^\n:]*[+–−-]\)?)[ \t.]*$",
    re.MULTILINE,
)
_ITEM: Final = re.compile(
    r"(?P<lead>[ \t,;]*)(?P<place>[A-Za-z][A-Za-z ]*?)"
    r"(?P<sign>[ ]?\([+–−-]\)|[ ]+[+–−-]|(?<=\b[RL])[+–−-]|(?<=\b[RL][Tt])[+–−-])(?=[\s,;]|$)"
)
_LEG: Final = re.compile(r"right|left|rt|lt|r|l", re.IGNORECASE)
_OF_REFLUX: Final = re.compile(r"\b(?:reflux|insufficiency|incompetence)\b", re.IGNORECASE)
_OF_OTHER: Final = re.compile(
    r"\b(?:compress\w*|thromb\w*|DVT|SVT|patent|patency|flow|phasic\w*)\b|[+–-][ ]?=",
    re.IGNORECASE,
)
_FEWEST: Final = 2


class SignListReader:
    """Finds such lists."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The signs as yes and no."""
        return [edit for line in _LINE.finditer(text) for edit in self._read(text, line)]

    def _read(self, text: str, line: re.Match[str]) -> Iterator[Edit]:
        items = list(_ITEM.finditer(text, *line.span("list")))
        whole = sum(len(item.group()) for item in items) == len(line["list"])
        places = all(self._words.is_place(item["place"]) for item in items)
        if len(items) < _FEWEST or not whole or not places:
            return
        if not self._words.tells(line["label"]):
            if not (self._words.is_place(line["label"]) and _of_legs(items) and _is_reflux(text)):
                return
            yield Edit(line.end("label"), line.end("label"), " reflux")
        for item in items:
            if item is not items[0]:
                yield Edit(*item.span("lead"), "; ")
            yield Edit(*item.span("sign"), " yes" if "+" in item["sign"] else " no")


def _of_legs(items: Sequence[re.Match[str]]) -> bool:
    """Whether each sign is of a leg: "R+, L-"."""
    return all(_LEG.fullmatch(item["place"]) for item in items)


def _is_reflux(text: str) -> bool:
    """Whether a report is of reflux, and names nothing else that signs could be of."""
    return bool(_OF_REFLUX.search(text)) and not _OF_OTHER.search(text)

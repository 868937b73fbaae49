"""Places with a sign each behind a finding: "Reflux: SFJ(+) GSV thigh(+) GSV calf(-)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_LINE: Final = re.compile(
    r"^[ \t]*(?:[-•*][ \t]+)?(?P<label>[A-Za-z]+)[ ]*:[ \t]*"
    r"(?P<list>[A-Za-z][^\n:]*[+–−-]\)?)[ \t.]*$",
    re.MULTILINE,
)
_ITEM: Final = re.compile(
    r"(?P<lead>[ \t,;]*)(?P<place>[A-Za-z][A-Za-z ]*?)"
    r"(?P<sign>[ ]?\([+–−-]\)|[ ]+[+–−-])(?=[\s,;]|$)"
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
        if len(items) < _FEWEST or not whole or not places or not self._words.tells(line["label"]):
            return
        for item in items:
            if item is not items[0]:
                yield Edit(*item.span("lead"), "; ")
            yield Edit(*item.span("sign"), " yes" if "+" in item["sign"] else " no")

"""Crosses that deny what stands beside them, and the letter O of an empty box.

As in "✗ SSV reflux" and "SSV reflux ✗" in a list, "O competent   ● incompetent" in a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_CROSS: Final = "[✗✘✕❌❎]\ufe0f?"
_LEADING: Final = re.compile(
    rf"^[ \t]*(?:[-•*–][ \t]+)?(?P<cross>{_CROSS}[ \t]*)(?P<label>[^\n\t:|]*[A-Za-z)])[ \t.\r]*$",
    re.MULTILINE,
)
_CLOSING: Final = re.compile(
    rf"^[ \t]*(?:[-•*–][ \t]+)?(?P<label>[A-Za-z](?:(?![ ]{{2}})[^\n\t:|])*?)"
    rf"(?P<cross>[ ]?:?[ ]?{_CROSS})[ \t.\r]*$",
    re.MULTILINE,
)
_CHOSEN: Final = re.compile(r"^[^\n]*[●◉⦿][^\n]*$", re.MULTILINE)
_EMPTY: Final = re.compile(r"(?<![^\s:])O(?=[ ][a-z])")


class CrossReader:
    """Finds such crosses beside words that only ask for something."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The crosses as denials, the letters as boxes."""
        edits = list(self._read_crosses(text))
        for line in _CHOSEN.finditer(text):
            edits += [Edit(*o.span(), "○") for o in _EMPTY.finditer(text, *line.span())]
        return sorted(edits, key=lambda edit: edit.start)

    def _read_crosses(self, text: str) -> Iterator[Edit]:
        for pattern, word in ((_LEADING, "No "), (_CLOSING, ": no")):
            for line in pattern.finditer(text):
                if self._words.ask(line["label"]):
                    yield Edit(*line.span("cross"), word)

"""Places behind the boxes of a form: "[X] incompetent   to: mid calf", "[ ] at: ______".

What is filled in is read with its box, and what is not is left out with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_OPEN: Final = re.compile(
    r"(?:\[[ ]?\][ ]*(?:at|to|from|level|site)|(?<=[a-z][ ])[ ]+(?:at|to|from))[ ]?:[ ]*_{2,}",
    re.IGNORECASE,
)
_FILLED: Final = re.compile(
    r"(?<=[a-z\]])(?P<gap>[ ]+)(?:at|to)(?P<sign>[ ]?:)[ ]+(?P<place>[a-z][a-z -]*[a-z])"
    r"(?=(?P<end>[ ]{2,}|,|[ ]*\r?$))",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL: Final = re.compile(r"[ \t]*(?P<name>[A-Za-z][A-Za-z ]*?)[ ]{2,}")


class BoxPlaceReader:
    """Finds such places by their words."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The blanks to leave out, and the signs between a box and its place."""
        if "[" not in text:
            return []
        blanks = [Edit(*m.span(), " " * len(m.group())) for m in _OPEN.finditer(text)]
        return [*blanks, *self._join(text)]

    def _join(self, text: str) -> Iterator[Edit]:
        for filled in _FILLED.finditer(text):
            line = text[text.rfind("\n", 0, filled.start()) + 1 : filled.start()]
            if "[" in line and self._words.is_place(filled["place"]):
                yield Edit(*filled.span("gap"), " ")
                yield Edit(*filled.span("sign"))
                if (label := _LABEL.match(line)) and filled["end"].startswith("  "):
                    # what follows is of the vein of the row, not of the range
                    yield Edit(filled.end("place"), filled.end("place"), f"; {label['name']}")

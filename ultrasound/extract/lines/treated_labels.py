"""Labels of the vein that was treated: "Treated vein: GSV, occluded", "Treated GSV: occluded".

They are read as a sentence, "Treated GSV is occluded", so that its state is the result of the
treatment; one that did not open again, in the line of its vein, remains closed. A vein that labels
its findings behind a treatment begins a line of its own, for these are no history: "Treatment: RFA
GSV 2 weeks ago. GSV: occluded."
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_FLAGS: Final = re.MULTILINE | re.IGNORECASE
_MARK: Final = r"^[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?"
_RESULT: Final = (
    r"(?=(?:occluded|closed|obliterated|thrombosed|non-?[ ]?compressible|no flow|patent|open"
    r"|recanali[sz]ed)\b)"
)
_TREATED: Final = re.compile(
    rf"{_MARK}(?:(?:right|left)[ ])?(?:treated|ablated)"
    r"(?P<what>(?:[ ](?:vein|segment|vessel|trunk)s?)?[ ]?[:=–-])?[ ]"
    rf"(?P<where>[A-Za-z][A-Za-z0-9 ]*?)(?P<sign>[ ]*(?:[:,]|[ ][–-])[ ]*){_RESULT}",
    _FLAGS,
)
_TOLD: Final = re.compile(rf"{_MARK}(?:treatment|procedure|intervention)[ ]?:[^\n]*$", _FLAGS)
_LABEL: Final = re.compile(
    rf"{_MARK}(?P<name>[A-Za-z][A-Za-z ]*):[^\n]*?(?<=[.;,:][ ])"
    r"(?P<still>no (?:(?:evidence|signs?) of )?recanali[sz]ation)(?=[ ]*(?:[.;,]|\r?$))",
    _FLAGS,
)
_NEXT: Final = re.compile(r"\.(?P<gap>[ ])(?P<name>[A-Z][A-Za-z ]*):[ ]")


class TreatedLabelReader:
    """Finds such labels by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The signs of the labels, and the ends of treatments."""
        edits: list[Edit] = []
        for found in _TREATED.finditer(text):
            if self._words.names_vein(re.sub(r"\d+[ ]?[cm]m", "", found["where"])):
                edits.append(Edit(*found.span("sign"), " is "))
                edits += [Edit(*found.span("what"))] if found["what"] else []
        for found in _LABEL.finditer(text):
            if self._words.names_vein(found["name"]):
                edits.append(Edit(*found.span("still"), "remains occluded"))
        for line in _TOLD.finditer(text):
            for found in _NEXT.finditer(text, *line.span()):
                if self._words.names_vein(found["name"]):
                    edits.append(Edit(*found.span("gap"), "\n"))
        return edits

"""Rows of perforators that are told by a distance or side: "Medial 14 cm   3.9 mm", "14 | 3.9".

Without a level they name no place, so that the name of the branch is written before each: it stands
in the header of their column, "Perforator   Size   Reflux", or in the line over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_NAME: Final = "Perforator "
_NAMED: Final = "Vein         "
_GAP: Final = re.compile(r"[ ]{2,}|[ ]*\t[ \t]*|[ ]*\|[ ]*")
_BRANCH: Final = re.compile(r"perforat(?:or|ing)s?\b|perfs?\b", re.IGNORECASE)
_WHERE: Final = re.compile(
    r"(?:height|distance|location|site|level|position)\b[^|]*", re.IGNORECASE
)
_CENTIMETRES: Final = re.compile(r"\bcm\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s|]+")
_BARE: Final = re.compile(r"\d{1,2}(?:[.,]\d)?")
_ASIDE: Final = "location"  # words such as "medial"
_OVER: Final = 5  # words of a line over a table
_FEWEST: Final = 3  # columns


class DistanceRowReader:
    """Finds such rows below their header."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        sides = any_of(t for row in knowledge.cues.cue if row.kind == _ASIDE for t in row.terms)
        self._label = re.compile(
            rf"(?:(?:{sides})[, ]+)*\d{{1,2}}(?:[.,]\d)?[ ]?cm\b[ ]?(?:(?:above|from|to|below|the"
            rf"|floor|sole|heel|ground|ankle|malleolus|medial|lateral|mm|lm|knee)[ ]?)*"
            rf"(?:,?[ ]?(?:{sides}))*|(?:(?:{sides})(?:[ -]|$))+",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The name of the branch before each such label, and blanks before other cells."""
        lines, edits = list(line_spans(text)), list[Edit]()
        for number, (start, end) in enumerate(lines):
            names = _GAP.split(text[start:end].strip("| "))
            if len(names) < _FEWEST or not _heads(text, lines, number, names[0]):
                continue
            edits += self._read(text, (start, end), names[0], lines[number + 1 :])
        return edits

    def _read(
        self, text: str, head: tuple[int, int], name: str, lines: Sequence[tuple[int, int]]
    ) -> list[Edit]:
        at, told = text.index(name, *head), False
        centimetres = bool(_CENTIMETRES.search(name))
        vein = f"{_NAMED}{name}" if centimetres else "Vein".ljust(len(name) + len(_NAME))
        edits = [Edit(at, at + len(name), vein)]
        for start, end in lines:
            first = start + len(text[start:end]) - len(text[start:end].lstrip("| "))
            gap, word = _GAP.search(text, first, end), _WORD.match(text, first, end)
            if gap is None or word is None:
                break
            label = text[first : gap.start()]
            if centimetres and _BARE.fullmatch(label):  # with a column of its own
                edits.append(Edit(start - 1, start, f"\n{_NAME}  "))
            elif self._label.fullmatch(label):
                edits.append(Edit(*word.span(), f"{_NAME}{word.group()}"))
            else:
                edits.append(Edit(gap.start(), gap.start(), " " * len(_NAME)))
                continue
            told = True
        return edits if told else []


def _heads(text: str, lines: Sequence[tuple[int, int]], number: int, name: str) -> bool:
    """Whether the first name of a header is the branch's, or that of its place under its name."""
    if _BRANCH.match(name):
        return True
    if not _WHERE.fullmatch(name):
        return False
    above = (lines[i] for i in range(number - 1, -1, -1))
    over = next((text[a:b] for a, b in above if a < b), "")
    return bool(_BRANCH.search(over)) and len(over.split()) <= _OVER

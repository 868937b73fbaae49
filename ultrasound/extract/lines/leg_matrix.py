"""Tables with veins as columns and a row for each leg: "     SFJ   SSV" over "Right  +   -".

Each row is read as a list of its leg, each cell behind the vein that heads it. Signs are read by
the line of the report that explains them, or by the finding that stands in the corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans

_GAP: Final = re.compile(r"[ ]{2,}|[ ]*[|\t][ \t]*")
_LEG: Final = re.compile(r"(?:right|left|rt|lt|r|l|rle|lle)(?:[ ]leg)?", re.IGNORECASE)
_CORNER: Final = re.compile(r"leg|side|limb", re.IGNORECASE)
_SIGN: Final = re.compile(r"[+–−-]|yes|no|y|n", re.IGNORECASE)
_LEGEND: Final = re.compile(
    r"(?<![\w+-])(?P<sign>[+–−-])[ ]?=?[ ]?(?P<means>(?:no[ ])?reflux|incompetent|competent)\b",
    re.IGNORECASE,
)
_RULER: Final = re.compile(r"[-=_|+ \t]{3,}")
_DENIED: Final = ("-", "–", "−", "no", "n")
_FEWEST: Final = 2  # veins


class LegMatrixReader:
    """Finds such tables."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The rows as lists, and their headers left out."""
        legend = {m["sign"]: m["means"] for m in _LEGEND.finditer(text)}
        lines, edits = list(line_spans(text)), list[Edit]()
        for number, line in enumerate(lines):
            cells = list(_cells(text, line))
            names = [text[slice(*cell)] for cell in cells]
            corner = names.pop(0) if names and self._is_corner(text, line, names[0]) else ""
            if len(names) >= _FEWEST and all(map(self._words.names_place, names)):
                edits += self._read(text, line, (corner, names), lines[number + 1 :], legend)
        return edits

    def _is_corner(self, text: str, line: tuple[int, int], name: str) -> bool:
        begins = not text[line[0] : line[0] + 2].isspace()
        return begins and (bool(_CORNER.fullmatch(name)) or self._words.tells(name))

    def _read(
        self,
        text: str,
        head: tuple[int, int],
        names: tuple[str, Sequence[str]],
        lines: Sequence[tuple[int, int]],
        legend: Mapping[str, str],
    ) -> Iterator[Edit]:
        corner, veins = names
        rows: list[Edit] = []
        for line in lines:
            if _RULER.fullmatch(text, *line):
                rows.append(Edit(*line))
                continue
            leg, *cells = list(_cells(text, line)) or [line]
            said = [self._say(text[slice(*cell)], corner, legend) for cell in cells]
            if not _LEG.fullmatch(text, *leg):
                break
            if len(said) != len(veins) or not all(said):
                return  # all of it or nothing
            at = line[0]
            for position, (cell, vein, words) in enumerate(zip(cells, veins, said, strict=True)):
                lead = "; " if position else f"{text[slice(*leg)]}: "
                rows += [Edit(at, cell[0], f"{lead}{vein}: "), Edit(*cell, words)]
                at = cell[1]
            rows.append(Edit(at, line[1], "."))
        if any(edit.words for edit in rows):
            yield Edit(*head)
            yield from rows

    def _say(self, cell: str, corner: str, legend: Mapping[str, str]) -> str:
        """What a cell says in words, nothing where it cannot be told."""
        if cell in legend:
            return legend[cell]
        if _SIGN.fullmatch(cell):
            noun = corner.lower() if corner and self._words.tells(corner) else ""
            return (f"no {noun}" if cell.lower() in _DENIED else noun) if noun else ""
        return cell if self._words.tells(cell) and len(cell.split()) <= _FEWEST else ""


def _cells(text: str, line: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The cells of a line between wide gaps or borders."""
    at = line[0]
    for gap in _GAP.finditer(text, *line):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < line[1]:
        yield at, line[1]

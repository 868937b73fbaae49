"""Two columns of text, one a leg, laid out one below the other.

Under the names of two legs side by side each half of a line belongs to the leg over it. What is
read afterwards is the text of one leg and then that of the other, so that headings, lists, wrapped
lines and tables are read in a column as anywhere else. A table of one label and a value for each
leg is none of these: there the labels stand left of the legs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.edits import Piece, Rewritten
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import LegWords
from ultrasound.value import value_type

_GAP: Final = re.compile(r"[ \t]{2,}|[ \t]*\|[ \t]*")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_OPENING: Final = re.compile(r"[-•*]? *([^\W\d_]+)")
_ENDS: Final = " \t:.-=*_#"
_LEGS: Final = 2
_LONGEST_HEAD: Final = 6  # words of "RIGHT LOWER LIMB (standing)"
_SHIFT: Final = 1  # places by which a half may stand beside its leg
_ALIGNED: Final = 0.8  # of the halves on the right, under their leg
_ALIKE: Final = 0.4  # of them, beginning with a word with which one on the left begins
_WORDY: Final = 3.0  # words of a half on the right where the columns are prose
_FEWEST: Final = 2  # lines with both halves


@value_type
class _Line:
    """A line of the report without its end; ``halves``: what stands on each side."""

    start: int
    end: int
    halves: tuple[tuple[int, int], ...] = ()


class Unfolder:
    """Finds columns of text under two legs."""

    def __init__(self, legs: Sequence[LegWords]) -> None:
        sides = [row for row in legs if len(row.legs) == 1 and row.legs != ("other",)]
        self._sides = {
            " ".join(fold_term(term)): row.legs[0]
            for row in sides
            for term in (*row.terms, *row.exact)
        }

    def unfold(self, text: str) -> Rewritten | None:
        """The text with its columns below each other, None where it has none."""
        lines = _split_lines(text)
        blocks: list[tuple[int, int, list[_Line]]] = []
        index = 0
        while index < len(lines):
            block = self._read_block(text, lines, index)
            if block:
                blocks.append((index, index + len(block), block))
            index += len(block) or 1
        return _compose(text, lines, blocks) if blocks else None

    def _read_block(self, text: str, lines: Sequence[_Line], index: int) -> list[_Line]:
        """The lines of the columns that begin at a line, empty where none begin."""
        head = lines[index]
        raw = text[head.start : head.end]
        if "  " not in raw and "\t" not in raw and "|" not in raw:
            return []  # most lines are one cell
        cells = _cells_of(text, head)
        if len(cells) != _LEGS or {self._side(text[a:b]) for a, b in cells} != {"right", "left"}:
            return []
        piped = "|" in raw
        left, right = (a - head.start for a, _ in cells)
        block = [_Line(head.start, head.end, (cells[0], cells[1]))]
        for line in lines[index + 1 :]:
            halves = _cut(text, line, right=right, piped=piped)
            if halves is None or (_is_blank(block[-1]) and _ends(text, line, halves)):
                break
            block.append(_Line(line.start, line.end, halves))
        while _is_blank(block[-1]):
            block.pop()
        if _is_folded(text, block, left, right, piped=piped):
            return block
        loose = [] if piped else _read_loose(text, lines, index)
        return [block[0], *loose] if loose else []

    def _side(self, text: str) -> str | None:
        """The leg that a heading names."""
        words = [word.lower() for word in _LETTERS.findall(text)]
        if not words or len(words) > _LONGEST_HEAD:
            return None
        return self._sides.get(" ".join(fold_term(text.strip(_ENDS))))


def _read_loose(text: str, lines: Sequence[_Line], index: int) -> list[_Line]:
    """Lines of two halves that begin alike, wherever they stand: their columns were lost.

    As in "CFV: competent          CFV: reflux" under "RIGHT     LEFT".
    """
    rows: list[_Line] = []
    for line in lines[index + 1 :]:
        cells = [cell for cell in _cells_of(text, line) if cell[0] < cell[1]]
        if len(cells) != _LEGS or _first_word(text, *cells[0]) != _first_word(text, *cells[1]):
            break
        if not _first_word(text, *cells[0]):
            break
        rows.append(_Line(line.start, line.end, (cells[0], cells[1])))
    return rows if len(rows) >= _FEWEST else []


def _split_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        lines.append(_Line(position, position + len(raw.rstrip("\r\n"))))
        position += len(raw)
    return lines


def _cells_of(text: str, line: _Line) -> list[tuple[int, int]]:
    """The stretches of a line between wide gaps or pipes."""
    cells: list[tuple[int, int]] = []
    position = line.start
    for match in [*_GAP.finditer(text, line.start, line.end), None]:
        end = match.start() if match else line.end
        if text[position:end].strip():
            cells.append((position, end))
        position = match.end() if match else line.end
    return cells


def _cut(text: str, line: _Line, *, right: int, piped: bool) -> tuple[tuple[int, int], ...] | None:
    """What stands on each side of a line, None where it runs across both."""
    if not any(sign.isalnum() for sign in text[line.start : line.end]):
        return ((line.start, line.start), (line.end, line.end))  # blank, or a rule of dashes
    if piped:
        pipes = [i for i in range(line.start, line.end) if text[i] == "|"]
        if len(pipes) > 1:
            return None
        middle = pipes[0] if pipes else line.end
        parts = [(line.start, middle), (min(line.end, middle + 1), line.end)]
    else:
        near = [
            match.end()
            for match in _GAP.finditer(text, line.start, line.end)
            if abs(match.end() - line.start - right) <= _SHIFT
        ]
        long = line.end - line.start > right
        if long and not near:
            return None
        middle = near[0] if near else line.end
        parts = [(line.start, middle), (middle, line.end)]
    return tuple(_trim(text, *part) for part in parts)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    blank = not piece.strip()
    return (start, start) if blank else (start, start + len(piece.rstrip()))


def _is_blank(line: _Line) -> bool:
    return all(start == end for start, end in line.halves)


def _ends(text: str, line: _Line, halves: tuple[tuple[int, int], ...]) -> bool:
    """Whether a line behind a blank one is below the columns: it has no half on the right."""
    (start, end), (_, last) = halves
    return start < end and last <= end and bool(text[line.start : line.end].strip())


def _is_folded(text: str, block: Sequence[_Line], left: int, right: int, *, piped: bool) -> bool:
    """Whether the halves are text of each leg, and not values beside labels."""
    rows = block[1:]
    if any(_has_labels_between(text, row) for row in rows):
        return False
    both = [row for row in rows if all(start < end for start, end in row.halves)]
    if len(both) < _FEWEST:
        return False
    first = [_begin(text, *row.halves[0]) - row.start for row in rows if _is_half(row, 0)]
    second = [_begin(text, *row.halves[1]) - row.start for row in rows if _is_half(row, 1)]
    if not piped:
        if min(first) < left - _SHIFT:
            return False  # labels left of the legs
        aligned = sum(abs(at - right) <= _SHIFT for at in second)
        if aligned < _ALIGNED * len(second):
            return False
    words = {_first_word(text, *row.halves[0]) for row in rows}
    opening = [_first_word(text, *row.halves[1]) for row in rows if _is_half(row, 1)]
    alike = sum(word in words for word in opening if word)
    wordy = sum(len(_LETTERS.findall(text, *row.halves[1])) for row in both) >= _WORDY * len(both)
    return alike >= _ALIKE * len(opening) or (wordy and not piped)


def _has_labels_between(text: str, row: _Line) -> bool:
    """Whether a line heads columns of both legs about their labels: "Reflux   Vein   Reflux".

    More columns may stand behind them.
    """
    cells = [text[start:end].strip() for start, end in _cells_of(text, row)]
    if any(sign.isdigit() for cell in cells for sign in cell):
        return False
    return any(
        cells[:each] == cells[each + 1 : 2 * each + 1] and cells.count(cells[each]) == 1
        for each in range(1, (len(cells) + 1) // 2)
    )


def _is_half(row: _Line, side: int) -> bool:
    start, end = row.halves[side]
    return start < end


def _begin(text: str, start: int, end: int) -> int:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip())


def _first_word(text: str, start: int, end: int) -> str:
    word = _OPENING.match(text, _begin(text, start, end), end)
    return word.group(1).lower() if word else ""


def _compose(
    text: str, lines: Sequence[_Line], blocks: Iterable[tuple[int, int, list[_Line]]]
) -> Rewritten:
    """The text with each block as one column below the other."""
    parts: list[tuple[int, int]] = []
    position = 0
    for first, last, block in blocks:
        begin, end = lines[first].start, lines[last - 1].end
        parts.append((position, begin))
        for side in range(_LEGS):
            column = [row.halves[side] for row in block if _is_half(row, side) or _is_blank(row)]
            parts += [(_begin(text, *half), half[1]) for half in column]
            parts.append((end, end))
        position = end
    parts.append((position, len(text)))
    written: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for (start, end), following in pairwise([*parts, (len(text), len(text))]):
        pieces.append(Piece(at, start, end))
        joint = "" if following == (len(text), len(text)) else "\n"
        piece = text[start:end] + joint
        written.append(piece)
        at += len(piece)
    return Rewritten("".join(written), tuple(pieces))

"""Changes to the text of a report before it is read, and the way back to where it stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from ultrasound.value import value_type


@value_type
class Piece:
    """A stretch of the text as it is read: where it stands there, and in the report.

    Any part of a ``whole`` one stands for all of it.
    """

    at: int
    start: int
    end: int
    whole: bool = False


@value_type
class Rewritten:
    """A text as it is read, and its stretches in order; signs between them are added."""

    text: str
    pieces: tuple[Piece, ...]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text that is read stands in the report."""
        low, _ = self._place(start)
        _, high = self._place(max(start, end - 1))
        return (low, high) if high > low else (low, low + 1)

    def _place(self, position: int) -> tuple[int, int]:
        """The sign that stands at a position; of a whole stretch all signs."""
        index = bisect_right(self.pieces, position, key=lambda piece: piece.at) - 1
        piece = self.pieces[max(0, index)]
        if piece.whole:
            return piece.start, piece.end
        at = min(piece.start + position - piece.at, max(piece.start, piece.end - 1))
        return at, at + 1


@value_type
class Edit:
    """A stretch of the text that is read as other words; ``start`` may be its ``end``.

    Each of the words stands for all of the stretch, sign by sign where they are as long.
    """

    start: int
    end: int
    words: str = ""


Find = Callable[[str], Sequence[Edit]]  # what a step finds in a text


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each line stands, without the blanks at its end; a blank line is empty."""
    end = 0
    for line in text.split("\n"):
        start, end = end, end + len(line) + 1
        yield start, start + len(line.rstrip())


def replace_groups(text: str, pattern: re.Pattern[str], words: Mapping[str, str]) -> Iterator[Edit]:
    """The named groups of each match of a pattern, as other words."""
    for found in pattern.finditer(text):
        yield from (Edit(*found.span(group), other) for group, other in words.items())


def _says_other(stood: str, words: str) -> bool:
    """Whether words as long as what they stand for are others, and no signs or blanks in it."""
    pairs = [(a.lower(), b.lower()) for a, b in zip(stood, words, strict=True) if b.isalpha()]
    return any(a.isalpha() and a != b for a, b in pairs)


def apply_edits(text: str, edits: Sequence[Edit]) -> Rewritten | None:
    """The text with its stretches replaced, None where none is; of two that overlap the first."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    if not kept:
        return None
    written: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for before, edit in pairwise([Edit(0, 0), *kept, Edit(len(text), len(text))]):
        written += (before.words, text[before.end : edit.start])
        if before.words:  # stand where what they are read for does
            stood = text[before.start : before.end]
            whole = len(before.words) != len(stood) or _says_other(stood, before.words)
            pieces.append(Piece(at, before.start, before.end, whole))
        at += len(before.words)
        pieces.append(Piece(at, before.end, edit.start))
        at += edit.start - before.end
    return Rewritten("".join(written), tuple(p for p in pieces if p.start < p.end))

"""Changes to the text of a report before it is read, and the way back to where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ultrasound.extract.lines.unfolding import Piece, Unfolded
from ultrasound.value import value_type


@value_type
class Edit:
    """A stretch of the text that is read as other words; ``start`` may be its ``end``."""

    start: int
    end: int
    words: str = ""


def apply_edits(text: str, edits: Sequence[Edit]) -> Unfolded | None:
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
        at += len(before.words)
        pieces.append(Piece(at, before.end, edit.start))
        at += edit.start - before.end
    return Unfolded("".join(written), tuple(p for p in pieces if p.start < p.end))

"""Varicosities as the label of a line of cells: "Vulval varices    R: present    L: none"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.words.tokens import Token

_GAP: Final = 3  # blanks between cells
_THERE: Final = ("present", "yes", "y", "+", "seen", "positive", "pos")


def is_label_cell(thread: Thread, chunk: Chunk) -> bool:
    """Whether it only labels the legs in the next cells: "Vulval varices:    right calf    left".

    So that it says by itself of neither leg that they are there.
    """
    tokens = thread.marks.tokens
    named = [e for e in chunk.elements if not isinstance(e, Token)]
    alone = len(thread.chunks) == 1 and len(named) == 1 and not chunk.predicates
    follows = [t for t in tokens[chunk.last + 1 : chunk.last + 3] if t.text != ":"]
    if not alone or not follows or "\n" in follows[0].gap or len(follows[0].gap) < _GAP:
        return False
    mention = thread.marks.mention_over(follows[0].index)
    return mention is not None and mention.row("leg") is not None


def is_affirmed(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a leg alone before a colon is answered: "R: present" behind their label."""
    follower = thread.follower(thread.position_of(chunk))
    if follower is None or follower.separator != ":" or not is_only_leg(group):
        return False
    first = follower.elements[0] if follower.elements else None
    if first is None or isinstance(first, PlaceGroup) or len(chunk.elements) > 1:
        return False
    return thread.marks.words(start_of(first), end_of(first)).lower() in _THERE

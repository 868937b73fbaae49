"""What "this" stands for: the vein that was named last, be it in passing.

As in "new vessels in the groin fill an AASV; at mid thigh this is 5 mm".
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import compose
from ultrasound.extract.words.tokens import Token

_THIS: Final = "this"
_VERBS: Final = frozenset({"is", "was", "measure", "measured", "has", "refluxe", "reflux"})
_SEPARATORS: Final = (";", ",", "and", ":", "-")


def mean_this(thread: Thread, index: int, chunk: Chunk) -> None:
    """Put the vein in focus that "this" stands for."""
    if not index or chunk.separator not in _SEPARATORS or not _says_this(thread, chunk):
        return
    if any(group.has_vein for group in chunk.groups):
        return
    before = thread.chunks[:index]
    named = [g for c in before for g in (*c.groups, *c.passing, *c.asides)]
    veins = [group for group in named if group.has_vein]
    last = max(veins, key=lambda group: group.first, default=None)
    spoken = max((site.vein_at[0] for site in thread.focus if site.vein_at), default=-1)
    if last is not None and last.first > spoken:
        sites = compose(last, thread.focus)
        thread.focus = tuple(dict.fromkeys(site.without_spot() for site in sites))


def _says_this(thread: Thread, chunk: Chunk) -> bool:
    """Whether "this" is the subject of a verb, and stands for one thing."""
    tokens = thread.marks.tokens
    return any(
        isinstance(element, Token)
        and element.norm == _THIS
        and tokens[element.index + 1 : element.index + 2] != []
        and tokens[element.index + 1].norm in _VERBS
        for element in chunk.elements
    )

"""Branches of which a further one is told, with no level yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.thread import Thread

_ONE: Final = "one"
_MORE: Final = "more"
_ANOTHER: Final = frozenset({"another", "second", "third", "fourth", "further", "additional"})
_OPENING: Final = 2  # words at the start of a clause
_FIRST: Final = "first"


def begin_another(thread: Thread, chunk: Chunk) -> None:
    """Speak of a further perforator, with no level yet: "two more at 20 cm", "another, 3 mm".

    One that is placed by its height is another one too: "one at mid calf, and one 9 cm above MM".
    """
    words = chunk.words[:_OPENING]
    counted = "count" in chunk.kinds and words[:1] == [_MORE]
    if not (
        _is_next_one(thread, chunk, words)
        or counted
        or words == [_ONE, _MORE]
        or not _ANOTHER.isdisjoint(words)
    ):
        return
    if chunk.cues("count") or not _is_listed(thread, chunk):
        _leave_level(thread, chunk)


def _is_next_one(thread: Thread, chunk: Chunk, words: Sequence[str]) -> bool:
    """Whether "one" has its height, and the level in force is that of the one before."""
    if words[:1] != [_ONE] or chunk.groups or not chunk.cues("distance"):
        return False
    tokens = thread.marks.tokens[thread.chunks[0].first : chunk.first]
    before = max((token.index for token in tokens if token.norm == _ONE), default=None)
    levels = [at[0] for site in thread.focus for at in site.spot_at]
    return before is not None and any(at > before for at in levels)


def _is_listed(thread: Thread, chunk: Chunk) -> bool:
    """Whether it is the second of those that were counted: "the first is 4 mm, the second 3"."""
    before = thread.chunks[: thread.position_of(chunk)]
    first = any(_FIRST in c.words for c in before)
    return first and thread.marks.tokens[chunk.first].norm == "the"


def _leave_level(thread: Thread, chunk: Chunk) -> None:
    """Speak of a branch whose level is not known yet."""
    if chunk.depth == 0 and all(site.vein in COUNTED for site in thread.focus):
        thread.focus = tuple(
            replace(site.without_spot(), vein="PERF" if site.vein in PERFORATORS else site.vein)
            for site in thread.focus
        )

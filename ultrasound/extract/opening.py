"""What a sentence speaks of before its first word, by its opening words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.chunks import Chunk
from ultrasound.extract.marks import Marks
from ultrasound.extract.passing import mark_again
from ultrasound.extract.sites import Site
from ultrasound.extract.state import State

_PRONOUNS: Final = ("it", "this", "its", "these", "they", "both")


def open_sentence(
    state: State, marks: Marks, chunks: Sequence[Chunk], *, continued: bool
) -> tuple[Site, ...]:
    """The sites in focus as a sentence begins; ``continued``: one stands before it."""
    if continued:
        mark_again(chunks, marks, state.focus)
    groups = [g for chunk in chunks for g in chunk.groups if g not in chunk.passing]
    opening = [t.norm for t in marks.tokens[chunks[0].first :][:2]] if chunks else []
    if continued and opening == ["the", "vein"]:
        state.name_trunk()
    if continued and opening[:1] == ["both"] and not groups and state.pair:
        return state.pair
    return state.opening_focus(
        groups,
        continued=continued,
        pronoun=opening[:1] != [] and opening[0] in _PRONOUNS,
        trunk=opening[:1] == ["trunk"] or opening == ["the", "trunk"],
    )

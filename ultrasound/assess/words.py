"""Small pieces of sentences: places with their preposition, lists, plurals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ultrasound.knowledge.schema_criteria import DisplayTable


def name_place(segment: str, display: DisplayTable) -> str:
    """A segment with its preposition: "at the SFJ", "in the mid calf", "over the whole length"."""
    words = display.segments.get(segment, segment)
    if segment == "whole":
        return f"over the {words}"
    return f"{'at' if segment in ('sfj', 'spj', 'knee') else 'in'} the {words}"


def join_words(words: Iterable[str]) -> str:
    """Words as a list in a sentence: one, two and three."""
    listed = list(words)
    if len(listed) <= 1:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"


def list_levels(levels: Sequence[str], display: DisplayTable) -> str:
    """Levels by name: "knee and mid calf"."""
    return join_words(display.segments.get(level, level) for level in levels)


def list_places(levels: Sequence[str], display: DisplayTable) -> str:
    """Levels with their prepositions: "at the SFJ and in the mid calf"."""
    return join_words(name_place(level, display) for level in dict.fromkeys(levels))


def plural(count: int) -> str:
    """The ending of a noun that is counted."""
    return "s" if count > 1 else ""

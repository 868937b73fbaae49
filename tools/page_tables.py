"""Tables of a page in Markdown."""

from __future__ import annotations

from collections.abc import Iterable


def write_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table with its head; an empty cell is a dash."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell or '–' for cell in line)} |\n" for line in lines)


def say_verified(*, verified: bool) -> str:
    """Whether a figure was held against its publication."""
    return "yes" if verified else "**not verified**"

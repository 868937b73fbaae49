"""What the table of turns of phrase holds: what is said in a roundabout way, and plainly."""

from __future__ import annotations

from ultrasound.knowledge.tables import Row


class Turn(Row):
    """Words that are read as others.

    ``opens``: only where a sentence begins. ``behind`` and ``before``: only straight behind one of
    these words, and straight before one of those.
    """

    read: str
    patterns: tuple[str, ...]
    opens: bool = False
    behind: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class TurnTable(Row):
    """turns.toml; ``words`` are the forms of the slots of patterns."""

    words: dict[str, tuple[str, ...]]
    turn: tuple[Turn, ...]

"""What the table of turns of phrase holds: what is said in a roundabout way, and plainly."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from ultrasound.knowledge.spellings import slots_of
from ultrasound.knowledge.tables import Row


class Turn(Row):
    """Words that are read as others; a slot of ``read`` is what each pattern has in it.

    ``opens``: only where a sentence begins. ``behind`` and ``before``: only straight behind one of
    these words, and straight before one of those.
    """

    read: str
    patterns: tuple[str, ...]
    opens: bool = False
    behind: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_what_it_reads(self) -> Self:
        said = (slot in slots_of(p) for p in self.patterns for slot in slots_of(self.read))
        if not all(said):
            raise ValueError(f"read {self.read!r} has a slot that a pattern has not")
        return self


class TurnTable(Row):
    """turns.toml; ``words`` are the forms of the slots of patterns."""

    words: dict[str, tuple[str, ...]]
    turn: tuple[Turn, ...]

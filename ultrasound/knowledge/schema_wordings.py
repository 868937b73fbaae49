"""What the table of wordings holds: patterns, and the words that parts of them are read as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from ultrasound.errors import KnowledgeError
from ultrasound.knowledge.tables import Row

Stage = Literal["first", "forms", "sentences", "last"]
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")  # "{2,3}" counts


class Wording(Row):
    """Named groups of a pattern that are read as other words, in which ``{group}`` is another one.

    ``exact``: case counts. ``wide``: the words are as wide as what they are read for. ``told`` and
    ``never``: only in a report in which this is found, and that is not. ``fewest``: only where so
    many are found. ``places``: groups that name a place, or nothing.
    """

    stage: Stage
    pattern: str
    read: dict[str, str] = Field(min_length=1)
    exact: bool = False
    wide: bool = False
    told: str = ""
    never: str = ""
    fewest: int = 1
    places: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_pattern(self) -> Self:
        try:
            pattern, *_ = (
                self.compile(_SLOT.sub("x", each)) for each in (self.pattern, self.told, self.never)
            )
        except re.error as error:
            raise ValueError(f"{self.pattern!r} is no pattern: {error}") from error
        said = (slot for words in self.read.values() for slot in _SLOT.findall(words))
        if unknown := sorted({*self.read, *self.places, *said} - set(pattern.groupindex)):
            raise ValueError(f"{self.pattern!r} has no group {unknown[0]!r}")
        return self

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern without slots, as this wording tells case."""
        case = re.NOFLAG if self.exact else re.IGNORECASE
        return re.compile(pattern, re.MULTILINE | re.VERBOSE | case)


class WordingTable(Row):
    """wordings.toml; ``words`` are the slots of patterns, each of which may hold those above it."""

    words: dict[str, str]
    wording: tuple[Wording, ...]

    def fill(self, pattern: str, known: Mapping[str, str]) -> str:
        """A pattern with its slots filled: by ``words``, and by what other tables know.

        Raises:
            KnowledgeError: A slot has no words.
        """
        for slot, words in reversed({**known, **self.words}.items()):
            pattern = pattern.replace(f"{{{slot}}}", f"(?:{words})")
        if unknown := _SLOT.findall(pattern):
            raise KnowledgeError(f"{pattern!r}: no [words] {unknown[0]!r}")
        return pattern

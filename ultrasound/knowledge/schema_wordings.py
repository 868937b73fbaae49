"""What the table of wordings holds: patterns, and the words that parts of them are read as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from ultrasound.errors import KnowledgeError
from ultrasound.knowledge.tables import Row

Name = Literal["place", "where", "level", "vein", "trunk", "label", "finding"]
Stage = Literal["first", "forms", "sentences", "last"]
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")  # "{2,3}" counts


class Wording(Row):
    """Named groups of a pattern that are read as other words.

    ``{group}`` in these words is another one, ``{Group}`` with a capital. ``exact``: case counts.
    ``wide``: the words are as wide as what they are read for. ``told`` and ``never``: only in a
    report in which this is found, and that is not. ``fewest``: only where so many are found.
    ``names``: groups that are such a name, or nothing. ``within``: only in stretches of this form.
    """

    stage: Stage
    pattern: str
    read: dict[str, str] = Field(min_length=1)
    exact: bool = False
    wide: bool = False
    within: str = r"\A[\s\S]*"
    told: str = ""
    never: str = "(?!)"
    fewest: int = 1
    names: dict[str, Name] = Field(default_factory=dict)

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern without slots, as this wording tells case."""
        case = re.NOFLAG if self.exact else re.IGNORECASE
        return re.compile(pattern, re.MULTILINE | re.VERBOSE | case)


class WordingTable(Row):
    """wordings.toml; ``words`` are the slots of patterns, each of which may hold those above it."""

    words: dict[str, str]
    wording: tuple[Wording, ...]

    @model_validator(mode="after")
    def _has_groups(self) -> Self:
        for row in self.wording:
            try:
                pattern, within, *_ = (
                    row.compile(_SLOT.sub("x", self._spell(each, self.words)))
                    for each in (row.pattern, row.within, row.told, row.never)
                )
            except re.error as error:
                raise ValueError(f"{row.pattern!r} is no pattern: {error}") from error
            said = (s for words in row.read.values() for s in _SLOT.findall(words.lower()))
            around = {*row.names, *said} - set(within.groupindex)
            if unknown := sorted({*row.read, *around} - set(pattern.groupindex)):
                raise ValueError(f"{row.pattern!r} has no group {unknown[0]!r}")
        return self

    def fill(self, pattern: str, known: Mapping[str, str]) -> str:
        """A pattern with its slots filled: by ``words``, and by what other tables know.

        Raises:
            KnowledgeError: A slot has no words.
        """
        filled = self._spell(pattern, {**known, **self.words})
        if unknown := _SLOT.findall(filled):
            raise KnowledgeError(f"{pattern!r}: no [words] {unknown[0]!r}")
        return filled

    def _spell(self, pattern: str, words: Mapping[str, str]) -> str:
        for slot, said in reversed([*words.items()]):
            pattern = pattern.replace(f"{{{slot}}}", f"(?:{said})")
        return pattern

"""What the phrases of the knowledge tables mean, and where they stand in a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from ultrasound.knowledge.schema_text import Cue, Finding

# What can stand in a place phrase.
PLACE_KINDS: Final = frozenset(
    {"leg", "vein", "place", "inferred", "ambiguous", "level", "zone", "abbreviation"}
)


@dataclass(frozen=True, slots=True)
class Concept:
    """What a phrase means: its kind, its table row, and whether it must be written as given."""

    kind: str
    row: Any
    exact: str | None = None

    @property
    def is_distance(self) -> bool:
        """Whether it tells how far off something lies, or in which direction."""
        return self.kind == "cue" and self.row.kind in ("distance", "direction")


class Meaning:
    """All that a phrase can mean, made ready once for every place at which it stands."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self.rows: dict[str, Any] = {}
        for concept in self.concepts:
            self.rows.setdefault(concept.kind, concept.row)
        self.cues = frozenset(c.row.kind for c in self.concepts if c.kind == "cue")
        self.exact = frozenset(c.exact for c in self.concepts if c.exact)
        self.is_place = not PLACE_KINDS.isdisjoint(self.rows)
        # to one way of writing, or to stand behind a length
        self.is_limited = bool(self.exact) or any(c.is_distance for c in self.concepts)

    def row(self, *kinds: str) -> Any:
        """The table row of the first concept of one of these kinds, None where there is none."""
        for kind in self.rows:
            if kind in kinds:
                return self.rows[kind]
        return None


@dataclass(slots=True)
class Mention:
    """A phrase in a report: tokens ``first`` to ``last`` inclusive, and what it can mean."""

    first: int
    last: int
    meaning: Meaning
    misspelt: bool = False

    def row(self, kind: str, *others: str) -> Any:
        """The table row of the first concept of one of these kinds, None where there is none."""
        rows = self.meaning.rows  # as Meaning.row, without a further call
        if not others:
            return rows.get(kind)
        for own in rows:
            if own == kind or own in others:
                return rows[own]
        return None

    def cue(self, *kinds: str) -> bool:
        """Whether it is a cue of one of these kinds."""
        return not self.meaning.cues.isdisjoint(kinds)


def as_finding(name: str, value: str, denied: str | None = None) -> Meaning:
    """What a code or word means that is a finding only where it stands."""
    row = Finding(property=name, value=value, denied=denied, kind="word", terms=())
    return Meaning([Concept("finding", row)])


DENIAL: Final = Meaning([Concept("cue", Cue(kind="negation", terms=()))])  # "no", where none is

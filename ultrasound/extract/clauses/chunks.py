"""A clause of a sentence: a piece between commas, conjunctions and brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.groups import Inset
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token


@dataclass(slots=True)
class Chunk:
    """A clause: tokens ``first`` to ``last`` inclusive, the separator before it, its contents.

    Its elements do not change; at the earlier exam ``former`` was found what is denied today ("the
    clot of March is gone"), at ``as_before`` the same; ``groups`` are the place phrases, ``cued``
    the cues with their ``kinds``, ``words`` the folded words and signs that are part of no mention,
    ``norms`` each once; ``passing`` are veins that only another one meets, ``asides`` those of
    which something is said; in one that is ``queried`` a number too is in doubt; a ``quoted`` one
    stands under the name of an earlier exam; ``denied`` is what denies the varicose veins that one
    names and says nothing else of.
    """

    separator: str
    depth: int
    clause: int
    elements: Sequence[Element | PlaceGroup]
    predicates: list[Predicate] = field(default_factory=list)
    insets: list[Inset] = field(default_factory=list)
    passing: list[PlaceGroup] = field(default_factory=list)
    asides: list[PlaceGroup] = field(default_factory=list)
    uncertain: tuple[int, int] | None = None
    queried: bool = False
    prior: tuple[int, int] | None = None
    former: tuple[int, int] | None = None
    quoted: bool = False
    as_before: tuple[int, int] | None = None
    dismissed: str | None = None
    dismissed_by: tuple[int, int] | None = None
    other_method: bool = False
    denied: tuple[tuple[int, int], bool] | None = None
    groups: list[PlaceGroup] = field(init=False)
    cued: list[Mention] = field(init=False)
    kinds: set[str] = field(init=False)
    words: list[str] = field(init=False)
    norms: set[str] = field(init=False)
    first: int = field(init=False)
    last: int = field(init=False)

    def __post_init__(self) -> None:
        self.groups, self.cued, self.kinds, self.words = [], [], set(), []
        for element in self.elements:
            if isinstance(element, Token):
                self.words.append(element.norm)
            elif isinstance(element, PlaceGroup):
                self.groups.append(element)
            elif isinstance(element, Mention) and element.meaning.cues:
                self.cued.append(element)
                self.kinds |= element.meaning.cues
        self.norms = set(self.words)
        self.first, self.last = start_of(self.elements[0]), end_of(self.elements[-1])

    def cues(self, *kinds: str) -> list[Mention]:
        """The cues of some kinds in the clause."""
        if self.kinds.isdisjoint(kinds):
            return []
        return [e for e in self.cued if not e.meaning.cues.isdisjoint(kinds)]


def place_in(chunk: Chunk, group: PlaceGroup) -> int:
    """The position of a place among the elements, as it was read or as it was completed."""
    starts = [start_of(element) for element in chunk.elements]
    return starts.index(group.first) if group.first in starts else len(starts)


def place_insets(chunks: Iterable[Chunk], insets: Iterable[Inset]) -> None:
    """Give each place that was told in passing to the clause of the place it belongs to."""
    for inset in insets:
        for chunk in chunks:
            if inset.group in chunk.elements:
                chunk.insets.append(inset)


def start_of(element: Element | PlaceGroup) -> int:
    """First token of an element or place phrase."""
    return element.index if isinstance(element, Token) else element.first


def end_of(element: Element | PlaceGroup) -> int:
    """Last token of an element or place phrase."""
    return element.index if isinstance(element, Token) else element.last

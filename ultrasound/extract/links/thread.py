"""What is in force while the clauses of a sentence are linked, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment, split_sites
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks

Phrase = tuple[PlaceGroup, tuple[Site, ...]]  # a place phrase and the sites that it names here


@dataclass(frozen=True, slots=True)
class Apart:
    """Places that wait for the finding that they are set against.

    ``focus``: what was spoken of before them; ``excepts``: they are taken out of the statement.
    """

    chunk: Chunk
    groups: tuple[PlaceGroup, ...]
    focus: tuple[Site, ...]
    excepts: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What holds from before a sentence.

    ``measured``, ``earlier``: where the sentence before measured, and its places in order;
    ``carried``: what a heading says of the places of its list; ``denied``: what the sentence before
    said not to be found of branches; ``judged``: what it said of the reflux of a trunk;
    ``met``: the veins at the levels at which others meet them.
    """

    measured: tuple[Site, ...] = ()
    carried: Sequence[Assignment] = ()
    earlier: Sequence[tuple[Site, ...]] = ()
    denied: Assignment | None = None
    judged: Assignment | None = None
    met: tuple[Site, ...] = ()


OPENING: Final = Before()  # of a sentence that nothing stands before


@dataclass
class Thread:
    """The state of one sentence.

    ``focus``: what is spoken of; ``mentioned``: all that was named so far, in order; ``several``:
    the last list of places; ``subject``: what a clause is about where its level stands later;
    ``level``: a level that leads the sentence; ``here``: the one that a clause points to;
    ``spread``: findings that hold for a list that follows; ``topic``: what stands before a colon;
    ``prefixed``: places in brackets stand before their numbers; ``levels``: where the levels of the
    subject are measured; ``adjunct``: the level of the clause before stood apart from its leg;
    ``apart``: places set apart ahead of a finding; ``host``: what a clause opened by "with" or
    "which", ``within``, goes with; ``earlier``: the places of the sentence before; ``stem``: the
    trunk at the branch that is spoken of in passing; ``denied``: what the sentence before denied of
    the branches of a leg; ``measured``: where the sentence before measured; ``judged``: what it
    said of the reflux of a trunk at a level; ``met``: the veins that others met in it.
    """

    chunks: Sequence[Chunk]
    marks: Marks
    focus: tuple[Site, ...]
    result: list[Assignment] = field(default_factory=list)
    spread: list[Assignment] = field(default_factory=list)
    mentioned: list[Site] = field(default_factory=list)
    several: list[tuple[Site, ...]] = field(default_factory=list)
    subject: tuple[Site, ...] = ()
    level: Site | None = None
    here: Site | None = None
    topic: tuple[Site, ...] = ()
    prefixed: bool = False
    adjunct: bool = False
    levels: set[int] = field(default_factory=set)
    apart: list[Apart] = field(default_factory=list)
    host: tuple[Site, ...] = ()
    within: str = "with"
    earlier: list[tuple[Site, ...]] = field(default_factory=list)
    stem: tuple[Site, ...] = ()
    denied: Assignment | None = None
    measured: tuple[Site, ...] = ()
    judged: Assignment | None = None
    met: tuple[Site, ...] = ()
    stretch: tuple[Chunk, tuple[Site, ...]] | None = None  # the range left by its maximum, where
    opened: tuple[Site, ...] = field(init=False)  # what was spoken of before the sentence

    def __post_init__(self) -> None:
        self.opened = self.focus
        self._positions = {id(chunk): index for index, chunk in enumerate(self.chunks)}

    def mention(self, sites: tuple[Site, ...]) -> None:
        """Note places that were named."""
        self.mentioned.extend(sites)
        places = self.split(sites)
        if len(places) > 1:
            self.several = places

    def split(self, sites: Sequence[Site]) -> list[tuple[Site, ...]]:
        """Sites as single places in order; none where no words give two legs one, as "both"."""
        together = len(sites) == 1 and len(sites[0].legs) > 1 and not self._is_ordered(sites[0])
        return [] if together else split_sites(sites)

    def _is_ordered(self, site: Site) -> bool:
        """Whether the words name one leg after the other: "left and right"."""
        mention = None if site.leg_at is None else self.marks.mention_at(site.leg_at[0])
        row = None if mention is None else mention.row("leg")
        return row is not None and (row.ordered or len(row.legs) == 1)

    def levels_named(self) -> tuple[Site, ...]:
        """The levels of the vein in focus that the sentence has named so far.

        Those of its leg, else those of the other leg: "left 4.4 and 4.1 mm, competent at both".
        """
        spoken = {site.vein for site in self.focus}
        legs = {site.legs for site in self.focus}
        named = [s for s in self.mentioned if s.has_spot and s.vein in spoken]
        own = [s for s in named if s.legs in legs]
        if not own and len(legs) == 1:
            first = self.focus[0]
            own = [replace(s, legs=first.legs, leg_at=first.leg_at) for s in named]
        return tuple(dict.fromkeys(own))

    def follower(self, index: int) -> Chunk | None:
        """The clause after a position."""
        return self.chunks[index + 1] if index + 1 < len(self.chunks) else None

    def position_of(self, chunk: Chunk) -> int:
        """The position of a clause in the sentence, -1 for one of the sentence before."""
        return self._positions.get(id(chunk), -1)


def begin_thread(
    chunks: Sequence[Chunk], marks: Marks, focus: tuple[Site, ...], before: Before
) -> Thread:
    """The state of a sentence as it begins."""
    return Thread(
        chunks,
        marks,
        focus,
        spread=list(before.carried),
        earlier=list(before.earlier),
        denied=before.denied,
        measured=before.measured,
        judged=before.judged,
        met=before.met,
    )


@dataclass
class Linked:
    """What a sentence says, and what it leaves in force: see the same names of ``Thread``.

    ``passed``: the trunks that the branches in focus were said to meet; ``denied``: what was said
    not to be found of branches.
    """

    assignments: list[Assignment]
    focus: tuple[Site, ...]
    measured: tuple[Site, ...]
    mentioned: tuple[Site, ...] = ()
    stem: tuple[Site, ...] = ()
    passed: tuple[Site, ...] = ()
    denied: Assignment | None = None
    spread: Sequence[Assignment] = ()

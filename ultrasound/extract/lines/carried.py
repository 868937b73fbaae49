"""A finding that a heading says for the places listed under it: "Incompetent perforators:"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS, Fact, Outcome
from ultrasound.extract.links.answered_leg import answer_for_leg
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.gapped_leg import say_of_other_leg
from ultrasound.extract.links.thread import Linked
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks


class Carried:
    """What the heading in force states, and its own facts while no place is listed.

    ``begun``: a line under it was read.
    """

    def __init__(self) -> None:
        self._last: Sequence[Assignment] = ()  # what the last sentence says
        self._spread: Sequence[Assignment] = ()  # what it says of each branch of a list
        self.take((), ())

    def __bool__(self) -> bool:
        return bool(self._stated)

    def take(self, stated: Sequence[Assignment], facts: Sequence[Outcome]) -> None:
        """Put in force what a heading states; without anything it ends the one before."""
        self._stated = [a for a in stated if a.predicate.finding is not None and _is_of_branches(a)]
        self._facts = list(facts)
        self.begun = self._offered = self._placed = self._unplaced = False

    def leave(self) -> None:
        """End what the heading states at a blank line behind the lines under it."""
        if self.begun:
            self.take((), ())

    def offer(self, chunks: Sequence[Chunk], *, on: bool) -> Sequence[Assignment]:
        """What the heading says of the places of a line; nothing where that says it itself.

        In the same line what opens it goes ``on``: "Incompetent perforators: none right. Left: …".
        """
        self.begun = True
        own = any(_answers(p) for chunk in chunks for p in chunk.predicates)
        if not self._stated:
            return self._spread if on and not own else ()
        self._offered = not own
        return () if own else self._stated

    def lead(
        self, chunks: Sequence[Chunk], focus: tuple[Site, ...], *, on: bool
    ) -> tuple[Site, ...]:
        """What a line with a size and no place speaks of: "13 cm above the malleolus, 4.8 mm".

        Or one with the reach of the other leg alone: "L: to mid calf"; or, where it goes ``on`` in
        its line, with none of it.
        """
        other = say_of_other_leg(self._last, chunks, focus)
        if other := other or answer_for_leg(self._last, chunks, on=on):
            return other
        named = any(group.has_vein or group.has_spot for c in chunks for group in c.groups)
        measured = any(p.numbers for chunk in chunks for p in chunk.predicates)
        if not self._stated or named or not measured or any(site.vein for site in focus):
            return focus
        return self._stated[-1].sites

    def _is_like(self, a: Assignment) -> bool:
        """Whether a statement is of such branches, and not of varicosities behind perforators."""
        perforators = {s.vein in PERFORATORS for said in self._stated for s in said.sites}
        return bool(a.sites) and {site.vein in PERFORATORS for site in a.sites} == perforators

    def take_rows(self, rows: Sequence[Outcome], outcomes: list[Outcome]) -> Sequence[Outcome]:
        """Take what the rows of a table say, and what is stated for each branch that they name.

        A row that says so itself keeps what it says; the heading's own places are none then.
        """
        said = next((fact for fact in self._facts if isinstance(fact, Fact)), None)
        if self._stated and said is not None:
            found = [o for o in rows if isinstance(o, Fact) and o.vein in COUNTED and not o.prior]
            found = [f for f in found if (f.vein in PERFORATORS) is (said.vein in PERFORATORS)]
            told = {_place_of(fact) for fact in found if fact.property == said.property}
            own = {id(fact) for fact in self._facts} if found else ()
            outcomes[:] = [outcome for outcome in outcomes if id(outcome) not in own]
            new = {_place_of(fact): fact for fact in reversed(found)}
            outcomes += [_put(said, at) for place, at in reversed(new.items()) if place not in told]
        outcomes += rows
        return rows

    def settle(self, linked: Linked, marks: Marks, outcomes: list[Outcome]) -> None:
        """Take back what the heading said with no place, where a place stands on each line."""
        self._last = assignments = linked.assignments
        asked = [_ask(a) for a in assignments if _is_denied_behind(a, marks)]
        self._spread = [a for a in (*linked.spread, *asked) if _is_of_branches(a)]
        if not self._stated:
            return
        stated = {id(a.predicate) for a in self._stated}
        if any(a.spread and id(a.predicate) in stated for a in assignments):
            self._placed = True
        elif self._offered and any(a.number and self._is_like(a) for a in assignments):
            self._unplaced = True
        told = {id(fact) for fact in self._facts}
        if self._placed and not self._unplaced:
            outcomes[:] = [o for o in outcomes if id(o) not in told]
        elif self._placed and not any(id(o) in told for o in outcomes):
            outcomes.extend(self._facts)


def _put(said: Fact, at: Fact) -> Fact:
    """A fact at the place of another one."""
    support = tuple((role, span) for role, span in at.support if role != "unit")
    place = replace(said, leg=at.leg, vein=at.vein, segment=at.segment, item=at.item)
    return replace(place, support=support, named=at.named, around=at.around, location=at.location)


def _place_of(fact: Fact) -> tuple[object, ...]:
    return fact.leg, fact.vein, fact.segment, fact.item


def _is_of_branches(a: Assignment) -> bool:
    return all(site.vein in COUNTED for site in a.sites)


def _is_denied_behind(a: Assignment, marks: Marks) -> bool:
    """Whether a finding is asked for, and its answer denies it: "Incompetent perfs: right none"."""
    said = a.predicate
    if said.finding is None or said.negated is None or said.last > said.negated[0]:
        return False
    return marks.has_sign(":", said.last, said.negated[0])


def _ask(a: Assignment) -> Assignment:
    """What was asked, without its answer."""
    return replace(a, predicate=replace(a.predicate, negated=None))


def _answers(predicate: Predicate) -> bool:
    """Whether a word of a line says what the heading says, or denies it."""
    finding = predicate.finding
    if finding is None:
        return predicate.none_word is not None
    said = finding.kind == "word" or predicate.negated is not None
    return finding.property == "reflux" and said

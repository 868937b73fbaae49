"""Linked statements become facts: the contract's rules on what a wording says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultrasound.extract.facts.all_legs import leave_legs
from ultrasound.extract.facts.fact import Outcome, Pass, Setting
from ultrasound.extract.facts.findings import FindingReader
from ultrasound.extract.facts.measures import MeasureReader
from ultrasound.extract.facts.placing import Placer, Statement
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.divide import Divider


class FactMaker:
    """Turns the assignments of one sentence into facts, doubts and dismissals."""

    def __init__(self, divider: Divider, setting: Setting) -> None:
        self._title_at = setting.title_at
        self._placer = Placer(divider, setting)
        self._measures = MeasureReader(self._placer, setting, divider.knowledge.units)
        self._findings = FindingReader(self._placer, setting, divider.knowledge)

    def make(self, assignments: Sequence[Assignment]) -> list[Outcome]:
        """All that a sentence gives, in the order of its words."""
        return leave_legs(list(self._read(assignments)), self._title_at)

    def _read(self, assignments: Sequence[Assignment]) -> Iterator[Outcome]:
        kept = [a for a in assignments if not a.dropped]
        for a in kept:
            predicate = a.predicate
            if predicate.anatomy is not None and predicate.negated is not None:
                yield Pass("unspecific", (predicate.first, predicate.negated[1]))
            elif predicate.anatomy is not None:
                span = (predicate.first, predicate.last)
                yield from self._placer.place(a, Statement("anatomy", predicate.anatomy, span))
            elif a.number is not None:
                yield from self._measures.read(a, a.number, kept)
            elif predicate.none_word:
                yield from self._findings.read_none(a, kept)
            elif predicate.finding is not None:
                yield from self._findings.read(a, predicate.finding, kept)

    def state(self, a: Assignment, name: str, value: str) -> Iterator[Outcome]:
        """A coded value of a table's cell."""
        yield from self._placer.code(a, name, value, (a.chunk.first, a.chunk.last))

    def measure(self, a: Assignment, name: str) -> Iterator[Outcome]:
        """A number of a table's cell, its unit completed.

        Raises:
            ValueError: The assignment has no number, or none with a unit.
        """
        number = a.number
        if number is None or number.unit is None:
            raise ValueError("a measured cell needs a number with its unit")
        low, high = number.amounts(number.unit)
        span = (number.first, number.last)
        if low != 0 or high is not None:
            yield from self._measures.measure(a, name, number, number.unit)
        elif name == "reflux_time":
            yield from self._placer.code(a, "reflux", "absent", span)
        else:
            yield Pass("template_blank", span)

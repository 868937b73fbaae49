"""What the bare numbers of a list mean, by its declaration and by the line before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.domain import Quantity
from ultrasound.extract.facts.fact import Fact, Measure, Outcome
from ultrasound.extract.lines.listed import DEEP, Listed, ListedReader
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.quantities import Number
from ultrasound.knowledge.schema_text import Unit

_PAIR: Final = 2


@dataclass
class ListMemory:
    """What is in force: a declaration, and what the numbers on the line before measured.

    ``pair`` is what the two numbers of a row measure, kept under rows with one of them alone.
    """

    declared: Listed | None = None
    row: tuple[Measure, ...] = ()
    row_at: int = -1
    pair: tuple[Measure, ...] = ()
    scope: str | None = None  # the vein that the line begins with
    _headed: bool = False
    _scoped: dict[str | None, Listed] = field(default_factory=dict)

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties that the list declares."""
        listed = self._listed
        return () if listed is None else listed.properties

    @property
    def units(self) -> tuple[tuple[Unit, Span] | None, ...]:
        """The units of the properties that the list declares."""
        listed = self._listed
        return () if listed is None else listed.units

    @property
    def _listed(self) -> Listed | None:
        """What is declared for the vein of the line, else for all."""
        declared, scope = self.declared, self.scope
        if declared is not None and declared.vein and scope not in (None, declared.vein):
            declared = None
        return self._scoped.get(scope, declared)

    def take_line(
        self, reader: ListedReader, marks: Marks, first: int, last: int, *, explained: bool
    ) -> None:
        """Put in force what a line declares; one that is ``explained`` only a pair of it.

        "S  stripped" names no seconds.
        """
        scoped = reader.read_scoped(marks, first, last)
        self._scoped.update({vein: listed for vein, listed in scoped.items() if vein is not None})
        if not explained:
            self.take_declared(scoped.get(None) or reader.read_listed(marks, first, last))
        elif None in scoped:  # "reflux (ms) / diam (mm). NT not tested"
            self.take_declared(scoped[None])

    def take_declared(self, declared: Listed | None) -> None:
        """Put in force what a line declares; without it only what lasts is kept."""
        if declared is not None or self.declared is None or not self.declared.lasts:
            self.declared, self._headed = declared, False

    def take_headed(self, declared: Listed | None) -> bool:
        """Put in force what a heading declares up to the next: "DEEP VEINS (compr, reflux)"."""
        if declared is not None:
            # a depth holds for its vein alone: any other length has no name
            deep = declared.properties == DEEP
            self.declared = replace(declared, vein=self.scope) if deep else declared
            self._headed = True
        return declared is not None

    def take_row(self, outcomes: Iterable[Outcome], numbers: Iterable[Number]) -> None:
        """Keep what the numbers of a line measure, with their units, where they measure."""
        units = {(n.first, n.last): n.unit for n in numbers}
        measured = {
            fact.cue: (fact.property, units.get(fact.cue))
            for fact in outcomes
            if isinstance(fact, Fact) and isinstance(fact.value, Quantity)
        }
        if measured:
            self.row = tuple(measured[cue] for cue in sorted(measured))
            self.row_at = max(measured)[0]
            names = {name for name, _ in self.row}
            if not names <= {name for name, _ in self.pair}:
                self.pair = self.row if len(names) == len(self.row) == _PAIR else ()

    def leave(self, *, section: bool, leg: bool = False) -> None:
        """End what a heading ends: a declaration only where it opens a section.

        A heading's own declaration ends with the next heading, but for one of a mere ``leg``.
        """
        self.row, self.row_at, self.pair = (), -1, ()
        if section or (self._headed and not leg):
            self.declared, self._headed = None, False

"""The vein that an item of a list begins with, for the lines that are set in under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, Span, compose


@dataclass
class Item:
    """What the item speaks of, what its first words named, and where it begins."""

    sites: tuple[Site, ...] = ()
    head: tuple[Site, ...] = ()
    line: Line | None = None

    def take(
        self, group: PlaceGroup, line: Line, own: Sequence[Site], focus: tuple[Site, ...]
    ) -> None:
        """Keep the vein that a line begins with.

        Args:
            group: What the line begins with.
            line: Where it stands.
            own: The leg, or the leg and vein, over it.
            focus: What was spoken of before it.
        """
        inner = self.line is not None and line.depth > self.line.depth
        if inner and {part.vein for part in group.parts} == {site.vein for site in self.sites}:
            return  # a junction under its trunk begins no item of its own
        self.sites = self.head = compose(group, own)
        self.line = line
        veins, spoken = ({site.vein for site in sites} for sites in (self.sites, focus))
        named = spoken <= set(PERFORATORS) and veins == {"PERF"}  # "Perforator 2: Boyd"
        if spoken and group.has_vein and (named or (veins <= set(COUNTED) and veins == spoken)):
            self.sites = focus  # what is set in under a branch is of the same one

    def leave(self, line: Line) -> None:
        """End it at a line that is no part of it: apart, further out, or an item of its own."""
        over = self.line
        if over is None:
            return
        if line.bullet and over.depth < line.depth:  # each of several has its own level
            self.sites = self.head
        goes_on = over.bullet and not line.bullet and line.depth == over.depth
        if line.blank_before or not (goes_on or line.depth > over.depth):
            self.end()

    def end(self) -> None:
        """End it."""
        self.sites, self.line = (), None

    def turn(self, legs: tuple[Leg, ...], leg_at: Span | None) -> None:
        """Speak of the same vein of another leg: "GSV  R: 4 mm", and set in "L: 5 mm"."""
        sites = (replace(s.without_spot(), legs=legs, leg_at=leg_at) for s in self.sites)
        self.sites = tuple(sites)

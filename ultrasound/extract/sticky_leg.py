"""The leg that was named last, where no heading names one."""

from __future__ import annotations

from dataclasses import dataclass

from ultrasound.domain import Leg
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, Span


@dataclass
class StickyLeg:
    """A leg and what named it.

    ``past``: it was told of before the exam; ``opens``: a sentence opened with it, before any vein;
    ``told``: something was found on a leg. ``both``: both legs were examined, by the title: a leg
    ends where they are spoken of anew; ``blocks``: the same veins are told of below each leg, so
    that it holds over lines.
    """

    legs: tuple[Leg, ...] = ()
    at: Span | None = None
    past: bool = False
    opens: bool = False
    told: bool = False
    both: bool = False
    blocks: bool = False

    def hold(self, legs: tuple[Leg, ...], at: Span | None) -> None:
        """Keep legs that are named otherwise."""
        self.legs, self.at, self.past, self.opens = legs, at, False, False

    def leave(self) -> None:
        """Keep no leg."""
        self.hold((), None)

    def leave_at_section(self) -> None:
        """End it at a heading over what holds for both legs."""
        if self.both:
            self.leave()

    def leave_at_line(self, group: PlaceGroup | None, *, systemic: bool = False) -> None:
        """End a leg that only went with a vein, at a line of its own.

        Args:
            group: The vein that the line begins with.
            systemic: Whether the line speaks of systems of veins only.
        """
        own = systemic or (group is not None and not group.has_leg)
        if self.both and own and not (self.opens or self.blocks):
            self.leave()

    def take(self, site: Site, *, past: bool, opens: bool, found: bool) -> None:
        """Keep the leg of a place; what is not ``found`` on it, as a complaint, turns to no leg.

        The first leg of which something was complained is the one that is examined: "left leg
        swelling, right knee replaced". That of the ``past`` counts only where nothing else names a
        leg, and where it is the only one.
        """
        first = bool(self.legs) and not (self.past or self.told)
        if not (found or opens) and (self.both or first):
            return
        self.told |= found
        if past and self.legs and not self.past:
            return
        other = past and self.past and site.legs != self.legs
        self.opens = opens or (self.opens and site.legs == self.legs)
        self.past = past
        self.legs, self.at = ((), None) if other else (site.legs, site.leg_at)

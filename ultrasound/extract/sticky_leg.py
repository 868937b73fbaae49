"""The leg that was named last, where no heading names one."""

from __future__ import annotations

from dataclasses import dataclass

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import NO_TRUNKS
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, Span

_BEFORE, _BEHIND = 3, 6  # tokens from a leg to its vein


@dataclass
class StickyLeg:
    """A leg and what named it.

    ``past``: it was told of before the exam; ``opens``: a sentence opened with it, before any vein.
    ``both``: both legs were examined, by the title: a leg ends where they are spoken of anew;
    ``blocks``: the same veins are told of below each leg, so that it holds over lines.
    """

    legs: tuple[Leg, ...] = ()
    at: Span | None = None
    past: bool = False
    opens: bool = False
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
        swelling, right knee replaced"; a vein of the other one turns to it. That of the ``past``
        counts only where nothing else names a leg, and where it is the only one.
        """
        kept = self.both or (bool(self.legs) and not self.past and not _names_vein(site))
        if kept and not (found or opens):
            return
        if past and self.legs and not self.past:
            return
        other = past and self.past and site.legs != self.legs
        self.opens = opens or (self.opens and site.legs == self.legs)
        self.past = past
        self.legs, self.at = ((), None) if other else (site.legs, site.leg_at)


def _names_vein(site: Site) -> bool:
    """Whether the vein of a place is named beside its leg, and not in a sentence before."""
    if site.vein_at is None or site.leg_at is None or site.vein in NO_TRUNKS:
        return False
    return -_BEFORE <= site.vein_at[0] - site.leg_at[0] <= _BEHIND

"""The leg that was named last, where no heading names one."""

from __future__ import annotations

from dataclasses import dataclass

from ultrasound.domain import Leg
from ultrasound.extract.places.sites import Site, Span


@dataclass
class StickyLeg:
    """A leg and what named it; ``past``: it was told of before the exam."""

    legs: tuple[Leg, ...] = ()
    at: Span | None = None
    past: bool = False

    def take(self, site: Site, *, past: bool) -> None:
        """Keep the leg of a place.

        That of a vein of the history counts only where nothing else names a leg, and where it is
        the only one.
        """
        past = past and site.vein is not None
        if past and self.legs and not self.past:
            return
        other = past and self.past and site.legs != self.legs
        self.past = past
        self.legs, self.at = ((), None) if other else (site.legs, site.leg_at)
